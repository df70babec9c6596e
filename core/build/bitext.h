// build/bitext.h - the lines of pages and of their translations that say the same, as numbers of stems.
//
// Pages of one group are cut alike: sections are aligned first (by anchor, length and shared names: align.h), then
// the lines within. A word that stands in both languages' line as it is becomes a line of its own. A line that is
// equal in both languages was not translated and teaches nothing: it is left out, and a page that is mostly such
// lines is not a translation.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "build/corpus.h"

namespace crossglot {

struct BitextLine {
  std::uint32_t group = 0;                 // of the corpus
  std::vector<std::uint32_t> left, right;  // numbers of stems, in order
};

struct Bitext {
  std::vector<BitextLine> lines;
  std::uint64_t pages = 0;         // pairs of pages that translate each other
  std::uint64_t aligned = 0;       // lines, before words that both sides have were taken out
  std::uint64_t lines_left = 0;    // of these pages' left versions, aligned or not
  std::uint64_t untranslated = 0;  // pairs of pages that hold the same text
};

// What does not depend on the language: by number of a stem, a hash of the identifier or number that it is, or 0.
std::vector<std::uint32_t> language_free_marks(const CorpusLanguage& language);

// left, right  numbers of languages of the corpus; marks: of both.
Bitext align_languages(const Corpus& corpus, std::uint32_t left, std::uint32_t right,
                       const std::vector<std::vector<std::uint32_t>>& marks);

}  // namespace crossglot
