#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "eval/report.h"

namespace crossglot::eval {

namespace {

template <typename T>
void add_new(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

using Values = std::function<double(const QueryOutcome&)>;

// Which query languages a macro row runs over.
struct Macro {
  std::string from;
  Pool pool;
  std::vector<const Cell*> cells;
};

std::vector<Sample> samples_of(const std::vector<const Cell*>& cells, const Values& value) {
  std::map<std::string, std::uint32_t> topics;
  std::vector<Sample> samples;
  for (std::size_t stratum = 0; stratum < cells.size(); ++stratum) {
    for (const QueryOutcome& query : cells[stratum]->queries) {
      const auto topic = topics.emplace(query.topic, static_cast<std::uint32_t>(topics.size())).first->second;
      samples.push_back({topic, static_cast<std::uint32_t>(stratum), value(query)});
    }
  }
  return samples;
}

Row row_of(RowKind kind, const std::string& from, const Pool& pool, const std::vector<const Cell*>& cells) {
  Row row;
  row.kind = kind;
  row.system = cells.front()->system;
  row.from = from;
  row.pool = pool;
  std::set<std::string> topics;
  for (const Cell* cell : cells) {
    row.queries += cell->queries.size();
    row.left_out += cell->left_out;
    for (const QueryOutcome& query : cell->queries) topics.insert(query.topic);
  }
  row.topics = topics.size();
  const auto interval = [&](const Values& value) { return cluster_bootstrap(samples_of(cells, value)); };
  row.ndcg_10 = interval([](const QueryOutcome& query) { return query.values.ndcg_10; });
  row.recall_100 = interval([](const QueryOutcome& query) { return query.values.recall_100; });
  row.mrr = interval([](const QueryOutcome& query) { return query.values.reciprocal_rank; });
  row.map = interval([](const QueryOutcome& query) { return query.values.average_precision; });
  if (pool.kind == PoolKind::kVersions) {
    row.own_found = interval([](const QueryOutcome& query) { return query.own.found; });
    row.own_expected =
        stratified_mean(samples_of(cells, [](const QueryOutcome& query) { return query.own.expected; }));
  }
  return row;
}

// From one language to another: who asks "fr,de" asks no one language.
bool is_across(const Cell& cell) {
  return cell.pool.kind == PoolKind::kLanguage && cell.from != cell.pool.name &&
         cell.pool.name.find(',') == std::string::npos;
}

// From each language that asks the pages of several others, and all of those together.
std::vector<Macro> macros_across(const std::vector<const Cell*>& cells, const std::vector<Pool>& pools) {
  std::vector<Macro> macros;
  Macro every{"every", {PoolKind::kLanguage, "others"}, {}};
  for (const Pool& asking : pools) {
    Macro macro{asking.name, {PoolKind::kLanguage, "others"}, {}};
    for (const Cell* cell : cells) {
      if (is_across(*cell) && cell->from == asking.name) macro.cells.push_back(cell);
    }
    if (macro.cells.size() > 1) macros.push_back(macro);
  }
  for (const Cell* cell : cells) {
    if (is_across(*cell)) every.cells.push_back(cell);
  }
  if (!macros.empty()) macros.push_back(every);
  return macros;
}

// One query, its own language, and all the others' are different questions: never one mean.
std::vector<Macro> macros_of(const std::vector<const Cell*>& cells, const std::vector<Pool>& pools) {
  std::vector<Macro> macros;
  Macro own{"own", {PoolKind::kLanguage, "own"}, {}};
  for (const Cell* cell : cells) {
    if (cell->pool.kind == PoolKind::kLanguage && cell->from == cell->pool.name) own.cells.push_back(cell);
  }
  if (own.cells.size() > 1) macros.push_back(own);
  for (const Pool& pool : pools) {
    const bool language = pool.kind == PoolKind::kLanguage;
    Macro macro{language ? "others" : "every", pool, {}};
    for (const Cell* cell : cells) {
      if (cell->pool.name != pool.name || (language && cell->from == pool.name)) continue;
      macro.cells.push_back(cell);
    }
    if (macro.cells.size() > 1) macros.push_back(macro);
  }
  for (Macro& macro : macros_across(cells, pools)) macros.push_back(std::move(macro));
  return macros;
}

// The differences of two systems' cells, as cells whose nDCG is the difference.
std::vector<Cell> differences_of(const std::vector<const Cell*>& first, const std::vector<const Cell*>& second) {
  std::vector<Cell> out;
  for (const Cell* after : second) {
    for (const Cell* before : first) {
      if (before->from != after->from || before->pool.name != after->pool.name) continue;
      std::map<std::string_view, double> values;
      for (const QueryOutcome& query : before->queries) values.emplace(query.id, query.values.ndcg_10);
      Cell cell{after->system, after->from, after->pool, {}, 0};
      for (const QueryOutcome& query : after->queries) {
        const auto found = values.find(query.id);
        if (found == values.end()) continue;
        QueryOutcome difference;
        difference.topic = query.topic;
        difference.values.ndcg_10 = query.values.ndcg_10 - found->second;
        cell.queries.push_back(std::move(difference));
      }
      if (!cell.queries.empty()) out.push_back(std::move(cell));
    }
  }
  return out;
}

std::vector<const Cell*> pointers(const std::vector<Cell>& cells) {
  std::vector<const Cell*> out;
  for (const Cell& cell : cells) out.push_back(&cell);
  return out;
}

Difference difference_of(RowKind kind, const std::string& from, const Pool& pool,
                         const std::vector<const Cell*>& cells) {
  const auto samples = samples_of(cells, [](const QueryOutcome& query) { return query.values.ndcg_10; });
  Difference out;
  out.kind = kind;
  out.system = cells.front()->system;
  out.from = from;
  out.pool = pool;
  out.queries = samples.size();
  out.ndcg_10 = cluster_bootstrap(samples);
  out.p = randomisation_p(samples);
  return out;
}

void compare(Report& report, const std::vector<const Cell*>& before, const std::vector<const Cell*>& after) {
  const std::vector<Cell> cells = differences_of(before, after);
  const std::size_t first = report.differences.size();
  for (const Cell& cell : cells) {
    report.differences.push_back(difference_of(RowKind::kPair, cell.from, cell.pool, {&cell}));
  }
  for (const Macro& macro : macros_of(pointers(cells), report.pools)) {
    report.differences.push_back(difference_of(RowKind::kMacro, macro.from, macro.pool, macro.cells));
  }
  for (std::size_t at = first; at < report.differences.size(); ++at) {
    report.differences[at].baseline = before.front()->system;
  }
}

std::vector<const Cell*> asked_by(const std::vector<Cell>& cells, const std::string& system) {
  std::vector<const Cell*> out;
  for (const Cell& cell : cells) {
    if (cell.system == system && !cell.queries.empty()) out.push_back(&cell);
  }
  return out;
}

// Hybrid minus the leg that is better in each pair.
void compare_with_legs(Report& report, const std::vector<Cell>& cells) {
  const std::vector<const Cell*> hybrid = asked_by(cells, "hybrid");
  std::vector<Cell> over[] = {differences_of(asked_by(cells, "lexical"), hybrid),
                              differences_of(asked_by(cells, "dense"), hybrid)};
  if (over[0].size() != over[1].size()) return;
  std::vector<const Cell*> better;
  for (std::size_t at = 0; at < over[0].size(); ++at) {
    const auto difference = [&](std::size_t leg) {
      return difference_of(RowKind::kPair, over[leg][at].from, over[leg][at].pool, {&over[leg][at]});
    };
    Difference lexical = difference(0);
    Difference dense = difference(1);
    lexical.baseline = "lexical";
    dense.baseline = "dense";
    const bool words = lexical.ndcg_10.mean <= dense.ndcg_10.mean;
    better.push_back(&over[words ? 0 : 1][at]);
    report.better_leg.push_back(std::move(words ? lexical : dense));
  }
  for (const Macro& macro : macros_of(better, report.pools)) {
    report.better_leg.push_back(difference_of(RowKind::kMacro, macro.from, macro.pool, macro.cells));
    report.better_leg.back().baseline = "better leg";
  }
}

void collect_misses(Report& report, const std::vector<const Cell*>& cells) {
  for (const Cell* cell : cells) {
    std::size_t count = 0;
    for (const QueryOutcome& query : cell->queries) {
      if (query.values.ndcg_10 > 0) continue;
      if (++count > kMissesShown) break;
      report.misses.push_back({cell->system, cell->from, cell->pool.name, query});
    }
  }
}

}  // namespace

Report summarize(const std::vector<Cell>& cells) {
  Report report;
  for (const Cell& cell : cells) {
    add_new(report.systems, cell.system);
    add_new(report.languages, cell.from);
    const auto same = [&](const Pool& pool) { return pool.name == cell.pool.name; };
    if (std::none_of(report.pools.begin(), report.pools.end(), same)) report.pools.push_back(cell.pool);
  }
  std::vector<const Cell*> first;
  for (const std::string& system : report.systems) {
    const std::vector<const Cell*> own = asked_by(cells, system);
    if (own.empty()) continue;
    for (const Cell* cell : own) report.rows.push_back(row_of(RowKind::kPair, cell->from, cell->pool, {cell}));
    for (const Macro& macro : macros_of(own, report.pools)) {
      report.rows.push_back(row_of(RowKind::kMacro, macro.from, macro.pool, macro.cells));
    }
    if (first.empty()) {
      first = own;
    } else {
      compare(report, first, own);
    }
    if (system == report.systems.back()) collect_misses(report, own);
  }
  compare_with_legs(report, cells);
  return report;
}

PairsBelow pairs_below(const Report& report) {
  PairsBelow out;
  for (const Difference& difference : report.better_leg) {
    if (difference.kind != RowKind::kPair || difference.pool.kind != PoolKind::kLanguage) continue;
    ++out.pairs;
    out.below += difference.ndcg_10.high < 0 ? 1 : 0;
  }
  return out;
}

const Row* find_row(const Report& report, const std::string& system, const std::string& from,
                    const std::string& pool) {
  for (const Row& row : report.rows) {
    if (row.system == system && row.from == from && row.pool.name == pool) return &row;
  }
  return nullptr;
}

}  // namespace crossglot::eval
