// build/section_table.h - the sections of one language in the bundle's order, and what their fields' lengths mean.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "build/corpus.h"
#include "format/list.h"

namespace crossglot {

class SectionTable {
 public:
  SectionTable(const Corpus& corpus, const CorpusLanguage& language, const std::vector<std::uint32_t>& rank_of_group,
               const FieldWeights& weights);

  // The section's number in the bundle's list, or UINT32_MAX when its page is not of this language or was dropped.
  std::uint32_t number(std::uint32_t segment, std::uint32_t section) const { return numbers_[segment][section]; }
  // BM25F's frequency before saturation.
  double frequency(std::uint32_t section, const FieldCounts& counts, bool identifier) const;
  // The best place where a term with these counts stands (format/term_shard.h).
  std::uint8_t place(std::uint32_t section, const FieldCounts& counts) const;

  std::uint32_t page_of(std::uint32_t section) const { return page_of_[section]; }
  std::uint32_t section_count() const { return static_cast<std::uint32_t>(page_of_.size()); }
  const std::vector<std::uint32_t>& pages() const { return pages_; }  // corpus numbers, in the list's order
  const std::vector<PageEntry>& entries() const { return entries_; }
  double average_page_length() const { return average_page_length_; }

 private:
  void normalise(const Corpus& corpus);

  FieldWeights weights_;
  std::vector<std::uint32_t> pages_;
  std::vector<PageEntry> entries_;
  std::vector<std::uint32_t> page_of_;                         // by section: index into pages_
  std::vector<std::array<double, kFieldCount>> field_factor_;  // by section: weight over length norm
  std::vector<std::uint8_t> title_place_;                      // by section: of the words of its title
  std::vector<std::uint8_t> heading_place_;                    // and of its heading
  std::vector<std::vector<std::uint32_t>> numbers_;            // by segment and its section
  double average_page_length_ = 0;
};

}  // namespace crossglot
