// text/unicode.h - what the analysis asks of single code points.
//
// Source   the Unicode Character Database, through the generated streams of unicode_tables.cpp. They are unfolded
//          once, at first use, into pages of 256 code points (equal neighbours shared): lookups take two loads.
// Threads  everything may be called at the same time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crossglot {

// Word_Break of UAX #29, with Extended_Pictographic folded in. generate_tables.mjs has the same order.
enum class WordBreak : std::uint8_t {
  kOther,
  kCr,
  kLf,
  kNewline,
  kExtend,
  kZwj,
  kFormat,
  kRegionalIndicator,
  kKatakana,
  kHebrewLetter,
  kALetter,
  kSingleQuote,
  kDoubleQuote,
  kMidNumLet,
  kMidLetter,
  kMidNum,
  kNumeric,
  kExtendNumLet,
  kWSegSpace,
  kPictographic,        // Other and Extended_Pictographic
  kPictographicLetter,  // ALetter and Extended_Pictographic
};

// Scripts that the analysis tells apart. Letters, marks and digits of any other are kOther; what belongs to no
// script or to several, and everything that is not a letter, mark or digit, is kCommon.
enum class Script : std::uint8_t {
  kCommon,
  kOther,
  kLatin,
  kGreek,
  kCyrillic,
  kArmenian,
  kHebrew,
  kArabic,
  kDevanagari,
  kTamil,
  kHangul,
  kHan,
  kHiragana,
  kKatakana,
  kThai,
  kLao,
  kMyanmar,
  kKhmer,
};
inline constexpr std::size_t kScriptCount = 18;

struct CodePointProperties {
  WordBreak word_break;
  Script script;
  std::uint8_t combining_class;
  bool maps;    // nfkc_casefold() changes it
  bool second;  // may be the second of a canonical composition
};
CodePointProperties properties(char32_t c);

// NFKC_Casefold of a code point whose `maps` is set: one, several or no characters, in UTF-8. A target that is
// computed is written to `scratch`.
std::string_view nfkc_casefold(char32_t c, char (&scratch)[4]);

// The canonical decomposition in two, of characters that NFKC_Casefold leaves alone. False when there is none.
bool decompose(char32_t c, char32_t& base, char32_t& mark);
// Its inverse, or 0.
char32_t compose(char32_t base, char32_t mark);

// 0 to 9 for a decimal digit of any script of the Basic Multilingual Plane, else -1.
int digit_value(char32_t c);

}  // namespace crossglot
