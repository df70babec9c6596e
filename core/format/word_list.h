// format/word_list.h - all words of a language, for spelling correction; loaded when a word matches nothing.
//
// Sorted by bytes and front-coded. Holds surfaces that a person could mistype: words, numbers and identifiers
// with a letter, of at least three characters; no bigrams.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

struct WordEntry {
  std::string word;
  std::uint32_t document_frequency = 0;  // pages; stored on a logarithmic scale, so about
};

class WordList {
 public:
  // Decodes and validates all of it (about 20,000 words for a manual of 2,500 pages). Errors: kCorrupt.
  static Result<WordList> open(ByteSpan bytes);
  const std::vector<WordEntry>& words() const { return words_; }

 private:
  std::vector<WordEntry> words_;
};

Bytes build_word_list(const std::vector<WordEntry>& words);

}  // namespace crossglot
