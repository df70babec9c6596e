// Words and meaning in one list. The encoder of these tests knows a few ideas and in which words each is said.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <map>

#include "search/bundle.h"

namespace crossglot::test {
namespace {

constexpr std::size_t kDimensions = 128;

const std::map<std::string, std::size_t>& ideas() {
  static const std::map<std::string, std::size_t> ideas = {
      {"car", 0},  {"automobile", 0}, {"voiture", 0},  {"Wagen", 0}, {"engine", 1}, {"moteur", 1},
      {"tea", 2},  {"brew", 2},       {"infusion", 2}, {"rice", 3},  {"riz", 3},    {"garden", 4},
      {"lawn", 4}, {"jardin", 4},     {"paint", 5},    {"colour", 5}};
  return ideas;
}

std::vector<float> encode(std::string_view text) {
  std::vector<float> vector(kDimensions, 0.02F);
  for (const auto& [word, idea] : ideas()) {
    if (text.find(word) != std::string_view::npos) vector[idea] += 1;
  }
  return vector;
}

// Dimensions behind the ideas' are any, of each text its own.
VectorSource source(std::size_t dimensions = kDimensions) {
  return {"ideas", dimensions, [dimensions](std::span<const EmbedText> texts, std::span<std::int8_t> out) -> Status {
            for (std::size_t i = 0; i < texts.size(); ++i) {
              std::vector<float> vector = encode(texts[i].text);
              vector.resize(dimensions);
              std::size_t any = std::hash<std::string_view>()(texts[i].text);
              for (std::size_t j = kDimensions; j < dimensions; ++j) {
                any = any * 1664525 + 1013904223;
                vector[j] = any >> 16 & 1 ? 0.02F : -0.02F;
              }
              for (std::size_t j = 0; j < dimensions; ++j) {
                out[i * dimensions + j] = static_cast<std::int8_t>(std::lround(60 * vector[j]));
              }
            }
            return ok_status();
          }};
}

Page grouped_page(std::string group, std::string lang, std::string title, std::string text) {
  Page made = page("/" + lang + "/" + group, std::move(title), std::move(text), lang);
  made.group = std::move(group);
  return made;
}

std::vector<Page> site() {
  return {grouped_page("drive", "en", "Driving", "Start the automobile and watch the engine."),
          grouped_page("drive", "fr", "Conduire", "Démarrez la voiture et surveillez le moteur."),
          grouped_page("cup", "en", "A cup", "How to brew it with hot water."),
          grouped_page("bowl", "en", "A bowl", "Cook the rice slowly in the pot."),
          grouped_page("bowl", "fr", "Un bol", "Cuisez le riz doucement dans la casserole."),
          grouped_page("green", "en", "Green", "Mow the lawn with foo_bar in May."),
          grouped_page("wall", "en", "Walls", "Choose a colour for the walls, then tea.")};
}

const Bundle& bundle() {
  static const VectorSource vectors = source();
  static const Bundle made(site(), &vectors);
  return made;
}

SearchRequest asked(std::string_view query, std::string_view lang, SearchMode mode = SearchMode::kHybrid) {
  SearchRequest made = request(query, lang);
  made.mode = mode;
  made.vector = encode(query);
  made.prefix = false;
  return made;
}

std::vector<std::string> groups(const SearchRequest& request) {
  std::vector<std::string> names;
  for (const Hit& hit : bundle().search(request).hits) names.push_back(hit.group);
  return names;
}

}  // namespace

TEST_CASE("a query that shares no word with its answer is carried by its vector") {
  CHECK(bundle().search(asked("garden", "en", SearchMode::kLexical)).hits.empty());
  const SearchResponse response = bundle().search(asked("garden", "en"));
  REQUIRE_FALSE(response.hits.empty());
  CHECK(response.hits[0].group == "green");
  CHECK(response.needs.empty());
  CHECK(response.hits[0].sections.front().excerpt.starts_with("Mow the lawn"));
  CHECK(response.hits[0].sections.front().marks.empty());
  CHECK(response.dropped == std::vector<std::string>{"garden"});
}

TEST_CASE("a page that was never translated answers in the reader's language, the others in theirs") {
  const SearchResponse tea = bundle().search(asked("infusion", "fr"));
  REQUIRE_FALSE(tea.hits.empty());
  CHECK(tea.hits[0].url == "/en/cup");
  const SearchResponse car = bundle().search(asked("Wagen", "fr"));
  REQUIRE_FALSE(car.hits.empty());
  CHECK(car.hits[0].url == "/fr/drive");
}

TEST_CASE("words and meaning together put first what has both") {
  // "tea" stands in one page, brewing is meant by another; "hot" is in the second.
  CHECK(groups(asked("tea", "en", SearchMode::kLexical)).front() == "wall");
  const std::vector<std::string> both = groups(asked("tea hot water", "en"));
  CHECK(both.front() == "cup");
  CHECK(std::find(both.begin(), both.end(), "wall") != both.end());
}

TEST_CASE("vectors alone do not look at words, and without vectors every mode is lexical") {
  CHECK(groups(asked("paint", "en", SearchMode::kDense)).front() == "wall");
  CHECK(bundle().search(asked("paint", "en", SearchMode::kDense)).dropped.empty());
  SearchRequest plain = asked("lawn", "en", SearchMode::kDense);
  plain.vector.clear();
  CHECK(groups(plain) == std::vector<std::string>{"green"});
  const Bundle without(site());
  CHECK(urls(without.search(asked("lawn", "en"))) == "/en/green");
}

TEST_CASE("an identifier stands on top, whatever the vector says") {
  SearchRequest made = asked("foo_bar", "en");
  made.vector = encode("rice");
  const std::vector<std::string> found = groups(made);
  REQUIRE(found.size() > 1);
  CHECK(found[0] == "green");
  CHECK(found[1] == "bowl");
}

TEST_CASE("the parts of an identifier are no more than other words") {
  std::vector<Page> pages = site();
  pages.push_back(grouped_page("parts", "en", "Bars", "A foo beside a bar."));
  const VectorSource vectors = source();
  const Bundle made(pages, &vectors);
  SearchRequest whole = asked("foo_bar", "en");
  whole.vector = encode("rice");
  const SearchResponse found = made.search(whole);
  REQUIRE(found.hits.size() > 2);
  CHECK(found.hits[0].group == "green");
  CHECK(found.hits[1].group == "bowl");
  // One that stands nowhere is asked for by its parts and its meaning.
  SearchRequest nowhere = asked("beside_water", "en");
  nowhere.vector = encode("rice");
  CHECK(made.search(nowhere).hits.at(0).group == "bowl");
  // Of several, those that stand somewhere count.
  SearchRequest several = asked("foo_bar beside_water", "en");
  several.vector = encode("rice");
  CHECK(made.search(several).hits.at(0).group == "green");
}

TEST_CASE("no weight of a page lifts it above one that holds every identifier, and scores say which do") {
  std::vector<Page> pages = site();
  pages.push_back(grouped_page("heavy", "en", "foo_bar", "All about foo_bar."));
  pages.back().weight = 16;
  pages.push_back(grouped_page("light", "en", "Options", "The rice is cooked with foo_bar and with baz_qux."));
  pages.back().weight = 1.0 / 16;
  const VectorSource vectors = source();
  const Bundle made(pages, &vectors);
  const SearchResponse both = made.search(asked("foo_bar baz_qux", "en"));
  REQUIRE(both.hits.size() > 2);
  CHECK(both.hits[0].group == "light");
  CHECK(both.hits[0].score >= 8);
  CHECK(both.hits[1].group == "heavy");
  CHECK(both.hits[1].score > 1);
  CHECK(both.hits[1].score < 8);
  // A word beside them, and nothing is exact.
  for (const Hit& hit : made.search(asked("foo_bar rice", "en")).hits) CHECK(hit.score < 8);
}

TEST_CASE("meaning proposes nothing that a filter, an exclusion, a phrase or a language leaves out") {
  CHECK(groups(asked("automobile -engine", "en")).empty() == false);
  for (const std::string& group : groups(asked("car -engine", "en"))) CHECK(group != "drive");
  for (const std::string& group : groups(asked("garden \"hot water\"", "en"))) CHECK(group == "cup");
  SearchRequest french = asked("lawn", "fr");
  french.in = {"fr"};
  for (const std::string& group : groups(french)) CHECK(group != "green");
  SearchRequest nothing = asked("lawn", "en");
  nothing.filters = {{"version", "9"}};
  CHECK(groups(nothing).empty());
}

TEST_CASE("the version that the reader reads best judges a page, whichever others are searched for words") {
  // The French page holds the word, the English one does not.
  for (const bool draft : {false, true}) {
    SearchRequest made = asked("voiture -moteur", "fr");
    made.draft = draft;
    for (const std::string& group : groups(made)) CHECK(group != "drive");
    // What the reader's language lacks is judged by English.
    made = asked("gazon -pot", "fr");
    made.draft = draft;
    const std::vector<std::string> found = groups(made);
    CHECK(std::find(found.begin(), found.end(), "green") != found.end());
  }
  // A French page that does not hold the phrase does not come back by its English version.
  const std::vector<std::string> quoted = groups(asked("riz \"dans la casserole\"", "fr"));
  CHECK(quoted.front() == "bowl");
  CHECK(std::find(quoted.begin(), quoted.end(), "drive") == quoted.end());
}

TEST_CASE("a section that holds the identifier stands on top, whatever the vector says") {
  std::vector<Page> pages = {page("/a", "Manual", "Welcome.", "en")};
  pages[0].sections.push_back({"First", "All about rice.", "first"});
  pages[0].sections.push_back({"Second", "Call foo_bar in May.", "second"});
  const VectorSource vectors = source();
  SearchRequest made = asked("foo_bar", "en");
  made.vector = encode("rice");
  made.section_level = true;
  const SearchResponse response = Bundle(pages, &vectors).search(made);
  REQUIRE(response.hits.size() >= 2);
  CHECK(response.hits[0].sections.front().anchor == "second");
  CHECK(response.hits[1].sections.front().anchor == "first");
}

TEST_CASE("rows that are sections are found by their own meaning") {
  std::vector<Page> pages = {page("/a", "Manual", "Welcome.", "en")};
  pages[0].sections.push_back({"First", "All about the lawn.", "first"});
  pages[0].sections.push_back({"Second", "All about rice.", "second"});
  const VectorSource vectors = source();
  const Bundle made(pages, &vectors);
  SearchRequest sections = asked("riz", "en");
  sections.section_level = true;
  const SearchResponse response = made.search(sections);
  REQUIRE_FALSE(response.hits.empty());
  CHECK(response.hits[0].sections.front().anchor == "second");
  // The same on a page's row.
  const SearchResponse page_row = made.search(asked("jardin", "en"));
  REQUIRE_FALSE(page_row.hits.empty());
  CHECK(page_row.hits[0].sections.front().anchor == "first");
}

TEST_CASE("a vector of another size is an error, one without a number a plain answer") {
  SearchRequest made = asked("lawn", "en");
  made.vector.pop_back();
  Index index = bundle().open();
  CHECK(index.search(made).error().code == ErrorCode::kArgument);
  made.vector.assign(kDimensions, std::nanf(""));
  CHECK(groups(made).front() == "green");
  CHECK(index.vector_model() == "ideas");
  CHECK(index.add_vectors(bundle().vectors()).error().code == ErrorCode::kArgument);
}

TEST_CASE("one row a version where translations are not collapsed, each as near as the others") {
  SearchRequest made = asked("voiture", "fr", SearchMode::kDense);
  made.collapse = false;
  made.in = {"en", "fr"};
  const SearchResponse response = bundle().search(made);
  REQUIRE(response.hits.size() >= 2);
  CHECK(response.hits[0].group == "drive");
  CHECK(response.hits[1].group == "drive");
  CHECK(response.hits[0].lang != response.hits[1].lang);
}

TEST_CASE("a large site's vectors lie in files, and a draft is content with some of them") {
  constexpr std::size_t kUsual = 384;
  const VectorSource vectors = source(kUsual);
  const Bundle made(large_site(3000, {page("/rice", "A bowl", "Cook the rice slowly.")}), &vectors);
  const auto bytes_for = [&](const SearchRequest& wanted) {
    Index index = made.open();
    std::size_t bytes = 0;
    for (auto names = needs(index, wanted); !names.empty(); names = needs(index, wanted)) {
      for (const std::string& name : names) {
        bytes += made.files().at(name).size();
        REQUIRE(index.attach(name, made.files().at(name)));
      }
    }
    const auto answer = index.search(wanted);
    REQUIRE(answer);
    REQUIRE_FALSE(answer->hits.empty());
    CHECK(answer->hits[0].url == "/rice");
    return bytes;
  };
  SearchRequest wanted = asked("riz", "en");
  wanted.vector.resize(kUsual);
  const std::size_t whole = bytes_for(wanted);
  wanted.draft = true;
  CHECK(bytes_for(wanted) < whole * 2 / 3);
}

}  // namespace crossglot::test
