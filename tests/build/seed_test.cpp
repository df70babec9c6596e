// Word tables of other documentation, read, blended and used.
#include "build/seed.h"

#include <catch_amalgamated.hpp>

#include "format/dictionary.h"
#include "site.h"
#include "text/stemmer.h"

namespace crossglot::test {
namespace {

constexpr const char* kTable =
    "# crossglot seed 1\n"
    "# another remark\n"
    "@ fr en\n"
    "tableau\ttabl 62 array 21\n"
    "\n"
    "@ zh-CN en\n"
    "\xe8\xa1\xa8\xe6\xa0\xbc\ttabl 90\n"
    "@ zh-TW en\n"
    "\xe8\xa1\xa8\xe6\xa0\xbc\tform 80\n";

TEST_CASE("a table is found by its languages, then by related ones") {
  Seed seed;
  REQUIRE(seed.read(kTable, "table.tsv"));
  REQUIRE(seed.find("fr", "en") != nullptr);
  CHECK(seed.find("fr", "en")->at("tableau") == SeedTranslations{{"tabl", 0.62}, {"array", 0.21}});
  CHECK(seed.find("fr-CA", "en-US") == seed.find("fr", "en"));
  CHECK(seed.find("en", "fr") == nullptr);
  CHECK(seed.sources_of("en-GB") == std::vector<std::string>{"fr", "zh-CN", "zh-TW"});
  CHECK(seed.find("zh-Hant", "en")->begin()->second.front().first == "form");
  CHECK(seed.find("zh", "en")->begin()->second.front().first == "tabl");
}

TEST_CASE("a broken table is refused with its line") {
  const auto error = [](const std::string& text) {
    Seed seed;
    const Status status = seed.read(text, "t.tsv");
    return status.ok() ? std::string() : status.error().message.substr(0, 8);
  };
  const std::string head(kSeedHead);
  CHECK(error("") == "t.tsv:1:");
  CHECK(error("# crossglot seed 2\n") == "t.tsv:1:");
  CHECK(error(head + "mot\tword 50\n") == "t.tsv:2:");
  CHECK(error(head + "@ fr\nmot\tword 50\n") == "t.tsv:2:");
  for (const char* line : {"mot", "mot\t", "mot\tword", "mot\tword 0", "mot\tword 101", "mot\tword x", "\tword 5"}) {
    CHECK(error(head + "@ fr en\n" + line + "\n") == "t.tsv:3:");
  }
  CHECK(error(head + "@ fr en\nmot\tword 100 term 1\n").empty());
}

TEST_CASE("a sure word keeps its translations, a doubtful one takes the seed's") {
  const SeedTranslations seed = {{"raw", 0.9}};
  CHECK(blend({{"origin", 1.0}}, seed, 0.1, 5) == SeedTranslations{{"origin", 1.0}});
  CHECK(blend({{"origin", 0.2}}, seed, 0.1, 5).front().first == "raw");
  CHECK(blend({}, seed, 0.1, 5) == seed);
  CHECK(blend({{"a", 0.3}, {"b", 0.2}}, {{"c", 0.5}, {"a", 0.4}}, 0.01, 2).size() == 2);
}

TEST_CASE("a table comes out as it went in") {
  Seed seed;
  REQUIRE(seed.read(kTable, "table.tsv"));
  const std::string text = std::string(kSeedHead) + seed_lines("fr", "en", *seed.find("fr", "en"));
  Seed again;
  REQUIRE(again.read(text, "again.tsv"));
  CHECK(*again.find("fr", "en") == *seed.find("fr", "en"));
  CHECK(seed_lines("fr", "en", {}).empty());
}

TEST_CASE("of many tables, those stay that the readers of a site need") {
  const auto kept = [](const std::vector<std::string>& readers, const std::vector<std::string>& site) {
    Seed seed;
    REQUIRE(seed.read(std::string(kTable) + "@ en fr\narray\ttableau 40\n", "table.tsv"));
    const SeedReaders found = seed.keep_for(readers, site);
    std::string text;
    for (const std::string& target : site) {
      for (const std::string& source : seed.sources_of(target)) text += source + ">" + target + " ";
    }
    for (const std::string& lang : found.with) text += "+" + lang;
    for (const std::string& lang : found.without) text += "-" + lang;
    return text;
  };
  CHECK(kept({"fr", "ar"}, {"en"}) == "fr>en +fr-ar");
  CHECK(kept({"fr-CA", "zh"}, {"en-GB"}) == "fr>en-GB zh-CN>en-GB +fr-CA+zh");
  CHECK(kept({"zh-HK"}, {"en"}) == "zh-TW>en +zh-HK");
  CHECK(kept({"en", "zh"}, {"fr-FR"}) == "en>fr-FR +en-zh");
  // What the site is written in, it knows itself.
  CHECK(kept({"fr", "en"}, {"en", "fr"}).empty());
  CHECK(kept({"fr", "zh-TW"}, {"en", "zh-CN"}) == "fr>en +fr");
  CHECK(kept({}, {"en"}) == "fr>en zh-CN>en zh-TW>en +fr+zh-CN+zh-TW");
  CHECK(kept({}, {"fr"}) == "en>fr +en-zh-CN-zh-TW");
}

std::vector<BundleFile> build_seeded(const std::vector<std::string>& texts, const Seed& seed) {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  for (const std::string& text : texts) {
    Result<Segment> segment = analyse(text, {}, *stemmer);
    REQUIRE(segment);
    REQUIRE(builder.add(std::move(segment->bytes)));
  }
  BuildOptions options;
  options.seed = &seed;
  Result<std::vector<BundleFile>> files = builder.finish(options);
  REQUIRE(files);
  return std::move(*files);
}

TEST_CASE("a site in one language answers readers of the languages that a seed has") {
  Seed seed;
  REQUIRE(seed.read(kTable, "table.tsv"));
  const std::vector<BundleFile> files = build_seeded(
      {line("/a", "en", "Tables", {"A table has rows."}), line("/b", "en", "Other", {"Nothing of the kind."})}, seed);
  const Opened english(files, "en");
  REQUIRE(english.list.dictionaries.size() == 2);
  CHECK(english.list.dictionaries[0].lang == "fr");
  CHECK(english.list.dictionaries[1].lang == "zh-CN");
  const Result<DictionaryShard> shard =
      DictionaryShard::open(english.bytes(english.list.dictionaries[0].shards[0].part));
  REQUIRE(shard);
  REQUIRE(shard->sources() == std::vector<std::string>{"tableau"});
  // "array" stands on no page.
  CHECK(shard->translations(0).size() == 1);
  CHECK(shard->target(0) == "tabl");
}

TEST_CASE("dictionaries of lent languages lie in order between those of the site's own") {
  Seed seed;
  REQUIRE(seed.read(kTable, "table.tsv"));
  const std::vector<BundleFile> files = build_seeded({line("/en/a", "en", "Tables", {"A table has rows."}, "a"),
                                                      line("/ru/a", "ru", "Таблицы", {"Таблица имеет строки."}, "a")},
                                                     seed);
  const Opened english(files, "en");
  std::vector<std::string> languages;
  for (const DictionaryRef& dictionary : english.list.dictionaries) languages.push_back(dictionary.lang);
  CHECK(languages == std::vector<std::string>{"fr", "ru", "zh-CN"});
}

}  // namespace
}  // namespace crossglot::test
