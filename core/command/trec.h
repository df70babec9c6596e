// command/trec.h - queries.tsv in, a TREC run out (DESIGN.md "Contracts at the seams").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace crossglot::command {

struct Query {
  std::string id;
  std::string lang;
  std::string text;
};

// Lines `qid <tab> lang <tab> text`; empty lines are passed over.
// Errors: kMissing, kIo, kInput naming file, line and field.
Result<std::vector<Query>> read_queries(const std::string& path);

// url or url#anchor with every byte that a TREC line or an address cannot hold percent-encoded: white space,
// control characters, bytes beyond ASCII, and "<>\^`{|}. What is encoded already stays as it is.
std::string docno(std::string_view url, std::string_view anchor);

// One line `qid Q0 docno rank score tag` and a line end. `previous_score` is the line's before it: a score that does
// not fall is lowered by the smallest step, since evaluators sort by score.
std::string run_line(std::string_view query_id, std::string_view document, std::size_t rank, float score,
                     float& previous_score);

}  // namespace crossglot::command
