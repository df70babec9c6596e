// text/units.h - the analysed text as the rules see it: code points in normal form that remember where they came
// from.
//
// A unit is one code point of NFKC_Casefold of the text: a full-width letter, a ligature or a circled digit has
// become plain letters and digits before any rule looks at it, and what is ignorable (soft hyphens, joiners, marks
// of direction, zero-width spaces) is gone, as are Arabic and Hebrew vowel marks and tatweel. White space, control
// characters and invalid bytes become separators. Composition is left to the words cut out of the units.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/unicode.h"

namespace crossglot {

struct CharUnit {
  char32_t c = 0;
  std::uint32_t byte_begin = 0;
  std::uint32_t byte_end = 0;
  WordBreak word_break = WordBreak::kOther;
  Script script = Script::kCommon;
  bool upper = false;         // an upper-case letter before folding
  bool combines = false;      // a mark, or else something that composition may join to the unit before
  bool after_joiner = false;  // a zero width non-joiner stood before it: the seam of a Persian compound

  bool letter() const {
    return word_break == WordBreak::kALetter || word_break == WordBreak::kHebrewLetter ||
           (word_break == WordBreak::kPictographicLetter && script != Script::kCommon);
  }
  bool digit() const { return word_break == WordBreak::kNumeric; }
  bool mark() const { return word_break == WordBreak::kExtend; }
  bool hangul() const { return script == Script::kHangul; }
  // A letter, digit or mark of a script that writes words.
  bool core() const { return letter() || digit(); }
  // A character of a script that is cut into bigrams.
  bool cluster() const {
    return script != Script::kCommon && (word_break == WordBreak::kOther || word_break == WordBreak::kKatakana);
  }
  bool apostrophe() const { return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x5F3; }
  bool hyphen() const { return c == '-' || c == 0x2010 || c == 0x5BE; }
};

// Replaces `units` by those of a stretch of `text` from `offset`, and returns where the stretch ends: at the first
// ASCII white space, or, when none comes for long, after a separator or at last after kStretchBytesMax bytes;
// `cut` tells that the latter happened, so that a word may go on in the next stretch.
// turkic  I and İ are folded to ı and i.
inline constexpr std::size_t kStretchBytesMax = 8192;
std::size_t read_units(std::string_view text, std::size_t offset, bool turkic, std::vector<CharUnit>& units,
                       bool& cut);

// Replaces `surface` by the composed text of units, without apostrophes and with one kind of hyphen. `scratch` is
// storage to reuse.
void write_surface(std::span<const CharUnit> units, std::string& scratch, std::string& surface);

}  // namespace crossglot
