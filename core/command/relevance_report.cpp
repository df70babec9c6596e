#include "command/relevance_report.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <tuple>

namespace crossglot::command {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kNameWidth = 8;
constexpr std::size_t kPairsNamed = 5;

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

std::string number(double value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::string relevance_table(const BuildReport& report) {
  if (report.relevance.empty()) return "";
  std::vector<std::string> from;
  std::vector<std::string> to;
  double success = 0;
  std::uint64_t queries = 0;
  for (const BuildReport::Relevance& row : report.relevance) {
    add_once(from, row.from);
    add_once(to, row.to);
    success += row.success_5;
    queries += row.queries;
  }
  std::sort(from.begin(), from.end());
  std::string text = "relevance to expect, nDCG@10 (queries in a row's language, pages in a column's)\n";
  text += std::string(kNameWidth, ' ');
  for (const std::string& name : to) text += padded(name, kNameWidth);
  for (const std::string& source : from) {
    text += "\n" + source + std::string(kNameWidth - std::min(kNameWidth, source.size()), ' ');
    for (const std::string& target : to) {
      const auto row = std::find_if(report.relevance.begin(), report.relevance.end(),
                                    [&](const auto& it) { return it.from == source && it.to == target; });
      text += padded(row == report.relevance.end() ? "-" : number(row->ndcg_10), kNameWidth);
    }
  }
  return text + "\n" + std::to_string(queries) + " titles and headings, whose pages the dictionary did not see; " +
         number(success / static_cast<double>(report.relevance.size())) + " have their page among the first five\n";
}

std::string report_json(const BuildReport& report) {
  Json root;
  root["languages"] = Json::array();
  for (const BuildReport::Language& it : report.languages) {
    root["languages"].push_back({{"lang", it.lang},
                                 {"pages", it.pages},
                                 {"sections", it.sections},
                                 {"terms", it.terms},
                                 {"bytes", it.bytes},
                                 {"files", it.files}});
  }
  root["pairs"] = Json::array();
  for (const BuildReport::LanguagePair& it : report.pairs) {
    root["pairs"].push_back({{"left", it.left},
                             {"right", it.right},
                             {"pages", it.pages},
                             {"lines", it.lines},
                             {"aligned", it.aligned},
                             {"untranslated", it.untranslated},
                             {"words", it.entries}});
  }
  root["relevance"] = Json::array();
  for (const BuildReport::Relevance& it : report.relevance) {
    root["relevance"].push_back({{"from", it.from},
                                 {"to", it.to},
                                 {"queries", it.queries},
                                 {"ndcg10", it.ndcg_10},
                                 {"success5", it.success_5}});
  }
  root["warnings"] = report.warnings;
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string below_floor(const BuildReport& report, double floor) {
  std::vector<BuildReport::Relevance> below;
  for (const BuildReport::Relevance& row : report.relevance) {
    if (row.ndcg_10 < floor) below.push_back(row);
  }
  if (below.empty()) return "";
  std::sort(below.begin(), below.end(), [](const auto& a, const auto& b) {
    return std::tie(a.ndcg_10, a.from, a.to) < std::tie(b.ndcg_10, b.from, b.to);
  });
  std::string text = "relevance is below --floor " + number(floor) + ": ";
  for (std::size_t i = 0; i < std::min(below.size(), kPairsNamed); ++i) {
    text += (i > 0 ? ", " : "") + below[i].from + " to " + below[i].to + " " + number(below[i].ndcg_10) + " (" +
            std::to_string(below[i].queries) + " queries)";
  }
  if (below.size() > kPairsNamed) text += " and " + std::to_string(below.size() - kPairsNamed) + " more";
  return text;
}

}  // namespace crossglot::command
