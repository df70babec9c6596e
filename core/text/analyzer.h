// text/analyzer.h - the one analysis: text in, terms out, the same for an index and for a query.
//
// A token is a stretch of the text that a reader can search for. It carries two keys:
//   surface  NFKC, case folded, soft hyphens, joiners and marks of direction removed, accents kept
//   stem     what its inflections share: Snowball stem of the surface, then accents folded
// The index files postings under (stem, surface): a query finds every surface of its stem and prefers its own.
// Tokens whose stem is not computed by Snowball (identifiers, numbers, bigrams, languages without a stemmer,
// words of three characters or fewer) have stem = surface with accents folded.
//
//   "La côte d'Azur: --max-old-space-size, fooBar, 東京都庁"          (lang fr)
//     la            la            word
//     côte          cot           word
//     d'azur  ->    azur          word       (elision and possessive 's cut off)
//     --max-old-space-size        identifier, whole; then its parts at the same position:
//     max old space size          part
//     foobar                      identifier, whole; parts foo, bar
//     東京 京都 都庁 庁            bigram     (the last character of a run alone, so that every character
//                                             begins exactly one token: a prefix search finds single characters)
//
// Scripts are found inside the text: a Japanese word on an English page is cut into bigrams, an English word on
// a Russian page is stemmed as English. Positions count words: parts share the position of their whole, and
// overlapping bigrams have consecutive positions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/stemmer.h"

namespace crossglot {

enum class TokenKind : std::uint8_t {
  kWord,        // a word of a script that writes words
  kNumber,      // digits, with inner separators: 404, 3.11, 1.000,50
  kBigram,      // two characters (or the last one alone) of a script that does not separate words
  kIdentifier,  // fooBar, foo_bar, a.b.c, --flag, C++, @scope/x, E0277, file.txt: the whole
  kPart,        // a part of the identifier, hyphenated or otherwise joined word before it
};

struct Token {
  std::string surface;
  std::string stem;
  TokenKind kind = TokenKind::kWord;
  std::uint32_t position = 0;    // in words, from 0
  std::uint32_t byte_begin = 0;  // in the analysed text: what to highlight
  std::uint32_t byte_end = 0;
};

// No token is longer: longer runs (base64, minified code) are cut off from the index but keep their position.
inline constexpr std::size_t kTokenBytesMax = 96;

class Analyzer {
 public:
  // language  BCP-47, normalised (text/language.h). "" means unknown: no stemming but by script.
  // stemmer   borrowed; may be null (no stemming at all: tests of the cutting alone).
  Analyzer(std::string_view language, Stemmer* stemmer);

  // Replaces `tokens` by the tokens of `text` (UTF-8; an invalid byte separates words), in order of position.
  // Reuses the storage of `tokens`. Linear time and space for any input.
  void analyze(std::string_view text, std::vector<Token>& tokens);

  const std::string& language() const { return language_; }

 private:
  std::string language_;
  Stemmer* stemmer_;
  // text: add what you need (scratch buffers, a small cache of stems).
};

}  // namespace crossglot
