// Queries in other languages than the pages': the site's own dictionary, and words whose language is guessed.
#include <array>
#include <catch_amalgamated.hpp>

#include "search/bundle.h"

namespace crossglot::test {
namespace {

// English, German and Japanese words that say the same. No word is spelled like another.
constexpr std::array<std::array<const char*, 3>, 12> kWords = {{
    {"window", "Fenster", "窓枠"},
    {"printer", "Drucker", "印刷機"},
    {"color", "Farbe", "色彩"},
    {"chapter", "Kapitel", "章節"},
    {"key", "Schlüssel", "鍵盤"},
    {"bridge", "Brücke", "橋梁"},
    {"forest", "Wald", "森林"},
    {"winter", "Kälte", "冬季"},
    {"mountain", "Gebirge", "山脈"},
    {"river", "Fluss", "河川"},
    {"book", "Lexikon", "書籍"},
    {"garden", "Hof", "庭園"},
}};
constexpr std::array<const char*, 3> kLanguages = {"en", "de", "ja"};

std::string address(const char* lang, std::size_t i, std::size_t j) {
  return std::string("/") + lang + "/" + kWords[i][0] + "-" + kWords[j][0];
}

// A page for each two words, in each language, line by line the same; but some German and Japanese ones are missing.
std::vector<Page> site_pages() {
  std::vector<Page> pages;
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    for (std::size_t j = i + 1; j < kWords.size(); ++j) {
      for (std::size_t l = 0; l < kLanguages.size(); ++l) {
        if (l > 0 && i == 0 && j == 1) continue;
        Page made =
            page(address(kLanguages[l], i, j), std::string(kWords[i][l]) + " " + kWords[j][l],
                 std::string(kWords[i][l]) + ".\n" + kWords[j][l] + ".\n" + kWords[i][l] + " " + kWords[j][l] + ".",
                 kLanguages[l]);
        made.group = std::string(kWords[i][0]) + "-" + kWords[j][0];
        pages.push_back(std::move(made));
      }
    }
  }
  pages.push_back(page("/de/einzig", "Einzigartig", "Zwetschgenkuchen", "de"));
  return pages;
}

Bundle site() {
  return Bundle(site_pages());
}

SearchRequest asked(std::string_view query, std::string_view lang, std::vector<std::string> in) {
  SearchRequest made = request(query, lang);
  made.in = std::move(in);
  return made;
}

std::string first(const SearchResponse& response) {
  return response.hits.empty() ? "" : response.hits.front().url;
}

TEST_CASE("a query finds the page that its language lacks") {
  const Bundle bundle = site();
  CHECK(first(bundle.search(asked("Drucker Fenster", "de", {"en"}))) == "/en/window-printer");
  CHECK(first(bundle.search(asked("印刷機の窓枠", "ja", {"en"}))) == "/en/window-printer");
  CHECK(first(bundle.search(asked("Fenster Drucker", "de", {}))) == "/en/window-printer");
}

// A page that says a word in passing kept all pages out that are about it, but were never translated.
TEST_CASE("a page that mentions the words does not hide the one that its language lacks") {
  std::vector<Page> pages = site_pages();
  pages.push_back(page("/de/erwaehnt", "Nebensache", "Zuerst ein Drucker.\nDanach ein Fenster.", "de"));
  const Bundle bundle(pages);
  const SearchResponse response = bundle.search(asked("Fenster Drucker", "de", {}));
  CHECK(first(response) == "/en/window-printer");
  std::size_t german = 0;
  for (const Hit& hit : response.hits) german += hit.lang == "de" ? 1 : 0;
  CHECK(german > 0);
  // What German has is shown in German: no English page stands beside its translation.
  CHECK(german + 1 == response.hits.size());
  SearchRequest draft = asked("Fenster Drucker", "de", {});
  draft.draft = true;
  for (const Hit& hit : bundle.search(draft).hits) CHECK(hit.lang == "de");
}

TEST_CASE("a query is understood in a language that is not the interface's") {
  const Bundle bundle = site();
  CHECK(first(bundle.search(asked("Drucker Fenster", "en", {"en"}))) == "/en/window-printer");
  CHECK(first(bundle.search(asked("印刷機 窓枠", "en", {"en"}))) == "/en/window-printer");
  CHECK(first(bundle.search(asked("Drucker Fenster", "ja", {"en"}))) == "/en/window-printer");
}

TEST_CASE("languages may change within a query") {
  const Bundle bundle = site();
  CHECK(first(bundle.search(asked("bridge Wald", "de", {"de"}))) == "/de/bridge-forest");
  CHECK(first(bundle.search(asked("bridge 森林", "ja", {"ja"}))) == "/ja/bridge-forest");
  CHECK(first(bundle.search(asked("bridge Wald", "de", {"en"}))) == "/en/bridge-forest");
  CHECK(first(bundle.search(asked("bridge Wald", "en", {"en"}))) == "/en/bridge-forest");
}

TEST_CASE("no text of another language is searched or shown where one language is asked for") {
  const Bundle bundle = site();
  CHECK(bundle.search(asked("Zwetschgenkuchen", "de", {"en"})).hits.empty());
  CHECK(bundle.search(asked("Einzigartig", "en", {"en"})).hits.empty());
  for (const char* lang : {"en", "de", "ja"}) {
    const SearchResponse response = bundle.search(asked("Fenster 森林 bridge", lang, {"en"}));
    CHECK_FALSE(response.hits.empty());
    for (const Hit& hit : response.hits) CHECK(hit.lang == "en");
  }
}

TEST_CASE("a name is found in another alphabet, though no translation taught it") {
  std::vector<Page> pages;
  for (const auto& [english, russian] : {std::pair{"window", "окно"}, {"forest", "лес"}, {"bridge", "мост"}}) {
    for (int copy = 0; copy < 4; ++copy) {
      for (const auto& [lang, word] : {std::pair{"en", english}, {"ru", russian}}) {
        pages.push_back(page(std::string("/") + lang + "/" + english + std::to_string(copy), word, word, lang));
        pages.back().group = english + std::to_string(copy);
      }
    }
  }
  pages.push_back(page("/en/author", "Author", "The author is called Gibson."));
  pages.push_back(page("/ru/people", "Люди", "Гибсон тоже здесь.", "ru"));
  const Bundle bundle(pages);
  CHECK(first(bundle.search(asked("гибсон", "ru", {"en"}))) == "/en/author");
  CHECK(first(bundle.search(asked("gibson", "en", {"ru"}))) == "/ru/people");
}

TEST_CASE("an identifier brings its own page first, in whatever language it is asked for") {
  std::vector<Page> pages;
  for (const char* lang : {"en", "de"}) {
    const std::string root = std::string("/") + lang + "/";
    pages.push_back(page(root + "flags", "Flags", "Memory: --max-old-space-size and E0277 and useEffect.", lang));
    pages.push_back(page(root + "memory", "Max size", "The old space has a max size. Size, space, old, max.", lang));
  }
  const Bundle bundle(pages);
  for (const char* lang : {"en", "de", "ja"}) {
    for (const char* query : {"--max-old-space-size", "E0277", "useEffect"}) {
      CAPTURE(lang, query);
      CHECK(first(bundle.search(asked(query, lang, {"en"}))) == "/en/flags");
    }
  }
}

TEST_CASE("without dictionaries only shared words cross languages") {
  const Bundle bundle = site();
  SearchRequest plain = asked("Drucker Fenster", "de", {"en"});
  plain.fold = kNoDictionary;
  CHECK(bundle.search(plain).hits.empty());
}

}  // namespace
}  // namespace crossglot::test
