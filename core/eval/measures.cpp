#include "eval/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

namespace crossglot::eval {

namespace {

using Grades = std::unordered_map<std::string_view, int>;

Grades grades_of(std::span<const Judged> judged) {
  Grades grades;
  for (const Judged& entry : judged) {
    if (entry.grade > 0) grades.emplace(entry.name, entry.grade);
  }
  return grades;
}

double discounted(int grade, std::size_t at) {
  return grade / std::log2(static_cast<double>(at) + 2);
}

double ndcg(std::span<const std::string> ranking, const Grades& grades, std::size_t depth) {
  std::vector<int> best;
  for (const auto& [name, grade] : grades) best.push_back(grade);
  std::sort(best.begin(), best.end(), std::greater<>());
  double ideal = 0;
  for (std::size_t at = 0; at < std::min(depth, best.size()); ++at) ideal += discounted(best[at], at);
  double gain = 0;
  for (std::size_t at = 0; at < std::min(depth, ranking.size()); ++at) {
    const auto found = grades.find(ranking[at]);
    if (found != grades.end()) gain += discounted(found->second, at);
  }
  return ideal > 0 ? gain / ideal : 0;
}

double recall(std::span<const std::string> ranking, const Grades& grades, std::size_t depth) {
  const auto cut = ranking.first(std::min(depth, ranking.size()));
  const auto found = std::count_if(cut.begin(), cut.end(), [&](const auto& name) { return grades.contains(name); });
  return grades.empty() ? 0 : static_cast<double>(found) / static_cast<double>(grades.size());
}

double average_precision(std::span<const std::string> ranking, const Grades& grades) {
  double found = 0;
  double sum = 0;
  for (std::size_t at = 0; at < ranking.size(); ++at) {
    if (!grades.contains(ranking[at])) continue;
    found += 1;
    sum += found / static_cast<double>(at + 1);
  }
  return grades.empty() ? 0 : sum / static_cast<double>(grades.size());
}

}  // namespace

double ndcg(std::span<const std::string> ranking, std::span<const Judged> judged, std::size_t depth) {
  return ndcg(ranking, grades_of(judged), depth);
}

double recall(std::span<const std::string> ranking, std::span<const Judged> judged, std::size_t depth) {
  return recall(ranking, grades_of(judged), depth);
}

double average_precision(std::span<const std::string> ranking, std::span<const Judged> judged) {
  return average_precision(ranking, grades_of(judged));
}

Measures measure(std::span<const std::string> ranking, std::span<const Judged> judged) {
  const Grades grades = grades_of(judged);
  Measures out;
  out.ndcg_10 = ndcg(ranking, grades, kNdcgDepth);
  out.recall_100 = recall(ranking, grades, kRecallDepth);
  out.average_precision = average_precision(ranking, grades);
  const auto first =
      std::find_if(ranking.begin(), ranking.end(), [&](const auto& name) { return grades.contains(name); });
  if (first != ranking.end()) out.reciprocal_rank = 1.0 / static_cast<double>(first - ranking.begin() + 1);
  return out;
}

}  // namespace crossglot::eval
