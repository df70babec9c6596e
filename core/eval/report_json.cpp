#include <nlohmann/json.hpp>

#include "eval/report.h"

namespace crossglot::eval {

namespace {

using Json = nlohmann::ordered_json;

const char* kind_name(PoolKind kind) {
  switch (kind) {
    case PoolKind::kLanguage:
      return "language";
    case PoolKind::kMixed:
      return "mixed";
    case PoolKind::kVersions:
      return "versions";
    case PoolKind::kHoles:
      return "holes";
    case PoolKind::kRun:
      return "run";
  }
  return "";
}

Json interval(const Interval& of) {
  return {{"mean", of.mean}, {"low", of.low}, {"high", of.high}};
}

Json row_json(const Row& row) {
  Json json = {{"system", row.system},
               {"from", row.from},
               {"pool", row.pool.name},
               {"kind", kind_name(row.pool.kind)},
               {"macro", row.kind == RowKind::kMacro},
               {"queries", row.queries},
               {"topics", row.topics},
               {"leftOut", row.left_out},
               {"ndcg10", interval(row.ndcg_10)},
               {"recall100", interval(row.recall_100)},
               {"mrr", interval(row.mrr)},
               {"map", interval(row.map)}};
  if (row.pool.kind == PoolKind::kVersions) {
    json["ownShare"] = interval(row.own_found);
    json["ownShareExpected"] = row.own_expected;
  }
  return json;
}

Json difference_json(const Difference& difference) {
  return {{"baseline", difference.baseline},
          {"system", difference.system},
          {"from", difference.from},
          {"pool", difference.pool.name},
          {"macro", difference.kind == RowKind::kMacro},
          {"queries", difference.queries},
          {"ndcg10", interval(difference.ndcg_10)},
          {"p", difference.p}};
}

}  // namespace

std::string to_json(const Report& report) {
  Json root = {{"measured", report.measured}, {"systems", report.systems}, {"languages", report.languages}};
  root["rows"] = Json::array();
  for (const Row& row : report.rows) root["rows"].push_back(row_json(row));
  root["differences"] = Json::array();
  for (const Difference& difference : report.differences) root["differences"].push_back(difference_json(difference));
  root["betterLeg"] = {
      {"below", pairs_below(report).below}, {"pairs", pairs_below(report).pairs}, {"differences", Json::array()}};
  for (const Difference& difference : report.better_leg) {
    root["betterLeg"]["differences"].push_back(difference_json(difference));
  }
  root["misses"] = Json::array();
  for (const Miss& miss : report.misses) {
    root["misses"].push_back({{"system", miss.system},
                              {"from", miss.from},
                              {"pool", miss.pool},
                              {"id", miss.query.id},
                              {"text", miss.query.text},
                              {"wanted", miss.query.wanted},
                              {"first", miss.query.first}});
  }
  root["warnings"] = report.warnings;
  return root.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace crossglot::eval
