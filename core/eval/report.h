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
  kVersions,  // pages in several languages, one row a version: a group's versions are each to be found
  kHoles,     // the same, but the asked page's version in the query's language is missing
  kRun,       // made elsewhere: the pool is not known
};

struct Pool {
  PoolKind kind = PoolKind::kLanguage;
  std::string name;  // "en", "fr,de", "all", "holes"; of a run its name
};

// Whether a list of all languages prefers one: shares of rows in the query's own language, 0 to 1. A list that is
// after meaning alone holds as much of it as the answers do; raw cosines, several times as much (the modality gap).
struct OwnShare {
  double found = 0;     // of the first kNdcgDepth rows, of those that there are; 0 of none
  double expected = 0;  // of the relevant versions
};

struct QueryOutcome {
  std::string id;
  std::string text;
  std::string topic;
  Measures values;
  OwnShare own;  // of kVersions
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
  kMacro,  // the mean over pairs. `from` says of which query languages: "others" (not the pool's own), "own" (each in
           // its own language), "every", or one language; pool.name "others": each of the other languages alone
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
  Interval map;
  Interval own_found;  // OwnShare::found, of kVersions
  double own_expected = 0;
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
  // Of "hybrid", where "lexical" and "dense" were asked too. `baseline` is the one of them with the higher mean in
  // that very pair, as hindsight would choose; in a macro row (baseline "better leg") every pair has its own.
  std::vector<Difference> better_leg;
  std::vector<Miss> misses;  // at most kMissesShown a query language and pool, of the last system
  std::vector<std::string> warnings;
};
inline constexpr std::size_t kMissesShown = 5;

// The pairs of languages in `better_leg`, and those of them in which "hybrid" is lower and its whole interval with
// it.
struct PairsBelow {
  std::size_t below = 0;
  std::size_t pairs = 0;
};
PairsBelow pairs_below(const Report& report);

// Cells of one system in any order; the order of first appearance is the order of systems, languages and pools.
Report summarize(const std::vector<Cell>& cells);

// The row, or null.
const Row* find_row(const Report& report, const std::string& system, const std::string& from,
                    const std::string& pool);

std::string to_text(const Report& report);
std::string to_json(const Report& report);
std::string to_html(const Report& report);

}  // namespace crossglot::eval
