// Translations aligned, and the dictionaries that they teach.
#include "format/dictionary.h"

#include <catch_amalgamated.hpp>
#include <set>

#include "build/align.h"
#include "build/translation_model.h"
#include "site.h"

namespace crossglot::test {
namespace {

std::vector<std::string> spans(const std::vector<AlignedSpan>& aligned) {
  std::vector<std::string> texts;
  for (const AlignedSpan& span : aligned) {
    texts.push_back(std::to_string(span.left_begin) + "-" + std::to_string(span.left_end) + ":" +
                    std::to_string(span.right_begin) + "-" + std::to_string(span.right_end));
  }
  return texts;
}

std::vector<AlignItem> items(const std::vector<std::uint32_t>& lengths, const std::vector<std::uint32_t>& keys = {}) {
  std::vector<AlignItem> made;
  for (std::size_t i = 0; i < lengths.size(); ++i) made.push_back({lengths[i], i < keys.size() ? keys[i] : 0, {}});
  return made;
}

using Spans = std::vector<std::string>;

TEST_CASE("pieces of like lengths are aligned one by one") {
  CHECK(spans(align(items({10, 80, 25}), items({12, 75, 30}), 1)) == Spans{"0-1:0-1", "1-2:1-2", "2-3:2-3"});
}

TEST_CASE("a piece that one side alone has shifts nothing behind it") {
  CHECK(spans(align(items({200, 120, 200}), items({200, 200}), 1)) == Spans{"0-1:0-1", "2-3:1-2"});
}

TEST_CASE("two pieces that are one piece on the other side are taken together") {
  CHECK(spans(align(items({100, 100, 20}), items({200, 20}), 1)) == Spans{"0-2:0-1", "2-3:1-2"});
}

TEST_CASE("a shared anchor outweighs the lengths") {
  CHECK(spans(align(items({100, 40, 100}, {1, 2, 3}), items({40, 100}, {2, 3}), 1)) == Spans{"1-2:0-1", "2-3:1-2"});
}

TEST_CASE("long texts are aligned along the diagonal") {
  const std::vector<AlignItem> left = items(std::vector<std::uint32_t>(3000, 50));
  const std::vector<AlignedSpan> aligned = align(left, left, 1);
  REQUIRE(aligned.size() == 3000);
  CHECK(aligned.back().left_begin == aligned.back().right_begin);
}

TEST_CASE("nothing is aligned with nothing") {
  CHECK(align({}, {}, 1).empty());
  CHECK(align(items({5}), {}, 1).empty());
}

TEST_CASE("words that stand together in several lines translate each other") {
  Bitext bitext;
  bitext.lines = {{0, {0, 1}, {10, 11}}, {1, {0, 2}, {10, 12}}, {2, {1, 2}, {11, 12}}};
  ModelOptions options;
  options.lines_few = 0;
  const TranslationTables tables = learn_translations(bitext, 3, 13, {}, options);
  for (std::uint32_t word = 0; word < 3; ++word) {
    REQUIRE(!tables.to_right[word].empty());
    CHECK(tables.to_right[word].front().stem == word + 10);
    CHECK(tables.to_left[word + 10].front().stem == word);
  }
}

TEST_CASE("lines of groups that are held out teach nothing") {
  Bitext bitext;
  bitext.lines = {{0, {0}, {0}}, {1, {1}, {1}}};
  ModelOptions options;
  options.lines_few = 0;
  const TranslationTables tables = learn_translations(bitext, 2, 2, {0, 1}, options);
  CHECK(tables.to_right[0].size() == 1);
  CHECK(tables.to_right[1].empty());
}

TEST_CASE("one line of a small site teaches nothing") {
  Bitext bitext;
  bitext.lines = {{0, {0}, {0}}};
  CHECK(learn_translations(bitext, 1, 1, {}, {}).to_right[0].empty());
}

// Pages in English and French: w.ok is m.ok, three words a line, so that each stands in several lines.
std::vector<std::string> twins(std::size_t pages) {
  std::vector<std::string> texts;
  for (std::size_t page = 0; page < pages; ++page) {
    for (const char* lang : {"en", "fr"}) {
      const std::string letter = lang[0] == 'e' ? "w" : "m";
      std::string text;
      for (std::size_t i = 0; i < 6; ++i) {
        for (std::size_t k = 0; k < 3; ++k) {
          text += letter + std::string(1, static_cast<char>('a' + (page + i * 2 + k * (i + 1)) % 20)) + "ok ";
        }
        text += "\\n";
      }
      texts.push_back(line("/" + std::string(lang) + "/" + std::to_string(page), lang, letter + "title", {text}));
    }
  }
  return texts;
}

std::map<std::string, std::string> dictionary(const Opened& language, std::string_view lang, std::uint32_t fold) {
  std::map<std::string, std::string> best;
  for (const DictionaryRef& ref : language.list.dictionaries) {
    if (ref.lang != lang || ref.fold != fold) continue;
    for (const DictionaryShardRef& part : ref.shards) {
      const Result<DictionaryShard> shard = DictionaryShard::open(language.bytes(part.part));
      REQUIRE(shard.ok());
      for (std::size_t i = 0; i < shard->sources().size(); ++i) {
        best[shard->sources()[i]] = shard->target(shard->translations(i).front().target);
      }
    }
  }
  return best;
}

TEST_CASE("a bundle's lists hold dictionaries from every other language") {
  BuildReport report;
  const std::vector<BundleFile> files = build(twins(40), 1, &report);
  const std::map<std::string, std::string> english = dictionary(Opened(files, "en"), "fr", 0);
  CHECK(english.at("maok") == "waok");
  CHECK(english.at("mkok") == "wkok");
  CHECK(dictionary(Opened(files, "fr"), "en", 0).at("waok") == "maok");
  REQUIRE(report.pairs.size() == 1);
  CHECK(report.pairs[0].pages == 40);
  CHECK(report.pairs[0].aligned == report.pairs[0].lines);
}

TEST_CASE("a page that was not translated teaches nothing and is counted") {
  BuildReport report;
  build(
      {line("/en/a", "en", "Tea", {"Green tea\\nblack tea"}), line("/fr/a", "fr", "Tea", {"Green tea\\nblack tea"})},
      1, &report);
  REQUIRE(report.pairs.size() == 1);
  CHECK(report.pairs[0].untranslated == 1);
  CHECK(report.pairs[0].pages == 0);
}

TEST_CASE("a site of one language has no dictionary") {
  BuildReport report;
  const std::vector<BundleFile> files = build({line("/en/a", "en", "Tea", {"Green tea"})}, 1, &report);
  CHECK(Opened(files, "en").list.dictionaries.empty());
  CHECK(report.pairs.empty());
}

TEST_CASE("a word that both languages have leaves its neighbour no other translation than the right one") {
  std::vector<std::string> texts;
  for (const char* page : {"1", "2", "3"}) {
    texts.push_back(line("/en/" + std::string(page), "en", "w" + std::string(page), {"terraformer waok"}));
    texts.push_back(line("/fr/" + std::string(page), "fr", "m" + std::string(page), {"terraformer maok"}));
  }
  const std::map<std::string, std::string> french = dictionary(Opened(build(texts), "en"), "fr", 0);
  CHECK(french.at("maok") == "waok");
  CHECK(!french.contains("terraformer"));
}

// A file is attached by its name, which is its content's: a second entry of one name would stay without bytes.
TEST_CASE("two dictionaries of equal bytes are one file") {
  std::vector<std::string> texts = twins(40);
  for (const std::string& text : twins(40)) {
    if (text.find("\"/fr/") == std::string::npos) continue;
    std::string canadian = text;
    for (std::size_t at = 0; (at = canadian.find("\"fr", at)) != std::string::npos; at += 3) {
      canadian.insert(at + 3, "-CA");
    }
    for (std::size_t at = 0; (at = canadian.find("/fr/", at)) != std::string::npos; at += 3) {
      canadian.insert(at + 3, "-CA");
    }
    texts.push_back(canadian);
  }
  // Large enough that parts are files of their own.
  for (std::uint32_t i = 0; i < 60; ++i) {
    texts.push_back(line("/en/more/" + std::to_string(i), "en", "More", {babble(i, 1500)}));
  }
  const Opened english(build(texts), "en");
  REQUIRE(english.list.dictionaries.size() == 2);
  std::set<std::string> names;
  for (const FileEntry& file : english.list.files) names.insert(file.name);
  REQUIRE(names.size() > 1);
  CHECK(names.size() == english.list.files.size());
  CHECK(dictionary(english, "fr-CA", 0) == dictionary(english, "fr", 0));
}

TEST_CASE("dictionaries do not depend on threads or on how documents were cut") {
  const std::vector<std::string> texts = twins(40);
  std::string together;
  for (const std::string& text : texts) together += text;
  const std::vector<BundleFile> one = build({together}, 1);
  const std::vector<BundleFile> many = build(texts, 3);
  REQUIRE(one.size() == many.size());
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i].bytes == many[i].bytes);
}

}  // namespace
}  // namespace crossglot::test
