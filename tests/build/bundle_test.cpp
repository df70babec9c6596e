// What the builder makes of documents, read back from the bundle.
#include <catch_amalgamated.hpp>

#include "build/documents.h"
#include "build/gzip.h"
#include "build/manifest.h"
#include "build/site.h"
#include "format/filter_table.h"
#include "format/word_list.h"

namespace crossglot::test {
namespace {

TEST_CASE("a small site is its manifest and one file a language") {
  const auto files = build({line("/en/", "en", "Tea", {"Green tea"}) + line("/fr/", "fr", "Thé", {"Thé vert"})});
  REQUIRE(files.size() == 3);
  CHECK(files[0].name.ends_with(".cgl"));
  CHECK(files[2].name == "manifest.json");
  const Opened english(files, "en");
  CHECK(english.list.files.empty());
  CHECK(english.list.group_count == 1);
  CHECK(english.urls() == std::vector<std::string>{"/en/"});
}

TEST_CASE("an empty site is a manifest without languages") {
  const auto files = build({""});
  REQUIRE(files.size() == 1);
  const Result<Manifest> manifest = read_manifest(as_text(files[0].bytes));
  REQUIRE(manifest);
  CHECK(manifest->languages.empty());
}

TEST_CASE("a title is found in the lead, a heading in its section, each with its place") {
  const Opened site(build({line("/a", "en", "Kettle", {"Water.", "Boil it."})}), "en");
  const auto title = site.find("kettle");
  REQUIRE(title.size() == 1);
  CHECK(title[0].section_of_page == 0);
  CHECK(place_of(title[0].code) == title_place(1));
  const auto heading = site.find("part");
  REQUIRE(heading.size() == 1);
  CHECK(heading[0].section_of_page == 1);
  CHECK(place_of(heading[0].code) == heading_place(2));
  const auto body = site.find("boil");
  REQUIRE(body.size() == 1);
  CHECK(place_of(body[0].code) == kInBody);
  CHECK(decode_frequency(title[0].code) > decode_frequency(heading[0].code));
  CHECK(decode_frequency(heading[0].code) > decode_frequency(body[0].code));
}

TEST_CASE("positions run through the fields with a gap between, and repeat words add up") {
  const Opened site(build({line("/a", "en", "Green tea", {"tea and more tea"})}), "en");
  const auto tea = site.find("tea");
  REQUIRE(tea.size() == 1);
  const std::uint32_t body = 2 + kFieldGap;
  CHECK(tea[0].positions == std::vector<std::uint32_t>{1, body, body + 3});
  const Opened once(build({line("/a", "en", "Green", {"tea and more"})}), "en");
  CHECK(decode_frequency(tea[0].code) > decode_frequency(once.find("tea")[0].code));
}

TEST_CASE("surfaces of one stem stand in one group, with the pages of all") {
  const Opened site(build({line("/a", "en", "", {"install"}) + line("/b", "en", "", {"installing"})}), "en");
  std::string stem, other;
  REQUIRE(site.term("install", &stem) != nullptr);
  REQUIRE(site.term("installing", &other) != nullptr);
  CHECK(stem == other);
  CHECK(site.term("install")->document_frequency == 1);
}

TEST_CASE("a compound is found by its parts, at half its weight and at no position") {
  const Opened site(build({line("/a", "de", "", {"Das Tabellenblatt."}) + line("/b", "de", "", {"Ein Blatt."}) +
                           line("/c", "de", "", {"Zwei Tabellen."})}),
                    "de");
  const auto sheet = site.find("blatt");
  REQUIRE(sheet.size() == 2);
  const auto& whole = sheet[0].url == "/b" ? sheet[0] : sheet[1];
  const auto& part = sheet[0].url == "/b" ? sheet[1] : sheet[0];
  CHECK(part.url == "/a");
  CHECK(part.positions.empty());
  CHECK_FALSE(whole.positions.empty());
  CHECK(decode_frequency(part.code) < decode_frequency(whole.code));
  CHECK(site.term("blatt")->document_frequency == 2);
  CHECK(site.find("tabellen").size() == 2);
}

TEST_CASE("identifiers count translation groups over all languages, words their own pages") {
  const auto files =
      build({line("/en/a", "en", "", {"Set max_old_space here"}, "a") +
             line("/fr/a", "fr", "", {"Mettre max_old_space ici"}, "a") +
             line("/fr/b", "fr", "", {"max_old_space encore"}, "b") + line("/fr/c", "fr", "", {"encore here"}, "c")});
  const Opened english(files, "en");
  REQUIRE(english.term("max_old_space") != nullptr);
  CHECK((english.term("max_old_space")->flags & kIdentifierTerm) != 0);
  CHECK(english.term("max_old_space")->document_frequency == 2);
  CHECK(english.term("here")->document_frequency == 1);
}

TEST_CASE("translations have one number in all lists, and a missing one leaves a gap") {
  const auto files = build({line("/en/a", "en", "A", {"x"}, "a") + line("/en/b", "en", "B", {"y"}, "b") +
                            line("/fr/b", "fr", "B", {"y"}, "b") + line("/fr/c", "fr", "C", {"z"}, "c")});
  const Opened english(files, "en"), french(files, "fr");
  CHECK(english.list.group_count == 3);
  REQUIRE(english.urls() == std::vector<std::string>{"/en/a", "/en/b"});
  REQUIRE(french.urls() == std::vector<std::string>{"/fr/b", "/fr/c"});
  CHECK(english.list.pages[1].group == french.list.pages[0].group);
}

TEST_CASE("pages stand in the order of their groups' names, whatever the order of the documents") {
  const std::string b = line("/en/b/", "en", "B", {"b"}, "b");
  const std::string a = line("/en/a/", "en", "A", {"a"}, "a");
  CHECK(Opened(build({b + a}), "en").urls() == std::vector<std::string>{"/en/a/", "/en/b/"});
  CHECK(Opened(build({a + b}), "en").urls() == std::vector<std::string>{"/en/a/", "/en/b/"});
}

TEST_CASE("the later one of two pages with one address is left out, words and all, with a warning") {
  BuildReport report;
  const auto files = build({line("/a", "en", "First", {"alpha"}), line("/a", "en", "Second", {"beta"})}, 1, &report);
  REQUIRE(report.warnings.size() == 1);
  CHECK(report.warnings[0] == "two pages have the address /a; the later one is left out");
  const Opened site(files, "en");
  CHECK(site.urls().size() == 1);
  CHECK(site.find("alpha").size() == 1);
  CHECK(site.term("beta") == nullptr);
}

TEST_CASE("a page without language is searchable under und") {
  const Opened site(build({"{\"url\": \"/a\", \"title\": \"Plain\"}\n"}), kUndetermined);
  CHECK(site.find("plain").size() == 1);
}

TEST_CASE("filters and weights are kept") {
  const Opened site(build({R"({"url":"/a","lang":"en","weight":4,"filters":{"version":["1","2"]}})"
                           "\n"
                           R"({"url":"/b","lang":"en","filters":{"version":["2"]}})"
                           "\n"}),
                    "en");
  const Result<FilterTable> table = FilterTable::open(site.bytes(site.list.filters), 2);
  REQUIRE(table);
  REQUIRE(table->values().size() == 2);
  CHECK(table->values()[0].pages.size() == 1);
  CHECK(table->values()[1].pages == std::vector<std::uint32_t>{0, 1});
  const std::size_t heavy = site.urls()[0] == "/a" ? 0 : 1;
  CHECK(decode_weight(site.list.pages[heavy].weight_code) == Catch::Approx(4).epsilon(0.02));
  CHECK(decode_weight(site.list.pages[1 - heavy].weight_code) == 1.0F);
}

TEST_CASE("the word list holds what a person could mistype") {
  const Opened site(build({line("/a", "en", "", {"Teapot x1 42 東京都 max_old_space " + std::string(60, 'q')})}),
                    "en");
  const Result<WordList> words = WordList::open(site.bytes(site.list.words));
  REQUIRE(words);
  std::vector<std::string> found;
  for (const WordEntry& entry : words->words()) found.push_back(entry.word);
  const auto has = [&](const char* word) { return std::find(found.begin(), found.end(), word) != found.end(); };
  CHECK(has("teapot"));
  CHECK(has("max_old_space"));
  CHECK_FALSE(has("42"));
  CHECK_FALSE(has("東京"));
  CHECK_FALSE(has(std::string(60, 'q').c_str()));
}

TEST_CASE("a page of five megabytes is indexed to its last word") {
  std::string text;
  while (text.size() < 5'000'000) text += "some more of the same words again\n";
  const auto files =
      build({line("/big", "en", "Big", {text + "lastword"}) + line("/small", "en", "Small", {"words"})});
  const Opened site(files, "en");
  const auto last = site.find("lastword");
  REQUIRE(last.size() == 1);
  CHECK(last[0].url == "/big");
  CHECK(site.find("words").size() == 2);
}

TEST_CASE("a bad line is an error with file, line and field, or skipped and counted") {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  const std::string text =
      line("/a", "en", "A", {"x"}) + "\n{\"url\": 5}\n" + line("/b", "en", "B", {"y"}) + "\xff\n";
  AnalyseOptions options;
  options.file_name = "docs.jsonl";
  options.first_line = 11;
  const Result<Segment> strict = analyse(text, options, *stemmer);
  REQUIRE_FALSE(strict);
  CHECK(strict.error().code == ErrorCode::kInput);
  CHECK(strict.error().message == "docs.jsonl:13: url: must be a string");
  options.keep_going = true;
  const Result<Segment> lenient = analyse(text, options, *stemmer);
  REQUIRE(lenient);
  CHECK(lenient->pages == 2);
  REQUIRE(lenient->skipped.size() == 2);
  CHECK(lenient->skipped[0].line == 3);
  CHECK(lenient->skipped[1].line == 5);
  CHECK(lenient->skipped[1].message == "byte 1 of the line is not UTF-8");
}

TEST_CASE("bytes that are not a segment are corrupt, cut anywhere or changed anywhere") {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  const Result<Segment> segment =
      analyse(line("/a", "de", "A", {"x y z", "Tabellenblatt Blatt Tabellen"}), {}, *stemmer);
  REQUIRE(segment);
  for (std::size_t size = 0; size < segment->bytes.size(); ++size) {
    Builder builder;
    CHECK_FALSE(
        builder.add(Bytes(segment->bytes.begin(), segment->bytes.begin() + static_cast<std::ptrdiff_t>(size))));
  }
  for (std::size_t at = 0; at < segment->bytes.size(); ++at) {
    for (const int mask : {1, 0x80, 0xff}) {
      Bytes changed = segment->bytes;
      changed[at] ^= static_cast<std::uint8_t>(mask);
      Builder builder;
      if (const Status status = builder.add(std::move(changed)); !status) {
        CHECK(status.error().code == ErrorCode::kCorrupt);
      }
    }
  }
}

}  // namespace
}  // namespace crossglot::test
