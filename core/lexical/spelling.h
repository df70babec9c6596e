// lexical/spelling.h - the words of an index that a mistyped word may have meant.
//
// Distance is optimal string alignment (Damerau-Levenshtein without edits inside a transposition) over folded
// characters: a swap of neighbours costs 1, case and accents cost 0, and the first letter may be wrong too.
//
// Every word is looked at, but few are compared: a word whose set of letters or whose length differs by more than the
// distance allows is out after a few instructions. Lost to it: rows of the distance table shared between sorted
// neighbours (every word is walked), symmetric deletes (a second table as large as the words), a Levenshtein
// automaton (a transposition makes it large, and the list is flat, not a trie).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/word_list.h"

namespace crossglot {

struct Suggestion {
  std::uint32_t word = 0;  // index into Speller::words()
  std::uint32_t distance = 0;
  std::uint32_t document_frequency = 0;
};

class Speller {
 public:
  explicit Speller(WordList words);

  const std::vector<WordEntry>& words() const { return words_.words(); }

  // Words within `distance_max` (at most 2) of `word`, nearest first, then the more frequent, then by bytes;
  // at most `count`.
  std::vector<Suggestion> suggest(std::string_view word, std::uint32_t distance_max, std::size_t count) const;

  // How far a word of so many characters may be corrected: 0, 1 or 2 edits.
  static std::uint32_t distance_allowed(std::size_t characters, bool identifier);

 private:
  std::u16string_view folded(std::size_t word) const {
    return std::u16string_view(letters_).substr(ends_[word], ends_[word + 1] - ends_[word]);
  }

  WordList words_;
  std::u16string letters_;           // folded characters of all words, end to end
  std::vector<std::uint32_t> ends_;  // ends_[i], ends_[i + 1]: where word i lies
  std::vector<std::uint32_t> letter_sets_;
};

// A surface without its accents (text/normalize.h), one unit a character.
std::u16string fold_for_spelling(std::string_view text);

}  // namespace crossglot
