// The report as one page without scripts, fonts or pictures from elsewhere: it can be mailed, archived and printed.
#include <algorithm>

#include "eval/plot.h"
#include "eval/report.h"

namespace crossglot::eval {

namespace {

constexpr const char* kStyle = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2430; --faint: #667182; --rule: #d9dee6; --hue: #2f7ebd;
  --bold: #b4490f; --warn: #fff5dc }
@media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e6eaf0; --faint: #97a2b2; --rule: #323a47;
  --hue: #3f8fd0; --bold: #f08a4b; --warn: #3b3115 } }
body { font: 16px/1.5 system-ui, sans-serif; background: var(--paper); color: var(--ink); margin: 2rem auto;
  padding: 0 1.25rem; max-width: 60rem }
h1 { font-size: 1.6rem; margin: 0 0 .25rem } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem } p { margin: .25rem 0 .75rem; max-width: 46rem }
.faint, caption { color: var(--faint); font-size: .9rem } caption { text-align: start; padding: .25rem 0 }
.warn { background: var(--warn); padding: .5rem .75rem; border-radius: .4rem; overflow-wrap: anywhere }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } .scroll { overflow-x: auto }
th, td { padding: .3rem .6rem; text-align: end } th:first-child, td.text, th.text { text-align: start }
thead th { color: var(--faint); font-weight: 500; border-bottom: 1px solid var(--rule) }
.heat td { background: color-mix(in srgb, var(--hue) calc(var(--v) * 62%), var(--paper));
  border: 1px solid var(--paper);
  min-width: 2.6rem; text-align: center } .heat td.own { outline: 2px solid var(--bold); outline-offset: -2px }
.heat td.none { background: none; color: var(--faint) }
.key { font-weight: 650 } .key .faint { font-weight: 400 }
svg { width: 100%; max-width: 46rem; height: auto; font-size: 13px;
  display: block }
svg text { fill: var(--ink) } svg .name { text-anchor: end } svg .tick { text-anchor: middle; fill: var(--faint) }
svg .note { fill: var(--faint) } svg .grid { stroke: var(--rule) } svg .zero { stroke: var(--faint) }
svg .interval { stroke: var(--hue); stroke-width: 3; stroke-linecap: round } svg circle { fill: var(--hue) }
svg .macro .interval { stroke: var(--bold) } svg .macro circle { fill: var(--bold) }
svg .macro text { font-weight: 650 }
details { margin: .5rem 0 } summary { cursor: pointer } .misses td { text-align: start; vertical-align: top;
  overflow-wrap: anywhere; border-bottom: 1px solid var(--rule) }
)css";

std::string pool_words(const Pool& pool) {
  switch (pool.kind) {
    case PoolKind::kMixed:
      return "all languages together";
    case PoolKind::kVersions:
      return "every version in " + pool.name;
    case PoolKind::kHoles:
      return "all languages, the reader's own version of the page missing";
    case PoolKind::kRun:
      return "the run";
    case PoolKind::kLanguage:
      break;
  }
  return pool.name == "own" ? "each reader's own language" : "pages in " + pool.name;
}

std::string from_words(const Row& row) {
  if (row.from == "own") return "same language";
  if (row.pool.name == "others")
    return (row.from == "every" ? "every language" : row.from) + " to each other language";
  if (row.from == "others") return "other languages to " + row.pool.name;
  if (row.from == "every")
    return row.pool.kind == PoolKind::kRun ? "every language" : "every language, " + row.pool.name;
  return (row.from.empty() ? "all queries" : row.from) +
         (row.pool.kind == PoolKind::kRun ? "" : " to " + row.pool.name);
}

std::string interval_words(const Interval& interval) {
  return three_digits(interval.mean) + " <span class=\"faint\">[" + three_digits(interval.low) + ", " +
         three_digits(interval.high) + "]</span>";
}

// The pools that get a plot: what readers meet on a site first, then the language that most others ask for.
std::vector<Pool> plotted_pools(const Report& report) {
  std::vector<Pool> pools;
  const auto english = std::find_if(report.pools.begin(), report.pools.end(), [](const Pool& pool) {
    return pool.name == "en" || pool.name.starts_with("en-");
  });
  if (english != report.pools.end()) pools.push_back(*english);
  for (const Pool& pool : report.pools) {
    const bool language = pool.kind == PoolKind::kLanguage;
    if (!language || (english == report.pools.end() && pools.empty())) pools.push_back(pool);
  }
  return pools;
}

