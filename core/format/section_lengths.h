// format/section_lengths.h - how many words each section of a language has; loaded where rows are sections.
//
// Pages are ranked without it: their lengths are in the list (list.h), and a table of sections would cost a first
// answer several kilobytes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

class SectionLengths {
 public:
  // Errors: kCorrupt, also when there are not `sections` of them.
  static Result<SectionLengths> open(ByteSpan bytes, std::uint32_t sections);

  float words(std::uint32_t section) const { return words_[section]; }
  float average() const { return average_; }

 private:
  std::vector<float> words_;
  float average_ = 1;
};

// words  by section.
Bytes build_section_lengths(std::span<const std::uint64_t> words);

}  // namespace crossglot
