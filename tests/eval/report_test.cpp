#include "eval/report.h"

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
