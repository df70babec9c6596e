// search/row.h - a row of an answer before its text is filled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lexical/evaluator.h"

namespace crossglot {

struct Row {
  std::uint32_t language = 0;  // number of the version that is shown
  std::uint32_t page = 0;
  std::uint32_t section = kNone;       // of rows that are sections
  std::uint32_t matched_language = 0;  // of the version that matched
  std::uint32_t matched_page = 0;
  std::uint64_t units = 0;
  float score = 0;
  std::uint32_t fused = kNone;  // where words alone do not say its sections: which of FusedRows::sections does
};

// By score; ties by language, page and section.
bool is_better(const Row& a, const Row& b);
// Puts the best `count` rows first, best first, and leaves out the others.
void keep_best_rows(std::vector<Row>& rows, std::size_t count);

}  // namespace crossglot
