// What a build says of its own relevance across languages, and of translations that are none.
#include "build/relevance.h"

#include <catch_amalgamated.hpp>

#include "build/translation_model.h"
#include "site.h"
#include "text/stemmer.h"

namespace crossglot::test {
namespace {

// Word `number` of twenty in English or French: waok, wbok, ...; maok, mbok, ...
std::string word(bool english, std::size_t number) {
  return (english ? "w" : "m") + std::string(1, static_cast<char>('a' + number % 20)) + "ok ";
}

// A page of six lines of three words; its title has words that no other page's has together.
std::string twin(std::size_t page, bool english, std::size_t shift = 0) {
  std::string text;
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t k = 0; k < 3; ++k) text += word(english, page + shift + i * 2 + k * (i + 1));
    text += "\n";
  }
  const std::string title = word(english, page) + word(english, page / 20 + page + 1) + word(english, page / 7 + 3);
  return line((english ? "/en/" : "/fr/") + std::to_string(page), english ? "en" : "fr", title, {text});
}

std::vector<std::string> twins(std::size_t pages) {
  std::vector<std::string> texts;
  for (std::size_t page = 0; page < pages; ++page) {
    texts.push_back(twin(page, true));
    texts.push_back(twin(page, false));
  }
  return texts;
}

std::vector<BundleFile> build_with_report(const std::vector<std::string>& texts, unsigned threads,
                                          BuildReport& report) {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  for (const std::string& text : texts) {
    Result<Segment> segment = analyse(text, {}, *stemmer);
    REQUIRE(segment);
    REQUIRE(builder.add(std::move(segment->bytes)));
  }
  BuildOptions options;
  options.threads = threads;
  options.stemmer = stemmer.get();
  Result<std::vector<BundleFile>> files = builder.finish(options, &report);
  REQUIRE(files);
  return std::move(*files);
}

TEST_CASE("a site with translations says what each language finds in the other") {
  BuildReport report;
  build_with_report(twins(150), 1, report);
  REQUIRE(report.relevance.size() == 2);
  CHECK(report.relevance[0].from == "fr");
  CHECK(report.relevance[0].to == "en");
  CHECK(report.relevance[1].from == "en");
  for (const BuildReport::Relevance& row : report.relevance) {
    CHECK(row.queries >= 10);
    CHECK(row.queries <= 100);
    CHECK(row.ndcg_10 > 0.3);
    CHECK(row.ndcg_10 <= 1);
    CHECK(row.success_5 > 0.3);
  }
}

TEST_CASE("the relevance report changes no byte and does not depend on threads") {
  BuildReport one;
  BuildReport many;
  const std::vector<BundleFile> plain = build(twins(150));
  const std::vector<BundleFile> reported = build_with_report(twins(150), 1, one);
  build_with_report(twins(150), 3, many);
  REQUIRE(plain.size() == reported.size());
  for (std::size_t i = 0; i < plain.size(); ++i) CHECK(plain[i].bytes == reported[i].bytes);
  REQUIRE(one.relevance.size() == many.relevance.size());
  for (std::size_t i = 0; i < one.relevance.size(); ++i) {
    CHECK(one.relevance[i].ndcg_10 == many.relevance[i].ndcg_10);
  }
}

TEST_CASE("too few headings give no number") {
  BuildReport report;
  build_with_report(twins(20), 1, report);
  CHECK(report.relevance.empty());
}

TEST_CASE("pages whose titles were not translated are not asked for") {
  std::vector<std::string> texts;
  for (std::size_t page = 0; page < 150; ++page) {
    const std::string title = "Chapter " + std::to_string(page);
    for (const char* lang : {"en", "fr"}) {
      texts.push_back(line("/" + std::string(lang) + "/" + std::to_string(page), lang, title,
                           {word(lang[0] == 'e', page) + word(lang[0] == 'e', page + 1)}));
    }
  }
  BuildReport report;
  build_with_report(texts, 1, report);
  CHECK(report.relevance.empty());
}

TEST_CASE("a dictionary that has not seen the sample lacks what stands there alone") {
  Bitext bitext;
  bitext.lines = {{0, {0, 2}, {0, 2}}, {1, {1, 2}, {1, 2}}, {1, {2}, {2}}};
  ModelOptions options;
  options.lines_few = 0;
  const SampledTables tables = learn_with_sample(bitext, 3, 3, {1, 0}, options);
  CHECK(!tables.all.to_right[0].empty());
  CHECK(tables.unseen.to_right[0].empty());
  CHECK(tables.unseen.to_right[2].front().stem == 2);
}

TEST_CASE("a translation that is another text is warned of by name, and the others are found as before") {
  std::vector<std::string> texts = twins(60);
  texts.push_back(twin(60, true));
  // As long as the English page, but of other words.
  std::string other = twin(60, false, 7);
  texts.push_back(other);
  BuildReport report;
  build_with_report(texts, 1, report);
  REQUIRE(report.warnings.empty());
  // Twelve lines, so that there is enough to judge by.
  std::string left;
  std::string right;
  for (std::size_t i = 0; i < 24; ++i) {
    left += word(true, i % 7) + word(true, i % 5) + "\n";
    right += word(false, 10 + i % 7) + word(false, 12 + i % 5) + "\n";
  }
  texts.push_back(line("/en/strange", "en", "Strange", {left}));
  texts.push_back(line("/fr/strange", "fr", "Autre", {right}));
  build_with_report(texts, 1, report);
  REQUIRE(report.warnings.size() == 1);
  CHECK(report.warnings[0] ==
        "/fr/strange does not seem to say what /en/strange says, though it is given as its translation");
}

TEST_CASE("a language without a stemmer is translated all the same") {
  std::vector<std::string> texts;
  for (const std::string& text : twins(60)) {
    std::string changed = text;
    for (std::size_t at = 0; (at = changed.find("fr", at)) != std::string::npos;) changed.replace(at, 2, "sw");
    texts.push_back(changed);
  }
  BuildReport report;
  build_with_report(texts, 1, report);
  REQUIRE(report.pairs.size() == 1);
  CHECK(report.pairs[0].entries >= 15);
}

}  // namespace
}  // namespace crossglot::test
