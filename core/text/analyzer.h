// text/analyzer.h - the one analysis: text in, terms out, the same for an index and for a query.
//
// A token is a stretch of the text that a reader can search for. It carries two keys:
//   surface  NFKC, case folded; soft hyphens, joiners, marks of direction, apostrophes, Arabic and Hebrew vowel
//            marks removed; accents and the separators inside identifiers kept
//   stem     what its variants share: separators removed, Snowball stem, then accents folded
// The index files postings under (stem, surface): a query finds every surface of its stem and prefers its own, so
// "e-mail" and "email", "utf-8" and "UTF8", "foo_bar" and "fooBar", "--verbose" and "verbose" find one another.
// The stem is a function of surface and language alone. It is computed by Snowball where letters are all that is
// left of the surface, there are more than three and their script has a stemmer; else it is the folded surface.
//
//   "La côte d'Azur: --max-old-space-size, fooBar, 東京都庁"          (lang fr)
//     position  surface                stem            kind
//     0         la                     la              word
//     1         côte                   cot             word
//     2         azur                   azur            word        (elision and possessive 's cut off)
//     3         --max-old-space-size   maxoldspacesiz  identifier  the whole, and then its parts at consecutive
//     3 4 5 6   max old space size     ...             part        positions from its own, so that the phrase
//     7         foobar                 foobar          identifier  "old space" is found in it
//     7 8       foo bar                ...             part
//     9..12     東京 京都 都庁 庁      =               bigram
//
// Bigrams  A run of one script (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar; Hiragana goes on after Han)
//          is cut into overlapping pairs of clusters (a character and its marks) and its last cluster alone, so
//          that every cluster begins exactly one token. A query drops a lone last cluster that overlaps the pair
//          before it (byte_end equal), and looks any other up as a prefix.
// Hangul   A word is a kWord whose stem lacks particles and common endings, followed, from three syllables on, by
//          its overlapping pairs of syllables as kParts, all at the position of the word (no lone last one).
// Parts    A part is an alternative to its whole: a reader of a query takes "the whole or all of its parts".
//          A part is left out when it has the stem of its whole ("--verbose", ".net", "c++" have none).
// Joined   Hyphenated words ("well-known") are kWord with parts; identifiers and anything with digits and letters
//          ("E0277", "x86_64", "utf-8") are kIdentifier.
// Scripts  are found inside the text: a Japanese word on an English page is cut into bigrams, an English word on
//          a Russian page is stemmed as English.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/stemmer.h"

namespace crossglot {

enum class TokenKind : std::uint8_t {
  kWord,        // a word of a script that writes words
  kNumber,      // digits, with inner separators: 404, 3.11, 1.000,50
  kBigram,      // two clusters (or the last one alone) of a script that does not separate words
  kIdentifier,  // fooBar, foo_bar, a.b.c, --flag, C++, @scope/x, E0277, file.txt: the whole
  kPart,        // a part of the identifier, hyphenated or otherwise joined word before it
};

struct Token {
  std::string surface;
  std::string stem;
  TokenKind kind = TokenKind::kWord;
  std::uint32_t position = 0;    // in words, from 0; never falls from one token to the next
  std::uint32_t byte_begin = 0;  // in the analysed text: what to highlight
  std::uint32_t byte_end = 0;
};

// No token is longer: longer runs (base64, minified code) are cut off from the index but keep their position.
inline constexpr std::size_t kTokenBytesMax = 96;

// Threads  one Analyzer a thread: analyze() uses its scratch buffers and its cache of stems.
class Analyzer {
 public:
  // language  BCP-47, normalised (text/language.h). "" means unknown: words are stemmed by their script.
  // stemmer   borrowed; may be null (no stemming at all: tests of the cutting alone).
  Analyzer(std::string_view language, Stemmer* stemmer);
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // Replaces `tokens` by the tokens of `text` (UTF-8; an invalid byte separates words), in order of position.
  // Reuses the storage of `tokens`. Linear time and space for any input.
  void analyze(std::string_view text, std::vector<Token>& tokens);

  const std::string& language() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crossglot
