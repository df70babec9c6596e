#include <algorithm>
#include <cstdio>
#include <set>

#include "eval/report.h"

namespace crossglot::eval {

namespace {

// ".5734": a leading zero says nothing in a column of shares.
std::string share(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  const std::string out = text;
  return out.starts_with("0.") ? out.substr(1) : out;
}

std::string interval_text(const Interval& interval) {
  return share(interval.mean) + " [" + share(interval.low) + ", " + share(interval.high) + "]";
}

std::string signed_share(double value) {
  return (value < 0 ? "-" : "+") + share(value < 0 ? -value : value);
}

std::string pad(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string pad_left(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string name_of(const std::string& from, const Pool& pool) {
  if (pool.kind == PoolKind::kRun) return from.empty() ? pool.name : from;
  if (from == "own") return "own language";
  return from + " > " + pool.name;
}

constexpr std::size_t kNameWidth = 20;
constexpr std::size_t kColumnWidth = 9;
constexpr std::size_t kIntervalWidth = 21;

void add_row(std::string& out, const Row& row) {
  out += "  " + pad(name_of(row.from, row.pool), kNameWidth) + pad_left(std::to_string(row.queries), 7) +
         pad_left(std::to_string(row.topics), 8) + "   " + interval_text(row.ndcg_10) +
         pad_left(share(row.recall_100.mean), 12) + pad_left(share(row.mrr.mean), 9) +
         pad_left(share(row.map.mean), 9);
  if (row.pool.kind == PoolKind::kVersions) {
    out += "   own language " + share(row.own_found.mean) + " [" + share(row.own_found.low) + ", " +
           share(row.own_found.high) + "] of the first ten, of the answers " + share(row.own_expected);
  }
  if (row.left_out > 0) out += "   " + std::to_string(row.left_out) + " left out: no page of the pool answers them";
  out += "\n";
}

void add_list(std::string& out, const Report& report, const std::string& system, RowKind kind) {
  for (const Row& row : report.rows) {
    if (row.system == system && row.kind == kind) add_row(out, row);
  }
}

void add_matrix(std::string& out, const Report& report, const std::string& system, const char* title,
                Interval Row::* measure) {
  out += "\n  " + pad(title, kNameWidth);
  for (const Pool& pool : report.pools) out += pad_left(pool.name, kColumnWidth);
  out += "\n";
  for (const std::string& from : report.languages) {
    out += "  " + pad(from, kNameWidth);
    for (const Pool& pool : report.pools) {
      const Row* row = find_row(report, system, from, pool.name);
      out += pad_left(row == nullptr ? "-" : share((row->*measure).mean), kColumnWidth);
    }
    out += "\n";
  }
}

// Without what the last column was padded by.
void end_line(std::string& out) {
  out.erase(out.find_last_not_of(' ') + 1);
  out += "\n";
}

// Each pair and each mean once, with a column a system.
void add_side_by_side(std::string& out, const Report& report) {
  if (report.systems.size() < 2) return;
  out += "\n" + pad("nDCG@10 [95 %]", kNameWidth + 2) + pad_left("queries", 7);
  for (const std::string& system : report.systems) out += "   " + pad(system, kIntervalWidth);
  end_line(out);
  std::set<std::pair<std::string, std::string>> seen;
  for (const Row& row : report.rows) {
    if (!seen.emplace(row.from, row.pool.name).second) continue;
    out += "  " + pad(name_of(row.from, row.pool), kNameWidth) + pad_left(std::to_string(row.queries), 7);
    for (const std::string& system : report.systems) {
      const Row* found = find_row(report, system, row.from, row.pool.name);
      out += "   " + pad(found == nullptr ? "-" : interval_text(found->ndcg_10), kIntervalWidth);
    }
    end_line(out);
  }
}

void add_difference(std::string& out, const Difference& difference) {
  char p[32];
  std::snprintf(p, sizeof p, "p = %.4f", difference.p);
  out += "  " + pad(name_of(difference.from, difference.pool), kNameWidth) +
         pad_left(std::to_string(difference.queries), 7) + "   " + difference.system + " - " + difference.baseline +
         "  " + signed_share(difference.ndcg_10.mean) + " [" + signed_share(difference.ndcg_10.low) + ", " +
         signed_share(difference.ndcg_10.high) + "]  " + p + "\n";
}

void add_differences(std::string& out, const Report& report) {
  if (report.differences.empty()) return;
  out += "\nDifference in nDCG@10 [95 %], probability if there were none\n";
  for (const Difference& difference : report.differences) add_difference(out, difference);
}

void add_better_leg(std::string& out, const Report& report) {
  if (report.better_leg.empty()) return;
  out += "\nHybrid minus the better of its legs in nDCG@10 [95 %], probability if there were no difference\n";
  for (const Difference& difference : report.better_leg) add_difference(out, difference);
  const PairsBelow counted = pairs_below(report);
  out += "  lower beyond its interval in " + std::to_string(counted.below) + " of " + std::to_string(counted.pairs) +
         " pairs of languages\n";
}

}  // namespace

std::string to_text(const Report& report) {
  std::string out = report.measured.empty() ? "" : report.measured + "\n";
  for (const std::string& system : report.systems) {
    out +=
        "\n" + pad(system, kNameWidth + 2) + "queries  topics   nDCG@10 [95 %]        recall@100      MRR      MAP\n";
    if (report.pools.size() > 1 && report.languages.size() > 1) {
      add_list(out, report, system, RowKind::kMacro);
      add_matrix(out, report, system, "nDCG@10, rows ask", &Row::ndcg_10);
      add_matrix(out, report, system, "recall@100", &Row::recall_100);
    } else {
      add_list(out, report, system, RowKind::kPair);
      add_list(out, report, system, RowKind::kMacro);
    }
  }
  add_side_by_side(out, report);
  add_differences(out, report);
  add_better_leg(out, report);
  return out;
}

}  // namespace crossglot::eval
