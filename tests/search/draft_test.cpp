// What a large language leaves for later: common words and the rest of texts, and what a draft does without them.
#include <algorithm>
#include <catch_amalgamated.hpp>

#include "format/list.h"
#include "search/bundle.h"

namespace crossglot::test {
namespace {

// More than a thousand sections that hold "the" and "where", and a page whose last section is far from its beginning.
const Bundle& site() {
  static const Bundle bundle = [] {
    std::vector<Page> pages = large_site(420, {});
    for (Page& page : pages) {
      const std::string text = page.sections.front().text;
      for (std::size_t part = 1; part < 4; ++part) {
        const std::string anchor = "part" + std::to_string(part);
        page.sections.push_back({"Part", "where the end is, " + text.substr(part * 300, 600), anchor});
      }
      page.sections.front().text += " where the end is";
    }
    std::string before;
    for (int i = 0; i < 40; ++i) before += "Oil is kept in a can. ";
    Page lamp = page("/lamp", "Lamp", "A lamp lights the room in which it stands.");
    lamp.sections.push_back({"Wick", before + "Trim the wick of a lantern with scissors.", "wick"});
    pages.push_back(lamp);
    pages.push_back(page("/scissors", "Scissors", "A tool with two blades, unlike the lantern."));
    return Bundle(pages);
  }();
  return bundle;
}

SearchRequest draft(std::string_view query) {
  SearchRequest made = request(query);
  made.draft = true;
  return made;
}

std::size_t bytes_for(const SearchRequest& request) {
  Index index = site().open();
  std::size_t bytes = 0;
  for (auto names = needs(index, request); !names.empty(); names = needs(index, request)) {
    for (const std::string& name : names) {
      bytes += site().files().at(name).size();
      REQUIRE(index.attach(name, site().files().at(name)));
    }
  }
  return bytes;
}

TEST_CASE("a draft takes two rounds and fewer bytes, and has rows with excerpts") {
  Index index = site().open();
  CHECK(site().feed(index, draft("where the wick is trimmed")) == 2);
  const auto response = index.search(draft("where the wick is trimmed"));
  REQUIRE(response);
  CHECK(response->needs.empty());
  REQUIRE(response->hits.size() == 1);
  CHECK(response->hits[0].url == "/lamp");
  CHECK(response->hits[0].sections.at(0).heading == "Wick");
  CHECK(response->hits[0].sections.at(0).excerpt == "A lamp lights the room in which it stands.");
  CHECK(2 * bytes_for(draft("where the wick is trimmed")) < bytes_for(request("where the wick is trimmed")));
}

TEST_CASE("what follows a draft has the words that were left out, the passage and its anchor") {
  Index index = site().open();
  site().feed(index, draft("the wick "));
  CHECK_FALSE(needs(index, request("the wick ")).empty());
  CHECK(site().feed(index, request("the wick ")) > 0);
  const auto response = index.search(request("the wick "));
  REQUIRE(response);
  CHECK(response->total > 400);
  CHECK(response->dropped.empty());
  const SectionHit& section = response->hits.at(0).sections.at(0);
  CHECK(response->hits[0].url == "/lamp");
  CHECK(section.anchor == "wick");
  CHECK(section.excerpt.find("Trim the wick of a lantern") != std::string::npos);
}

TEST_CASE("a draft of common words alone searches them") {
  Index index = site().open();
  CHECK(site().feed(index, draft("where the")) <= 3);
  const auto response = index.search(draft("where the"));
  REQUIRE(response);
  CHECK(response->total > 400);
  CHECK(response->hits.size() == 10);
}

TEST_CASE("a draft waits for common words that a phrase or an exclusion needs") {
  for (const char* query : {"\"unlike the lantern\"", "scissors -the"}) {
    CAPTURE(query);
    Index index = site().open();
    site().feed(index, draft(query));
    const auto drafted = index.search(draft(query));
    site().feed(index, request(query));
    const auto whole = index.search(request(query));
    REQUIRE(drafted);
    REQUIRE(whole);
    CHECK(urls(*drafted) == urls(*whole));
    CHECK(drafted->total == whole->total);
  }
}

TEST_CASE("an unfinished word finds the common word that it begins") {
  const SearchResponse response = site().search("wher");
  CHECK(response.total > 400);
  CHECK(response.dropped.empty());
}

TEST_CASE("an answer does not depend on what else is attached") {
  Index all = site().open();
  for (const auto& [name, bytes] : site().files()) REQUIRE(all.attach(name, bytes));
  for (const char* query : {"wick", "the lamp", "lamp lantern", "where the end is", "scissors"}) {
    CAPTURE(query);
    const auto whole = all.search(request(query));
    REQUIRE(whole);
    CHECK(to_json(*whole) == to_json(site().search(query)));
  }
}

TEST_CASE("a page whose beginning shows every word needs no more of its text") {
  Index index = site().open();
  CHECK(site().feed(index, request("lamp room ")) == 2);
  const auto response = index.search(request("lamp room "));
  REQUIRE(response);
  CHECK(response->hits.at(0).sections.at(0).excerpt == "A lamp lights the room in which it stands.");
}

TEST_CASE("rows without text have the anchors of their sections") {
  SearchRequest asked = request("wick ");
  asked.text = false;
  asked.section_level = true;
  const SearchResponse response = site().search(asked);
  REQUIRE(response.hits.size() == 1);
  CHECK(response.hits[0].sections.at(0).anchor == "wick");
}

}  // namespace
}  // namespace crossglot::test
