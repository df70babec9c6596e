// UTF-8 decoding against the table of the standard, and offsets as JavaScript counts them.
#include "text/utf8.h"

#include <catch_amalgamated.hpp>
#include <vector>

using namespace crossglot;

namespace {

std::vector<char32_t> decode_all(std::string_view text) {
  std::vector<char32_t> out;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    out.push_back(decoded.code_point);
    i += decoded.size;
  }
  return out;
}

constexpr char32_t kBad = kInvalidCodePoint;

}  // namespace

TEST_CASE("Every code point survives encoding and decoding, and no surrogate decodes") {
  for (char32_t c = 0; c < 0x110000; ++c) {
    std::string text;
    append_utf8(text, c);
    const bool surrogate = c >= 0xD800 && c < 0xE000;
    if (surrogate ? decode_all(text) != std::vector<char32_t>(3, kBad) : decode_all(text) != std::vector{c}) {
      FAIL("code point " << static_cast<std::uint32_t>(c));
    }
    if (valid_utf8(text) == surrogate) FAIL("validity of " << static_cast<std::uint32_t>(c));
  }
}

TEST_CASE("Each byte that begins no valid sequence is one invalid step") {
  CHECK(decode_all("a\xFFz") == std::vector<char32_t>{'a', kBad, 'z'});
  CHECK(decode_all("\xC0\x80") == std::vector<char32_t>{kBad, kBad});            // overlong NUL
  CHECK(decode_all("\xE0\x80\xAF") == std::vector<char32_t>{kBad, kBad, kBad});  // overlong slash
  CHECK(decode_all("\xF4\x90\x80\x80") == std::vector<char32_t>(4, kBad));       // above U+10FFFF
  CHECK(decode_all("\xE2\x82") == std::vector<char32_t>{kBad, kBad});            // cut off
  CHECK(decode_all("\xE2\x82z") == std::vector<char32_t>{kBad, kBad, 'z'});
  CHECK(decode_all("\xF0\x9F\x98\x80") == std::vector<char32_t>{0x1F600});
}

TEST_CASE("UTF-16 offsets follow byte offsets past characters of every size") {
  const std::string text = "aé漢😀z";
  CHECK(utf16_length(text) == 6);
  Utf16Offsets offsets(text);
  CHECK(offsets.at(0) == 0);
  CHECK(offsets.at(1) == 1);
  CHECK(offsets.at(3) == 2);
  CHECK(offsets.at(6) == 3);
  CHECK(offsets.at(10) == 5);
  CHECK(offsets.at(11) == 6);
}

TEST_CASE("A boundary never lies inside a character") {
  const std::string text = "aé漢😀z";
  const std::vector<std::size_t> expected = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(utf8_boundary(text, i) == expected[i]);
}
