// UAX #29 against libunistring, on generated strings in which every class meets every other.
#include <uniwbrk.h>

#include <catch_amalgamated.hpp>
#include <random>

#include "text/word_break.h"

using namespace crossglot;

TEST_CASE("Word boundaries of generated strings are those of libunistring") {
  // All classes; but no letter that is pictographic (U+24C2), for which libunistring keeps one of the two only.
  const std::vector<std::uint32_t> pool = {'a',    'Z',    0xE9,   '1',    '9',    '.',     ',',     ':',     '\'',
                                           0x2019, '"',    '_',    '-',    ' ',    '\r',    '\n',    0x300,   0x200D,
                                           0xAD,   0x5D0,  0x5D1,  0x30AB, 0x30FC, 0x1F1E6, 0x1F1E7, 0x1F600, 0x1F468,
                                           0x2764, 0xFE0F, 0x3B1,  0x627,  0x64B,  0x2028,  0x3000,  0x202F,  0xB7,
                                           ';',    0x2024, 0xAC00, 0x904,  0x93F};
  std::mt19937 random(3);
  int breaks = 0;
  for (int i = 0; i < 300000; ++i) {
    std::vector<std::uint32_t> text;
    std::vector<WordBreak> classes;
    for (std::uint32_t size = 1 + random() % 12; size > 0; --size) {
      text.push_back(pool[random() % pool.size()]);
      classes.push_back(properties(text.back()).word_break);
    }
    std::vector<char> expected(text.size());
    u32_wordbreaks(text.data(), text.size(), expected.data());
    std::vector<std::uint8_t> boundaries;
    find_word_boundaries(classes, boundaries);
    for (std::size_t at = 1; at < text.size(); ++at) {
      breaks += boundaries[at];
      if ((boundaries[at] != 0) == (expected[at] != 0)) continue;
      std::string hex;
      for (const std::uint32_t c : text) hex += std::to_string(c) + ' ';
      FAIL("boundary " << at << " of " << hex);
    }
  }
  CHECK(breaks > 1000000);
}
