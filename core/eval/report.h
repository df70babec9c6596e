// eval/report.h - from judged rankings to tables: text for a terminal, JSON for programs, HTML for people.
//
// A Cell is what one system did with the queries of one language in one pool. summarize() turns cells into rows with
// intervals, adds macro rows (every query language weighs the same), and compares each system with the first.
#pragma once

#include <string>
#include <vector>

#include "eval/measures.h"
#include "eval/statistics.h"

namespace crossglot::eval {

enum class PoolKind {
  kLanguage,  // the pages of one or several languages
  kMixed,     // every page in every language, one row a group
  kHoles,     // the same, but the asked page's version in the query's language is missing
  kRun,       // made elsewhere: the pool is not known
};

struct Pool {
  PoolKind kind = PoolKind::kLanguage;
  std::string name;  // "en", "fr,de", "all", "holes"; of a run its name
};

struct QueryOutcome {
  std::string id;
  std::string text;
  std::string topic;
  Measures values;
  std::vector<std::string> wanted;
  std::vector<std::string> first;  // the first rows' names, kShownRows at most
};
inline constexpr std::size_t kShownRows = 3;

struct Cell {
  std::string system;  // "lexical", or a run's name
  std::string from;    // the queries' language; empty where it is not known
  Pool pool;
  std::vector<QueryOutcome> queries;
  std::size_t left_out = 0;  // judged queries that no page of the pool answers
};

enum class RowKind {
  kPair,   // one query language in one pool
  kMacro,  // the mean over query languages; `from` says which: "others" (not the pool's own), "own" (each in its own
           // language), "every"
};

struct Row {
  RowKind kind = RowKind::kPair;
  std::string system;
  std::string from;
  Pool pool;
  std::size_t queries = 0;
  std::size_t topics = 0;
  std::size_t left_out = 0;
  Interval ndcg_10;
  Interval recall_100;
  Interval mrr;
};

// Of `system` minus `baseline` in nDCG@10, on the queries that both answered.
struct Difference {
  RowKind kind = RowKind::kPair;
  std::string baseline;
  std::string system;
  std::string from;
  Pool pool;
  std::size_t queries = 0;
  Interval ndcg_10;
  double p = 1;
};

// A query whose page was not among the first ten.
struct Miss {
  std::string system;
  std::string from;
  std::string pool;
  QueryOutcome query;
};

struct Report {
  std::string title;
  std::string measured;  // what was measured, one sentence: bundle, queries, options
  std::vector<std::string> systems;
  std::vector<std::string> languages;  // of queries
  std::vector<Pool> pools;
  std::vector<Row> rows;
  std::vector<Difference> differences;
  std::vector<Miss> misses;  // at most kMissesShown a query language and pool, of the last system
  std::vector<std::string> warnings;
};
inline constexpr std::size_t kMissesShown = 5;

// Cells of one system in any order; the order of first appearance is the order of systems, languages and pools.
Report summarize(const std::vector<Cell>& cells);

// The row, or null.
const Row* find_row(const Report& report, const std::string& system, const std::string& from,
                    const std::string& pool);

std::string to_text(const Report& report);
std::string to_json(const Report& report);
std::string to_html(const Report& report);

}  // namespace crossglot::eval
