// What the encoder reads of a section, and how long ones are cut.
#include "build/passages.h"

#include <catch_amalgamated.hpp>

namespace crossglot::test {
namespace {

std::string words(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? " word" : "word") + std::to_string(i);
  return text;
}

std::string joined(const std::vector<std::string>& windows, std::string_view between) {
  std::string text;
  for (const std::string& window : windows) text += (text.empty() ? "" : std::string(between)) + window;
  return text;
}

}  // namespace

TEST_CASE("a passage says title and headings above it once each, then its text, then some code") {
  PageText page;
  page.title = "Guide";
  page.sections = {{"", "Guide", 1, "Hello all\nthere", "", false},
                   {"a", "Install", 2, "  Unpack it.\n\nRun. ", "", false},
                   {"b", "Linux", 3, "", "make", false},
                   {"c", "Use", 2, "Type.", std::string_view(), false}};
  const std::vector<Passage> passages = make_passages(page);
  REQUIRE(passages.size() == 4);
  CHECK(passages[0].heading == "Guide");
  CHECK(passages[0].body == "Hello all there");
  CHECK(passages[1].heading == "Guide > Install");
  CHECK(passages[1].body == "Unpack it. Run.");
  CHECK(passages[2].heading == "Guide > Install > Linux");
  CHECK(passages[2].body == "make");
  CHECK(passages[3].heading == "Guide > Use");
  CHECK(passages[0].opening == "Guide Hello all");
  CHECK(passages[1].opening == "Guide > Install Unpack it.");
  CHECK(passages[2].opening == "Guide > Install > Linux");
}

TEST_CASE("windows are of about one width, end at words, and lose nothing that fits") {
  const std::string text = words(150);
  const std::uint32_t count = window_count(text_width(text));
  REQUIRE(count == 3);
  const std::vector<std::string> windows = cut_windows(text, count);
  REQUIRE(windows.size() == 3);
  CHECK(joined(windows, " ") == text);
  for (const std::string& window : windows) {
    CHECK(text_width(window) <= kWindowWidth);
    CHECK(text_width(window) * 4 > kWindowWidth);
  }
  CHECK(cut_windows("one", 1) == std::vector<std::string>{"one"});
  CHECK(window_count(0) == 1);
  CHECK(window_count(kWindowWidth) == 1);
  CHECK(window_count(kWindowWidth + 1) == 2);
}

TEST_CASE("a text without spaces is cut between its characters, and what is behind the last window is left out") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "漢";
  CHECK(window_count(text_width(text)) == kWindowsMax);
  const std::vector<std::string> windows = cut_windows(text, 2);
  REQUIRE(windows.size() == 2);
  CHECK(joined(windows, "").size() < text.size());
  CHECK(text_width(joined(windows, "")) <= 2 * kWindowWidth);
  CHECK(text_width(joined(windows, "")) + 11 > 2 * kWindowWidth);
  for (const std::string& window : windows) CHECK(window.size() % 3 == 0);
}

TEST_CASE("a short text may fill fewer windows than its translation") {
  const std::vector<std::string> windows = cut_windows("one", 3);
  CHECK(windows.size() <= 3);
  CHECK(joined(windows, "") == "one");
  CHECK(cut_windows("", 2).size() == 1);
}

TEST_CASE("a first sentence ends with its stop, and a version number or a short line is none") {
  CHECK(first_sentence("Version 2.1 is out. More follows.") == "Version 2.1 is out.");
  CHECK(first_sentence("Line without a stop\nNext.") == "Line without a stop");
  CHECK(first_sentence("これはテストです。次の文。") == "これはテストです。");
  CHECK(first_sentence("Yes.").empty());
  CHECK(first_sentence("").empty());
}

}  // namespace crossglot::test
