// SentencePiece's normalisation: what it is, and that it is the library's for every character and for the sequences
// that its rules are about.
#include "text/nmt_nfkc.h"

#include <catch_amalgamated.hpp>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "text/utf8.h"

using namespace crossglot;

namespace {

std::string normal(std::string_view text) {
  std::string out;
  nmt_nfkc(text, out);
  return out;
}

std::string hash(const std::string& text) {
  return hex(sha256(as_bytes(text)));
}

// MARKS of make_fixtures.py: what the library's rules end with, but for scripts that have one or two.
std::vector<char32_t> marks() {
  constexpr std::pair<char32_t, char32_t> kRanges[] = {
      {0x300, 0x314},   {0x31B, 0x31B},     {0x323, 0x32E},    {0x330, 0x331}, {0x338, 0x338},
      {0x340, 0x345},   {0x653, 0x655},     {0x93C, 0x93C},    {0x9BE, 0x9BE}, {0x3099, 0x309A},
      {0xFF9E, 0xFF9F}, {0x110BA, 0x110BA}, {0x16D67, 0x16D67}};
  std::vector<char32_t> out;
  for (const auto& [first, last] : kRanges) {
    for (char32_t c = first; c <= last; ++c) out.push_back(c);
  }
  return out;
}

}  // namespace

TEST_CASE("Spaces are marked, collapsed and trimmed, and the text begins with one") {
  CHECK(normal("a b") == "▁a▁b");
  CHECK(normal("  a \t\n b  ") == "▁a▁b");
  CHECK(normal("a\u200Bb\u3000c\uFEFFd\u2581e") == "▁a▁b▁c▁d▁e");
  CHECK(normal("a\u00ADb\u200Dc") == "▁a\u00ADb\u200Dc");
  CHECK(normal("\u00A8a\u00B4") == "▁\u0308a▁\u0301");
}

TEST_CASE("Nothing is left of a text without characters to keep") {
  CHECK(normal("").empty());
  CHECK(normal(" \u3000\n").empty());
  CHECK(normal("\x01\x02").empty());
  CHECK(normal("\x01 \x7F \u008F").empty());
}

TEST_CASE("Controls vanish, and U+0000 and U+0085 do not") {
  CHECK(normal("a\x07\x0B\u009Fb") == "▁ab");
  CHECK(normal(std::string_view("a\0b", 3)) == std::string_view("▁a\0b", 6));
  CHECK(normal("a\u0085b") == "▁a\u0085b");
}

TEST_CASE("A character becomes its NFKC, but the tilde of full width stays") {
  CHECK(normal("Ａｂ１") == "▁Ab1");
  CHECK(normal("ﬁ½㎏㍿") == "▁fi1⁄2kg株式会社");
  CHECK(normal("～") == "▁～");
  CHECK(normal("\uFDFA") == "▁صلى▁الله▁عليه▁وسلم");
}

TEST_CASE("The longest rule wins: parts are composed whatever they are spelled with") {
  CHECK(normal("A\u030A Ａ\u030A") == "▁Å▁Å");
  CHECK(normal("a\u0323\u0302") == "▁ậ");
  CHECK(normal("ｶﾞ か\u3099") == "▁ガ▁が");
  CHECK(normal("\u1100\u1161\u11A8 \u3131\u314F\u3133") == "▁각▁갃");
}

TEST_CASE("What no rule spells is left alone: precomposed letters take no marks, and marks are not sorted") {
  CHECK(normal("Å\u0301") == "▁Å\u0301");
  CHECK(normal("a\u0302\u0323") == "▁â\u0323");
  CHECK(normal("가\u11A8") == "▁가\u11A8");
}

TEST_CASE("An invalid byte is U+FFFD, and U+FFFD itself is a space") {
  CHECK(normal("a\xFF\xE2\x82z") == "▁a\uFFFD\uFFFD\uFFFDz");
  CHECK(normal("\xED\xA0\x80") == "▁\uFFFD\uFFFD\uFFFD");
  CHECK(normal("a\uFFFDb") == "▁a▁b");
  CHECK(normal("a\xCC") == "▁a\uFFFD");
}

// Hashes are of the library's texts: tests/bench/tokenizer/make_fixtures.py --hashes.

TEST_CASE("Every character becomes what sentencepiece makes of it") {
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    text.push_back('x');
    append_utf8(text, c);
  }
  CHECK(hash(normal(text)) == "a13189e7278ad6b3cd1c3c4dd321daeb1d9f644061346d607c6f026623c98280");
}

TEST_CASE("Every character up to U+31FF with a mark behind becomes what sentencepiece makes of it") {
  std::string text;
  for (char32_t c = 0x20; c < 0x3200; ++c) {
    for (const char32_t mark : marks()) {
      append_utf8(text, c);
      append_utf8(text, mark);
    }
  }
  CHECK(hash(normal(text)) == "8760cdfb9b831bea2746d5d4591584091e55f093100ff1b4aaebfc70ccaf56c4");
}

TEST_CASE("Latin and Greek letters with two marks behind become what sentencepiece makes of them") {
  std::string text;
  for (char32_t c = 0x41; c < 0x3D0; ++c) {
    if (c >= 0x250 && c < 0x391) continue;
    for (const char32_t first : marks()) {
      for (const char32_t second : marks()) {
        append_utf8(text, c);
        append_utf8(text, first);
        append_utf8(text, second);
      }
    }
  }
  CHECK(hash(normal(text)) == "d483abf9459f34fd7250269d4ecf8c5fe3a956d84841019569bad227a9abfccb");
}

TEST_CASE("Hangul is composed from jamo of three blocks as sentencepiece composes it") {
  std::string text;
  for (char32_t lead = 0x1100; lead < 0x1113; ++lead) {
    for (char32_t vowel = 0x1161; vowel < 0x1176; ++vowel) {
      for (char32_t trail = 0x11A7; trail < 0x11C4; ++trail) {
        append_utf8(text, lead);
        append_utf8(text, vowel);
        append_utf8(text, trail);
      }
    }
  }
  CHECK(hash(normal(text)) == "f0158f0ae29ad7f3e9e18621aefe82c6542708f876a2e6750c28eff1f6a5b82f");

  text.clear();
  for (char32_t first = 0x3131; first < 0x3190; ++first) {
    for (char32_t second = 0x3131; second < 0x3190; ++second) {
      for (const char32_t third :
           {0x11A7, 0x11A8, 0x11A9, 0x11AA, 0xFFA1, 0xFFA2, 0xFFA3, 0xFFA4, 0xFFA5, 0xFFA6, 0xFFA7, 0xFFA8}) {
        append_utf8(text, first);
        append_utf8(text, second);
        append_utf8(text, third);
      }
    }
  }
  CHECK(hash(normal(text)) == "c6947bd396651dabff61db37ce65a21e5d0feeb62f665038bb9d0d06a7b921e7");
}
