#include "lexical/spelling.h"

#include <algorithm>
#include <catch_amalgamated.hpp>

namespace crossglot {
namespace {

Speller make_speller(std::vector<WordEntry> words) {
  std::sort(words.begin(), words.end(), [](const WordEntry& a, const WordEntry& b) { return a.word < b.word; });
  const Bytes bytes = build_word_list(words);
  Result<WordList> list = WordList::open(bytes);
  REQUIRE(list);
  return Speller(std::move(*list));
}

std::vector<std::string> suggest(const Speller& speller, std::string_view word, std::uint32_t distance) {
  std::vector<std::string> words;
  for (const Suggestion& suggestion : speller.suggest(word, distance, 10)) {
    words.push_back(speller.words()[suggestion.word].word);
  }
  return words;
}

// The definition, cell by cell: optimal string alignment over code units.
std::size_t distance_by_definition(std::u16string_view a, std::u16string_view b) {
  std::vector<std::vector<std::size_t>> cells(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cells[i][j] = i + j;
        continue;
      }
      cells[i][j] = std::min(
          {cells[i - 1][j] + 1, cells[i][j - 1] + 1, cells[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cells[i][j] = std::min(cells[i][j], cells[i - 2][j - 2] + 1);
      }
    }
  }
  return cells[a.size()][b.size()];
}

TEST_CASE("a swap, a wrong, a missing and a doubled letter cost one edit each, the first letter too") {
  const Speller speller = make_speller({{"installation", 40}, {"installing", 9}, {"distillation", 1}});
  CHECK(suggest(speller, "isntallation", 1) == std::vector<std::string>{"installation"});
  CHECK(suggest(speller, "nistallation", 1) == std::vector<std::string>{"installation"});
  CHECK(suggest(speller, "unstallation", 1) == std::vector<std::string>{"installation"});
  CHECK(suggest(speller, "instalation", 1) == std::vector<std::string>{"installation"});
  CHECK(suggest(speller, "insttallation", 1) == std::vector<std::string>{"installation"});
  CHECK(suggest(speller, "xxstallation", 1).empty());
}

TEST_CASE("the nearest word comes first, then the more frequent one") {
  const Speller speller = make_speller({{"table", 100}, {"cable", 7}, {"stable", 20}, {"tables", 60}});
  CHECK(suggest(speller, "table", 1) == std::vector<std::string>{"table", "tables", "stable", "cable"});
}

TEST_CASE("accents cost nothing") {
  const Speller speller = make_speller({{"télécharger", 5}, {"fenêtre", 5}});
  CHECK(suggest(speller, "telecharegr", 1) == std::vector<std::string>{"télécharger"});
  CHECK(suggest(speller, "fenetre", 0) == std::vector<std::string>{"fenêtre"});
}

TEST_CASE("short words and identifiers are corrected less than long words") {
  CHECK(Speller::distance_allowed(3, false) == 0);
  CHECK(Speller::distance_allowed(4, false) == 1);
  CHECK(Speller::distance_allowed(7, false) == 1);
  CHECK(Speller::distance_allowed(8, false) == 2);
  CHECK(Speller::distance_allowed(12, true) == 1);
  CHECK(Speller::distance_allowed(4000, false) == 0);
}

TEST_CASE("rows shared between neighbours give the distances of the definition") {
  // Words over two letters share long prefixes and meet every case of the table.
  std::vector<WordEntry> words;
  std::uint32_t seed = 1;
  for (int i = 0; i < 400; ++i) {
    std::string word;
    seed = seed * 1664525 + 1013904223;
    const std::size_t length = 3 + (seed >> 24) % 8;
    for (std::size_t j = 0; j < length; ++j) {
      seed = seed * 1664525 + 1013904223;
      word.push_back((seed >> 25) % 3 == 0 ? 'b' : 'a');
    }
    const auto same = [&](const WordEntry& entry) { return entry.word == word; };
    if (std::none_of(words.begin(), words.end(), same)) words.push_back({word, 1});
  }
  const Speller speller = make_speller(words);
  for (std::string_view query : {"aabab", "bbaabbab", "ababababab", "baaa", "abbaabba"}) {
    for (std::uint32_t distance_max : {0U, 1U, 2U}) {
      std::size_t expected = 0;
      for (const WordEntry& entry : speller.words()) {
        const std::size_t distance = distance_by_definition(fold_for_spelling(query), fold_for_spelling(entry.word));
        expected += distance <= distance_max ? 1 : 0;
      }
      std::size_t wrong = 0;
      const auto found = speller.suggest(query, distance_max, words.size());
      for (const Suggestion& suggestion : found) {
        const auto& word = speller.words()[suggestion.word].word;
        if (suggestion.distance != distance_by_definition(fold_for_spelling(query), fold_for_spelling(word))) ++wrong;
      }
      CHECK(found.size() == expected);
      CHECK(wrong == 0);
    }
  }
}

}  // namespace
}  // namespace crossglot
