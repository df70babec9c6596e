// needs, attach, partial answers, wrong bytes, languages and translations, odd requests, JSON.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <iterator>
#include <nlohmann/json.hpp>

#include "search/bundle.h"
#include "text/utf8.h"

namespace crossglot::test {
namespace {

Bundle large() {
  return Bundle(large_site(300, {page("/drawbar", "Drawbar", "The drawbar mounts below the spindle of the machine."),
                                 page("/filtered", "Spindle", "Another spindle, with a flange.")}));
}

TEST_CASE("a cold query is answered in two rounds: the terms of all words, then the best pages") {
  const Bundle bundle = large();
  Index index = bundle.open();
  CHECK(bundle.feed(index, request("drawbar spindle")) == 2);
  const auto response = index.search(request("drawbar spindle"));
  REQUIRE(response);
  CHECK(response->needs.empty());
  CHECK(response->hits.at(0).url == "/drawbar");
  CHECK(bundle.feed(index, request("drawbar spindle")) == 0);
}

TEST_CASE("a mistyped word adds the word list and the shards of its correction") {
  const Bundle bundle = large();
  Index index = bundle.open();
  CHECK(bundle.feed(index, request("darwbar ")) <= 4);
  const auto response = index.search(request("darwbar "));
  REQUIRE(response);
  CHECK(response->hits.at(0).url == "/drawbar");
  CHECK(response->corrected.at(0).to == "drawbar");
}

TEST_CASE("before its files are there, an index answers with what it has and says what it lacks") {
  const Bundle bundle = large();
  Index index = bundle.open();
  auto response = index.search(request("drawbar"));
  REQUIRE(response);
  CHECK(response->hits.empty());
  CHECK(response->dropped.empty());
  REQUIRE_FALSE(response->needs.empty());
  // The terms alone rank, but a row without its text has no address.
  for (const std::string& name : response->needs) REQUIRE(index.attach(name, bundle.files().at(name)));
  response = index.search(request("drawbar"));
  REQUIRE(response);
  CHECK(response->hits.empty());
  CHECK(response->total == 1);
  CHECK(response->needs.size() == 1);
}

TEST_CASE("one word of two is searched while the other's terms are missing") {
  const Bundle bundle = large();
  Index index = bundle.open();
  bundle.feed(index, request("drawbar "));
  const auto response = index.search(request("drawbar kerito "));
  REQUIRE(response);
  CHECK(response->hits.at(0).url == "/drawbar");
  CHECK(response->dropped.empty());
  CHECK_FALSE(response->needs.empty());
}

TEST_CASE("wrong, cut off and unknown files are refused and leave the index as it was") {
  const Bundle bundle = large();
  Index index = bundle.open();
  const std::string name = needs(index, request("drawbar")).at(0);
  Bytes flipped = bundle.files().at(name);
  flipped[flipped.size() / 2] ^= 1;
  CHECK(index.attach(name, flipped).error().code == ErrorCode::kCorrupt);
  Bytes cut = bundle.files().at(name);
  cut.pop_back();
  CHECK(index.attach(name, cut).error().code == ErrorCode::kCorrupt);
  CHECK(index.attach(name, {}).error().code == ErrorCode::kCorrupt);
  CHECK(index.attach("0000000000000000.cgt", bundle.files().at(name)).error().code == ErrorCode::kArgument);
  CHECK(needs(index, request("drawbar")).at(0) == name);
  CHECK(index.attach(name, bundle.files().at(name)));
  CHECK(index.attach(name, bundle.files().at(name)));
  CHECK(bundle.feed(index, request("drawbar")) <= 1);
}

TEST_CASE("a language comes once, and a broken list is an error") {
  const Bundle bundle({page("/a", "One", "Text.")});
  Index index = bundle.open();
  CHECK(index.add_language(bundle.lists().at(0)).error().code == ErrorCode::kArgument);
  Index other(&bundle.stemmer());
  Bytes cut = bundle.lists().at(0);
  cut.resize(cut.size() / 2);
  CHECK(other.add_language(cut).error().code == ErrorCode::kCorrupt);
  CHECK(other.add_language({}).error().code == ErrorCode::kCorrupt);
  CHECK(other.search(request("text"))->hits.empty());
}

Page translated(std::string url, std::string title, std::string text, std::string lang, std::string group) {
  Page made = page(std::move(url), std::move(title), std::move(text), std::move(lang));
  made.group = std::move(group);
  return made;
}

Bundle translations() {
  return Bundle({
      translated("/en/install", "Install", "Install the crossglot package.", "en", "install"),
      translated("/fr/install", "Installer", "Installer le paquet crossglot.", "fr", "install"),
      translated("/de/install", "Installieren", "Das Paket crossglot installieren.", "de", "install"),
      translated("/en/tune", "Tuning", "Only English: adjust the throttle of crossglot.", "en", "tune"),
      translated("/fr/autre", "Autre", "Une page qui parle d'autre chose.", "fr", "autre"),
  });
}

TEST_CASE("a page and its translations are one row, in the reader's language") {
  const Bundle bundle = translations();
  SearchRequest everywhere = request("crossglot", "fr");
  everywhere.in = {"all"};
  const SearchResponse response = bundle.search(everywhere);
  CHECK(urls(response) == "/fr/install /en/tune");
  CHECK(response.total == 2);
  CHECK(response.hits[0].languages == std::vector<std::string>{"de", "en", "fr"});
  CHECK(response.hits[0].group == "install");
  everywhere.collapse = false;
  CHECK(bundle.search(everywhere).hits.size() == 4);
}

TEST_CASE("the reader's language answers alone when it can, the others when it has nothing") {
  const Bundle bundle = translations();
  CHECK(urls(bundle.search("paquet", "fr")) == "/fr/install");
  CHECK(urls(bundle.search("adjust throttle ", "fr")) == "/en/tune");
  // Found by its German words, shown in French.
  const SearchResponse response = bundle.search("installieren ", "fr");
  CHECK(urls(response) == "/fr/install");
}

TEST_CASE("only the languages asked for match and are shown") {
  const Bundle bundle = translations();
  SearchRequest english = request("crossglot", "fr");
  english.in = {"en"};
  CHECK(urls(bundle.search(english)) == "/en/install /en/tune");
  english.query = "paquet";
  english.fold = kNoDictionary;
  CHECK(bundle.search(english).hits.empty());
  english.in = {"xx"};
  CHECK(bundle.search(english).hits.empty());
}

TEST_CASE("a regional variant reads the language that is there, an unknown one reads all") {
  const Bundle bundle = translations();
  CHECK(urls(bundle.search("paquet", "fr-CA")) == "/fr/install");
  SearchRequest unknown = request("paket", "ja");
  unknown.fold = kNoDictionary;
  CHECK(bundle.search(unknown).hits.size() == 1);
}

TEST_CASE("stemmers are named for the languages added") {
  const std::vector<std::string> names = translations().open().stemmers();
  for (const char* name : {"english", "french", "german"}) {
    CHECK(std::count(names.begin(), names.end(), name) == 1);
  }
}

TEST_CASE("empty, endless and senseless queries have an answer") {
  const Bundle bundle = translations();
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  for (const std::string& query :
       {std::string(), std::string("   "), std::string("\x01\x02\x1f"), std::string("\"\""), std::string("-"),
        std::string("OR OR OR"), std::string("\xff\xfe\xc3"), bytes, std::string(100'000, 'a'),
        std::string(100'000, '"'), std::string(50'000, '-') + "a", std::string("-\"")}) {
    CAPTURE(query.substr(0, 20));
    CHECK(bundle.search(query).hits.empty());
  }
  std::string long_query;
  while (long_query.size() < 100'000) long_query += "crossglot package \xe7\x8c\xab ";
  CHECK_FALSE(bundle.search(long_query).hits.empty());
  std::string run;
  while (run.size() < 100'000) run += "\xe7\x8c\xab\xe7\x8a\xac";
  CHECK(bundle.search(run).hits.empty());
  SearchRequest none = request("crossglot");
  none.limit = 0;
  CHECK(bundle.search(none).hits.empty());
  CHECK(bundle.search(none).total == 2);
  CHECK(Index(nullptr).search(request("crossglot"))->hits.empty());
}

TEST_CASE("whatever is typed, marks lie inside their text and scores fall") {
  const Bundle bundle({
      page("/a", "Shadow root: 東京都庁 and C++",
           "The shadow root of --max-old-space-size, foo_bar and 猫.\nÀ côté."),
      page("/b", "Netzgerät", "Hochspannungsnetzgerät, soft\u00adhyphen, \U0001F680 rockets.", "de"),
  });
  Index index = bundle.open();
  constexpr const char* kPieces[] = {"shadow", "\"",     " ",          "-",       "OR",   "東京",   "都",
                                     "foo_",   "root",   "\U0001F680", "|",       "\xe6", "--max",  "hochspannung",
                                     "猫",     "\u00ad", "C++",        "c\u0301", ",",    "\u3000", "netzger\u00e4t",
                                     "shdaow", "(",      "\t"};
  std::uint32_t seed = 11;
  for (int i = 0; i < 2000; ++i) {
    std::string query;
    for (int piece = 0; piece < 1 + i % 7; ++piece) {
      seed = seed * 1664525 + 1013904223;
      query += kPieces[(seed >> 10) % std::size(kPieces)];
    }
    const auto response = index.search(request(query, i % 2 == 0 ? "en" : "de"));
    REQUIRE(response);
    std::size_t wrong = 0;
    for (const Hit& hit : response->hits) {
      wrong += &hit != &response->hits.front() && hit.score >= (&hit)[-1].score ? 1 : 0;
      for (const Mark& mark : hit.title_marks) wrong += mark.end > utf16_length(hit.title) ? 1 : 0;
      for (const SectionHit& section : hit.sections) {
        std::uint32_t last = 0;
        for (const Mark& mark : section.marks) {
          wrong += mark.begin < last || mark.begin >= mark.end || mark.end > utf16_length(section.excerpt) ? 1 : 0;
          last = mark.end;
        }
      }
    }
    INFO(query);
    CHECK(wrong == 0);
  }
}

TEST_CASE("the answer as JSON has the shape of web/protocol and survives every character") {
  const Bundle bundle(
      {page("/a\"b\\c", "Quote \" and \\ and \t tab", "Control \x01 characters, 猫 and \U0001F680.")});
  const SearchResponse response = bundle.search("quote xylophones ");
  const auto json = nlohmann::json::parse(to_json(response));
  const auto& hit = json.at("hits").at(0);
  CHECK(hit.at("url") == "/a\"b\\c");
  CHECK(hit.at("title") == "Quote \" and \\ and \t tab");
  CHECK(hit.at("titleMarks").at(0) == nlohmann::json::array({0, 5}));
  CHECK(hit.at("lang") == "en");
  CHECK(hit.at("dir") == "ltr");
  CHECK(hit.at("languages") == nlohmann::json::array({"en"}));
  CHECK(hit.at("sections").at(0).at("excerpt").get<std::string>().find("猫") != std::string::npos);
  CHECK(hit.at("score").get<double>() == Catch::Approx(response.hits[0].score).margin(1e-6));
  CHECK(json.at("total") == 1);
  CHECK(json.at("dropped") == nlohmann::json::array({"xylophones"}));
  CHECK(json.at("corrected").empty());
  CHECK(json.at("needs").empty());
}

}  // namespace
}  // namespace crossglot::test
