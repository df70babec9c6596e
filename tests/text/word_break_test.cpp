// UAX #29 against the Unicode Consortium's own cases.
#include "text/word_break.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

using namespace crossglot;

namespace {

// Of Debian's package unicode-data, of which the tables are made.
constexpr const char* kCases = "/usr/share/unicode/auxiliary/WordBreakTest.txt";
constexpr const char* kProperties = "/usr/share/unicode/auxiliary/WordBreakProperty.txt";

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

TEST_CASE("Every code point has the Word_Break that the Unicode data says") {
  std::ifstream file(kProperties);
  if (!file) SKIP("unicode-data is not installed");
  const std::map<std::string, WordBreak> names = {
      {"CR", WordBreak::kCr},
      {"LF", WordBreak::kLf},
      {"Newline", WordBreak::kNewline},
      {"Extend", WordBreak::kExtend},
      {"ZWJ", WordBreak::kZwj},
      {"Format", WordBreak::kFormat},
      {"Regional_Indicator", WordBreak::kRegionalIndicator},
      {"Katakana", WordBreak::kKatakana},
      {"Hebrew_Letter", WordBreak::kHebrewLetter},
      {"ALetter", WordBreak::kALetter},
      {"Single_Quote", WordBreak::kSingleQuote},
      {"Double_Quote", WordBreak::kDoubleQuote},
      {"MidNumLet", WordBreak::kMidNumLet},
      {"MidLetter", WordBreak::kMidLetter},
      {"MidNum", WordBreak::kMidNum},
      {"Numeric", WordBreak::kNumeric},
      {"ExtendNumLet", WordBreak::kExtendNumLet},
      {"WSegSpace", WordBreak::kWSegSpace},
  };
  int code_points = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line.substr(0, line.find('#')));
    std::string points;
    std::string semicolon;
    std::string name;
    if (!(fields >> points >> semicolon >> name)) continue;
    char* rest = nullptr;
    const auto first = static_cast<char32_t>(std::strtoul(points.c_str(), &rest, 16));
    const auto last = *rest == '.' ? static_cast<char32_t>(std::strtoul(rest + 2, nullptr, 16)) : first;
    for (char32_t c = first; c <= last; ++c, ++code_points) {
      const WordBreak found = properties(c).word_break;
      const bool same = found == names.at(name) || (found == WordBreak::kPictographicLetter && name == "ALetter");
      if (!same) FAIL(line << " at " << static_cast<std::uint32_t>(c));
    }
  }
  CHECK(code_points > 30000);
}

TEST_CASE("An empty text has no boundary and a long one takes linear time") {
  CHECK(boundaries_of({}) == std::vector<std::uint8_t>{0});
  // Each apostrophe looks ahead over the marks behind it.
  std::vector<char32_t> text;
  for (int i = 0; i < 200000; ++i) text.insert(text.end(), {'a', '\'', 0x301, 0x301});
  CHECK(boundaries_of(text).size() == text.size() + 1);
}
