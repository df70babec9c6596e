#include "eval/report.h"

#include <algorithm>
#include <catch_amalgamated.hpp>

using namespace crossglot::eval;
using Catch::Approx;

namespace {

Cell cell(const char* system, const char* from, PoolKind kind, const char* pool, std::vector<double> values) {
  Cell out{system, from, {kind, pool}, {}, 0};
  for (std::size_t i = 0; i < values.size(); ++i) {
    QueryOutcome query;
    query.id = std::string(from) + "-" + std::to_string(i);
    query.text = "<b>" + query.id;
    query.topic = "page" + std::to_string(i);
    query.values.ndcg_10 = values[i];
    query.wanted = {query.topic};
    out.queries.push_back(query);
  }
  return out;
}

std::vector<Cell> three_languages(const char* system, double more = 0) {
  std::vector<Cell> cells;
  for (const char* from : {"en", "fr", "ja"}) {
    for (const char* pool : {"en", "fr"}) {
      const double value = std::string_view(from) == pool ? 0.8 : 0.4;
      cells.push_back(cell(system, from, PoolKind::kLanguage, pool, {value + more, 0, value}));
    }
    cells.push_back(cell(system, from, PoolKind::kMixed, "all", {0.5 + more, 0.5, 0.5}));
  }
  return cells;
}

// The line of `text` that begins so.
std::string text_line(const std::string& text, const std::string& beginning) {
  const std::size_t at = text.find("\n" + beginning);
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

}  // namespace

TEST_CASE("macro rows keep same-language and cross-language means apart") {
  const Report report = summarize(three_languages("lexical"));
  const Row* own = find_row(report, "lexical", "own", "own");
  const Row* others = find_row(report, "lexical", "others", "en");
  const Row* every = find_row(report, "lexical", "every", "all");
  REQUIRE(own != nullptr);
  REQUIRE(others != nullptr);
  REQUIRE(every != nullptr);
  CHECK(own->ndcg_10.mean == Approx(1.6 / 3));
  CHECK(own->queries == 6);
  CHECK(others->ndcg_10.mean == Approx(0.8 / 3));
  CHECK(others->queries == 6);
  CHECK(others->topics == 3);
  CHECK(every->queries == 9);
  CHECK(find_row(report, "lexical", "fr", "en")->ndcg_10.mean == Approx(0.8 / 3));
}

TEST_CASE("a second system is compared with the first, query by query") {
  std::vector<Cell> cells = three_languages("lexical");
  for (Cell& better : three_languages("better", 0.1)) cells.push_back(better);
  const Report report = summarize(cells);
  REQUIRE_FALSE(report.differences.empty());
  for (const Difference& difference : report.differences) {
    CHECK(difference.baseline == "lexical");
    CHECK(difference.system == "better");
    CHECK(difference.ndcg_10.mean == Approx(0.1 / 3));
    CHECK(difference.p > 0.05);  // one topic of three differs
  }
}

TEST_CASE("what a language finds in each of the others, and all pairs across languages, have macro rows") {
  const Report report = summarize(three_languages("lexical"));
  const Row* french = find_row(report, "lexical", "fr", "others");
  CHECK(french == nullptr);  // one other pool is a pair, not a mean
  const Row* all = find_row(report, "lexical", "every", "others");
  CHECK(all == nullptr);
  std::vector<Cell> cells = three_languages("lexical");
  for (const char* from : {"en", "fr", "ja"}) {
    cells.push_back(cell("lexical", from, PoolKind::kLanguage, "ja", {0.1, 0, 0}));
    cells.push_back(cell("lexical", from, PoolKind::kLanguage, "en,fr", {1, 1, 1}));
  }
  const Report wider = summarize(cells);
  const Row* english = find_row(wider, "lexical", "en", "others");
  REQUIRE(english != nullptr);
  CHECK(english->kind == RowKind::kMacro);
  CHECK(english->ndcg_10.mean == Approx((0.8 / 3 + 0.1 / 3) / 2));
  const Row* every = find_row(wider, "lexical", "every", "others");
  REQUIRE(every != nullptr);
  CHECK(every->queries == 6 * 3);
}

TEST_CASE("hybrid is measured against whichever leg is better in a pair, and each pair has its own") {
  // Words are better in en > en by .4, vectors in fr > en by .2; hybrid is above the one and below the other.
  const auto many = [](const char* system, const char* from, double value) {
    std::vector<double> values;
    for (int i = 0; i < 40; ++i) values.push_back(value + 0.01 * (i % 5));
    return cell(system, from, PoolKind::kLanguage, "en", values);
  };
  std::vector<Cell> cells = {many("lexical", "en", 0.9), many("lexical", "fr", 0.3), many("dense", "en", 0.5),
                             many("dense", "fr", 0.5),   many("hybrid", "en", 0.7),  many("hybrid", "fr", 0.65)};
  const Report report = summarize(cells);
  REQUIRE(report.better_leg.size() == 2);
  CHECK(report.better_leg[0].from == "en");
  CHECK(report.better_leg[0].baseline == "lexical");
  CHECK(report.better_leg[0].ndcg_10.mean == Approx(-0.2));
  CHECK(report.better_leg[1].baseline == "dense");
  CHECK(report.better_leg[1].ndcg_10.mean == Approx(0.15));
  CHECK(report.better_leg[1].p < 0.05);
  CHECK(pairs_below(report).below == 1);
  CHECK(pairs_below(report).pairs == 2);
  CHECK(to_text(report).find("lower beyond its interval in 1 of 2 pairs of languages") != std::string::npos);
  CHECK(to_json(report).find("\"below\": 1") != std::string::npos);
  // One line a pair: all three side by side.
  const std::string pair = text_line(to_text(report), "  fr > en                  40   .32");
  CHECK(pair.find(".5200 [") != std::string::npos);
  CHECK(pair.find(".6700 [") != std::string::npos);
  CHECK(to_html(report).find("hybrid minus the better of its legs") != std::string::npos);
}

TEST_CASE("hybrid's macro row takes every pair's own better leg") {
  std::vector<Cell> cells = three_languages("lexical");
  for (Cell& dense : three_languages("dense", 0.1)) {
    if (dense.from == "ja") dense.queries[0].values.ndcg_10 -= 0.3;
    cells.push_back(dense);
  }
  for (Cell& hybrid : three_languages("hybrid", 0.1)) cells.push_back(hybrid);
  const Report report = summarize(cells);
  const auto found = std::find_if(report.better_leg.begin(), report.better_leg.end(), [](const Difference& it) {
    return it.kind == RowKind::kMacro && it.from == "others" && it.pool.name == "en";
  });
  REQUIRE(found != report.better_leg.end());
  CHECK(found->baseline == "better leg");
  // fr > en: level with vectors; ja > en: .1 of one query in three above words.
  CHECK(found->ndcg_10.mean == Approx((0 + 0.1 / 3) / 2));
  CHECK(summarize(three_languages("hybrid")).better_leg.empty());
}

TEST_CASE("shares of the query's language are said of lists of all versions, and of no other") {
  Cell versions = cell("dense", "fr", PoolKind::kVersions, "all", {0.5, 0.5});
  versions.queries[0].own = {0.3, 0.1};
  versions.queries[1].own = {0.1, 0.1};
  const Report report = summarize({versions});
  REQUIRE(report.rows.size() == 1);
  CHECK(report.rows[0].own_found.mean == Approx(0.2));
  CHECK(report.rows[0].own_expected == Approx(0.1));
  CHECK(to_text(report).find("own language .2000") != std::string::npos);
  CHECK(to_json(report).find("\"ownShareExpected\": 0.1") != std::string::npos);
  CHECK(to_json(summarize(three_languages("lexical"))).find("ownShare") == std::string::npos);
}

TEST_CASE("queries without a page among the first ten are listed, of the last system") {
  const Report report = summarize(three_languages("lexical"));
  REQUIRE(report.misses.size() == 6);
  CHECK(report.misses[0].query.id == "en-1");
}

TEST_CASE("each form of the report holds every mean, and HTML no markup of the queries") {
  const Report report = summarize(three_languages("lexical"));
  const std::string text = to_text(report);
  CHECK(text.find(".5333") != std::string::npos);
  CHECK(text.find("own language") != std::string::npos);
  const std::string json = to_json(report);
  CHECK(json.find("\"pool\": \"all\"") != std::string::npos);
  const std::string html = to_html(report);
  CHECK(html.starts_with("<!doctype html>"));
  CHECK(html.find("<svg") != std::string::npos);
  CHECK(html.find("<b>") == std::string::npos);
  CHECK(html.find("&lt;b&gt;en-1") != std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
}

TEST_CASE("a cell without queries gives no row, and none at all an empty report") {
  Cell empty = cell("lexical", "fr", PoolKind::kLanguage, "ja", {});
  empty.left_out = 4;
  CHECK(summarize({empty}).rows.empty());
  CHECK(summarize({}).rows.empty());
  CHECK_FALSE(to_html(summarize({})).empty());
}
