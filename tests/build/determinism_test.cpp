// The bytes depend on the documents and their order alone.
#include <catch_amalgamated.hpp>

#include "build/site.h"

namespace crossglot::test {
namespace {

// Large enough for shards in files of their own, in two languages with compounds and bigrams among them.
std::vector<std::string> pages() {
  std::vector<std::string> lines;
  for (std::uint32_t i = 0; i < 120; ++i) {
    const std::string number = std::to_string(i);
    lines.push_back(line("/en/" + number + "/", "en", babble(i, 4), {babble(1000 + i, 300), babble(2000 + i, 200)}));
    if (i % 3 != 0) {
      lines.push_back(
          line("/de/" + number + "/", "de", babble(i, 3), {babble(3000 + i, 300), "東京都庁の" + number}));
    }
  }
  return lines;
}

std::vector<std::string> cut(const std::vector<std::string>& lines, std::size_t at_a_time) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i % at_a_time == 0) texts.emplace_back();
    texts.back() += lines[i];
  }
  return texts;
}

bool same(const std::vector<BundleFile>& a, const std::vector<BundleFile>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const BundleFile& x, const BundleFile& y) { return x.name == y.name && x.bytes == y.bytes; });
}

TEST_CASE("neither threads nor the cut into segments change a byte") {
  const std::vector<std::string> lines = pages();
  const auto expected = build(cut(lines, lines.size()), 1);
  REQUIRE(expected.size() > 10);
  CHECK(same(build(cut(lines, lines.size()), 4), expected));
  CHECK(same(build(cut(lines, 1), 1), expected));
  CHECK(same(build(cut(lines, 7), 3), expected));
}

TEST_CASE("a large language lies in files of its own that its list names") {
  const auto files = build(cut(pages(), 50));
  const Opened english(files, "en"), german(files, "de");
  CHECK(english.list.term_shards.size() > 2);
  CHECK(english.list.page_shards.size() > 2);
  CHECK(english.urls().size() == 120);
  CHECK(german.urls().size() == 80);
  CHECK(german.find("東京").size() == 80);
}

}  // namespace
}  // namespace crossglot::test
