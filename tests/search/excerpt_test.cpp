// Sections, excerpts and marks.
#include "search/excerpt.h"

#include <catch_amalgamated.hpp>

#include "search/bundle.h"

namespace crossglot::test {
namespace {

std::string shown(const SectionHit& section) {
  return bracketed(section.excerpt, section.marks);
}

TEST_CASE("marks count UTF-16 units, also behind characters that take two") {
  const Bundle bundle(
      {page("/a", "\U0001F600 Rockets \U0001F680 fly", "\U0001F680\U0001F680 Two rockets fly to 𠮷野家.")});
  const SearchResponse response = bundle.search("rockets");
  REQUIRE(response.hits.size() == 1);
  const Hit& hit = response.hits.front();
  CHECK(bracketed(hit.title, hit.title_marks) == "\U0001F600 [Rockets] \U0001F680 fly");
  CHECK(shown(hit.sections.front()) == "\U0001F680\U0001F680 Two [rockets] fly to 𠮷野家.");
}

TEST_CASE("the excerpt is the passage that holds most of the query, from the start of its sentence") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "This sentence only fills the page with many words. ";
  text += "The drawbar mounts below the spindle. ";
  for (int i = 0; i < 40; ++i) text += "A spindle alone is not it at all. ";
  const Bundle bundle({page("/a", "Machine", text), page("/b", "Other", "Nothing.")});
  const SearchResponse response = bundle.search("drawbar spindle ");
  REQUIRE_FALSE(response.hits.empty());
  const std::string excerpt = shown(response.hits.front().sections.front());
  CHECK(excerpt.starts_with("The [drawbar] mounts below the [spindle]."));
  CHECK(excerpt.ends_with("…"));
  CHECK(excerpt.size() < 300);
}

TEST_CASE("lines of the text become spaces") {
  const Bundle bundle({page("/a", "Machine", "Over the top.\nMount the drawbar\nand go.")});
  CHECK(shown(bundle.search("drawbar ").hits.at(0).sections.at(0)) == "Mount the [drawbar] and go.");
}

TEST_CASE("inflections, corrections and what a prefix became are marked") {
  const Bundle bundle({page("/a", "Guide", "Several installed packages conflict.")});
  CHECK(shown(bundle.search("installing").hits.at(0).sections.at(0)) == "Several [installed] packages conflict.");
  CHECK(shown(bundle.search("pakcages").hits.at(0).sections.at(0)) == "Several installed [packages] conflict.");
  CHECK(shown(bundle.search("confl").hits.at(0).sections.at(0)) == "Several installed packages [conflict].");
}

TEST_CASE("overlapping bigrams are one mark") {
  const Bundle bundle({page("/a", "電車", "東海道新幹線に乗る。", "ja")});
  CHECK(shown(bundle.search("新幹線", "ja").hits.at(0).sections.at(0)) == "東海道[新幹線]に乗る。");
}

TEST_CASE("two characters of a longer run are not marked inside another word") {
  const Bundle bundle({page("/a", "設定", "コメントのフォントを選ぶ。", "ja")});
  CHECK(shown(bundle.search("フォント", "ja").hits.at(0).sections.at(0)) == "コメントの[フォント]を選ぶ。");
}

TEST_CASE("a row shows its best sections, the best first") {
  const Page guide = {"/guide",
                      "Guide",
                      {{"Guide", "Start here."},
                       {"Painting", "How to paint a picture with oil. Paint again.", "painting"},
                       {"Frames", "Frames around a picture.", "frames"},
                       {"Cleaning", "Soap and water.", "cleaning"}}};
  const Bundle bundle({guide, page("/other", "Other", "A picture of nothing.")});
  SearchRequest two = request("paint picture ");
  two.sections = 2;
  const SearchResponse response = bundle.search(two);
  REQUIRE_FALSE(response.hits.empty());
  const Hit& hit = response.hits.front();
  REQUIRE(hit.sections.size() == 2);
  CHECK(hit.sections[0].anchor == "painting");
  CHECK(hit.sections[1].anchor == "frames");
  CHECK(hit.sections[0].score >= hit.sections[1].score);
}

TEST_CASE("rows can be sections") {
  const Page guide = {"/guide",
                      "Guide",
                      {{"Guide", "Start here."},
                       {"Painting", "How to paint a picture. Paint again.", "painting"},
                       {"Frames", "Frames around a picture.", "frames"}}};
  const Bundle bundle({guide, page("/other", "Other", "Nothing here.")});
  SearchRequest sections = request("picture ");
  sections.section_level = true;
  const SearchResponse response = bundle.search(sections);
  REQUIRE(response.hits.size() == 2);
  CHECK(response.total == 2);
  for (const Hit& hit : response.hits) CHECK(hit.sections.size() == 1);
  CHECK(response.hits[0].sections[0].anchor != response.hits[1].sections[0].anchor);
}

TEST_CASE("a match in code shows the code") {
  const Page guide = {"/guide", "Guide", {{"Setup", "Run this.", "setup", "npm install crossglot"}}};
  CHECK(shown(Bundle({guide}).search("crossglot").hits.at(0).sections.at(0)) == "npm install [crossglot]");
}

TEST_CASE("a section without text borrows what follows it") {
  const Page guide = {"/guide", "Volcanoes", {{"Volcanoes", ""}, {"Lava", "It is hot.", "lava"}}};
  const SectionHit section = Bundle({guide}).search("volcanoes").hits.at(0).sections.at(0);
  CHECK(section.heading == "Volcanoes");
  CHECK(section.excerpt == "It is hot.");
}

TEST_CASE("without text a row is an address and a score") {
  SearchRequest bare = request("machine");
  bare.text = false;
  const SearchResponse response = Bundle({page("/a", "Machine", "The machine.")}).search(bare);
  REQUIRE(response.hits.size() == 1);
  CHECK(response.hits[0].url == "/a");
  CHECK(response.hits[0].score > 0);
  CHECK(response.hits[0].title.empty());
  CHECK(response.hits[0].sections.at(0).excerpt.empty());
}

}  // namespace
}  // namespace crossglot::test
