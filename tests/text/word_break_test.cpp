// UAX #29 against the Unicode Consortium's own cases.
#include "text/word_break.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

using namespace crossglot;

namespace {

// Of Debian's package unicode-data, of which the tables are made.
constexpr const char* kCases = "/usr/share/unicode/auxiliary/WordBreakTest.txt";

std::vector<std::uint8_t> boundaries_of(const std::vector<char32_t>& text) {
  std::vector<WordBreak> classes;
  for (const char32_t c : text) classes.push_back(properties(c).word_break);
  std::vector<std::uint8_t> boundaries;
  find_word_boundaries(classes, boundaries);
  return boundaries;
}

}  // namespace

TEST_CASE("Word boundaries are those of the consortium's test file") {
  std::ifstream file(kCases);
  if (!file) SKIP("unicode-data is not installed");
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line.substr(0, line.find('#')));
    std::vector<char32_t> text;
    std::vector<std::uint8_t> expected;
    for (std::string field; fields >> field;) {
      if (field == "÷" || field == "×") {
        expected.push_back(field == "÷" ? 1 : 0);
      } else {
        text.push_back(static_cast<char32_t>(std::strtoul(field.c_str(), nullptr, 16)));
      }
    }
    if (text.empty()) continue;
    ++cases;
    INFO(line);
    CHECK(boundaries_of(text) == expected);
  }
  CHECK(cases > 1800);
}

TEST_CASE("An empty text has no boundary and a long one takes linear time") {
  CHECK(boundaries_of({}) == std::vector<std::uint8_t>{0});
  // Each apostrophe looks ahead over the marks behind it.
  std::vector<char32_t> text;
  for (int i = 0; i < 200000; ++i) text.insert(text.end(), {'a', '\'', 0x301, 0x301});
  CHECK(boundaries_of(text).size() == text.size() + 1);
}