std::string summary_table(const Report& report) {
  std::string out =
      "<table><thead><tr><th class=\"text\">who asks what</th><th class=\"text\">system</th><th>queries</th>"
      "<th>topics</th><th>nDCG@10 [95 %]</th><th>recall@100</th><th>MRR</th><th>MAP</th></tr></thead><tbody>\n";
  const bool macros =
      std::any_of(report.rows.begin(), report.rows.end(), [](const Row& row) { return row.kind == RowKind::kMacro; });
  for (const Row& row : report.rows) {
    if (macros && row.kind != RowKind::kMacro) continue;
    out += "<tr><td class=\"text\">" + escape(from_words(row)) + "</td><td class=\"text\">" + escape(row.system) +
           "</td><td>" + std::to_string(row.queries) + "</td><td>" + std::to_string(row.topics) +
           "</td><td><span class=\"key\">" + interval_words(row.ndcg_10) + "</span></td><td>" +
           three_digits(row.recall_100.mean) + "</td><td>" + three_digits(row.mrr.mean) + "</td><td>" +
           three_digits(row.map.mean) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string pool_plot(const Report& report, const std::string& system, const Pool& pool) {
  std::vector<PlotRow> rows;
  for (const Row& row : report.rows) {
    if (row.system != system || row.pool.name != pool.name) continue;
    const bool macro = row.kind == RowKind::kMacro;
    const std::string name = !macro ? row.from : row.from == "others" ? "mean of others" : "mean";
    rows.push_back({name.empty() ? "all queries" : name, row.ndcg_10, macro, ""});
  }
  if (rows.empty()) return "";
  return "<h3>" + escape(pool_words(pool)) + (report.systems.size() > 1 ? ", " + escape(system) : "") + "</h3>\n" +
         plot(rows, {0, 1}, "nDCG@10 with 95 % intervals by query language: " + pool_words(pool));
}

std::string matrix(const Report& report, const std::string& system, const char* name, Interval Row::* measure) {
  std::string out = "<div class=\"scroll\"><table class=\"heat\"><caption>" + std::string(name) + ", " +
                    escape(system) +
                    ". Rows: language of the query; columns: pages searched.</caption><thead><tr><th></th>";
  for (const Pool& pool : report.pools) out += "<th>" + escape(pool.name) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (const std::string& from : report.languages) {
    out += "<tr><th>" + escape(from) + "</th>";
    for (const Pool& pool : report.pools) {
      const Row* row = find_row(report, system, from, pool.name);
      if (row == nullptr) {
        out += "<td class=\"none\">-</td>";
        continue;
      }
      const double value = (row->*measure).mean;
      out += std::string("<td") + (from == pool.name ? " class=\"own\"" : "") +
             " style=\"--v:" + (value < 1 ? "0" : "") + three_digits(value) + "\">" + three_digits(value) + "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string difference_plot(const std::vector<Difference>& differences, const std::string& system,
                            const std::string& title) {
  std::vector<PlotRow> rows;
  for (const Difference& difference : differences) {
    if (difference.system != system) continue;
    Row named;
    named.from = difference.from;
    named.pool = difference.pool;
    char p[24];
    std::snprintf(p, sizeof p, ", p = %.4f", difference.p);
    rows.push_back({from_words(named), difference.ndcg_10, difference.kind == RowKind::kMacro,
                    (difference.ndcg_10.mean > 0 ? "+" : "") + three_digits(difference.ndcg_10.mean) + p});
  }
  if (rows.empty()) return "";
  return "<h3>" + escape(title) + "</h3>\n" + plot(rows, scale_of(rows), "Difference in nDCG@10: " + title);
}

std::string better_leg(const Report& report) {
  if (report.better_leg.empty()) return "";
  return difference_plot(report.better_leg, report.better_leg.front().system, "hybrid minus the better of its legs") +
         "<p>Of each pair, the better of words and vectors, as hindsight would choose. Lower beyond the interval "
         "in " +
         std::to_string(pairs_below(report).below) + " of " + std::to_string(pairs_below(report).pairs) +
         " pairs of languages.</p>\n";
}

// How much of a list of all versions is in the query's language.
std::string own_shares(const Report& report) {
  std::string rows;
  for (const Row& row : report.rows) {
    if (row.pool.kind != PoolKind::kVersions) continue;
    rows += "<tr><td class=\"text\">" + escape(from_words(row)) + "</td><td class=\"text\">" + escape(row.system) +
            "</td><td>" + interval_words(row.own_found) + "</td><td>" + three_digits(row.own_expected) +
            "</td></tr>\n";
  }
  if (rows.empty()) return "";
  return "<h2>Does a mixed list prefer the query's language?</h2>\n<div class=\"scroll\"><table><thead><tr>"
         "<th class=\"text\">who asks what</th><th class=\"text\">system</th><th>of the first ten rows [95 %]</th>"
         "<th>of the answers</th></tr></thead><tbody>\n" +
         rows + "</tbody></table></div>\n";
}

std::string differences(const Report& report) {
  if (report.differences.empty()) return "";
  std::string out =
      "<h2>Is one better?</h2>\n<p>Difference in nDCG@10, query by query. An interval that does not touch "
      "zero is a difference; p is how often chance alone would give one as large.</p>\n";
  for (std::size_t at = 1; at < report.systems.size(); ++at) {
    out += difference_plot(report.differences, report.systems[at],
                           report.systems[at] + " minus " + report.systems.front());
  }
  return out + better_leg(report);
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : "<br>") + escape(name);
  return out.empty() ? "nothing" : out;
}

std::string misses(const Report& report) {
  const std::vector<Pool> pools = plotted_pools(report);
  std::vector<Miss> shown;
  for (const Miss& miss : report.misses) {
    if (std::any_of(pools.begin(), pools.end(), [&](const Pool& pool) { return pool.name == miss.pool; })) {
      shown.push_back(miss);
    }
  }
  if (shown.empty()) return "";
  std::string out = "<h2>What was not found</h2>\n<p>Queries whose page is not among the first ten, up to " +
                    std::to_string(kMissesShown) + " of a language and pool.</p>\n";
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const Miss& miss = shown[at];
    if (at == 0 || shown[at - 1].from != miss.from || shown[at - 1].pool != miss.pool) {
      out += std::string(at == 0 ? "" : "</tbody></table></details>\n") + "<details><summary>" + escape(miss.from) +
             " to " + escape(miss.pool) +
             "</summary><table class=\"misses\"><thead><tr><th class=\"text\">query</th>"
             "<th class=\"text\">wanted</th><th class=\"text\">came first</th></tr></thead><tbody>\n";
    }
    out += "<tr><td>" + escape(miss.query.text.empty() ? miss.query.id : miss.query.text) + "</td><td>" +
           joined(miss.query.wanted) + "</td><td>" + joined(miss.query.first) + "</td></tr>\n";
  }
  return out + "</tbody></table></details>\n";
}

}  // namespace

std::string to_html(const Report& report) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
      escape(report.title) + "</title><style>" + kStyle + "</style>\n<h1>" + escape(report.title) +
      "</h1>\n<p class=\"faint\">" + escape(report.measured) + "</p>\n";
  for (const std::string& warning : report.warnings) out += "<p class=\"warn\">" + escape(warning) + "</p>\n";
  out += "<h2>In short</h2>\n<div class=\"scroll\">" + summary_table(report) + "</div>\n";
  out +=
      "<p class=\"faint\">nDCG@10: 1 when the right pages stand first, 0 when none is among the first ten. "
      "recall@100: share of the right pages among the first hundred. Every query language weighs the same in a "
      "mean.</p>\n";
  out += "<h2>By the language of the query</h2>\n";
  for (const Pool& pool : plotted_pools(report)) {
    for (const std::string& system : report.systems) out += pool_plot(report, system, pool);
  }
  if (report.pools.size() > 1 && report.languages.size() > 1) {
    out += "<h2>Every pair of languages</h2>\n";
    for (const std::string& system : report.systems) {
      out += matrix(report, system, "nDCG@10", &Row::ndcg_10);
      out += matrix(report, system, "recall@100", &Row::recall_100);
    }
  }
  out += own_shares(report) + differences(report) + misses(report);
  out +=
      "<h2>How this was measured</h2>\n<p class=\"faint\">Measures are trec_eval's. Intervals: bootstrap over topics "
      "(" +
      std::to_string(kBootstrapDraws) +
      " draws, fixed seed), a topic being a page with all queries about it in all "
      "languages. p: randomisation over topics (" +
      std::to_string(kRandomisationDraws) +
      " draws). A query that no page of a pool can answer is left out there.</p>\n</html>\n";
  return out;
}

}  // namespace crossglot::eval
