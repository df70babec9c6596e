// build/posting_merge.h - the final postings of a term: its own from all segments, and those of its compounds.
#pragma once

#include <cstdint>
#include <vector>

#include "build/corpus.h"
#include "build/section_table.h"
#include "format/term_shard.h"

namespace crossglot {

class PostingMerge {
 public:
  // All borrowed. Splits the language's compounds (compounds.h) at once.
  PostingMerge(const CorpusLanguage& language, const SectionTable& sections, const FieldWeights& weights);

  // Of a term, its compounds' included: no fewer than read() gives.
  std::size_t posting_count(std::size_t term) const;

  // Replaces `postings` (by section) and `positions` (one ascending list a posting, empty for compounds) by those
  // of term number `term` of the vocabulary.
  void read(std::size_t term, std::vector<Posting>& postings, std::vector<std::vector<std::uint32_t>>& positions);

 private:
  struct Entry {
    std::uint32_t section = 0;
    double frequency = 0;
    std::uint8_t place = 0;
    std::uint32_t order = 0;
    std::size_t places_begin = 0;  // into places_
    std::size_t places_end = 0;
  };

  void find_compounds();
  // Appends the postings of `term`, their frequency times `factor`.
  void collect(std::size_t term, double factor, bool with_positions);

  const CorpusLanguage& language_;
  const SectionTable& sections_;
  FieldWeights weights_;
  std::vector<std::vector<std::uint32_t>> compounds_of_;  // by term; empty where the language has no compounds
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> places_;
  SegmentPosting posting_;
};

}  // namespace crossglot
