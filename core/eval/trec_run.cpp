#include "eval/trec_run.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <unordered_set>

#include "eval/lines.h"

namespace crossglot::eval {

namespace {

constexpr std::size_t kFields = 6;

struct Entry {
  std::string document;
  double score = 0;
  std::size_t line = 0;
};

bool read_score(std::string_view text, double& score) {
  const std::string copy(text);
  char* end = nullptr;
  score = std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size() && !std::isnan(score);
}

// trec_eval's order; of a document that stands there twice, the better place.
std::vector<std::string> rank(std::vector<Entry>& entries, const std::string& query, const std::string& file,
                              std::vector<std::string>& warnings) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.score != b.score) return a.score > b.score;
    return a.document != b.document ? a.document > b.document : a.line < b.line;
  });
  std::vector<std::string> documents;
  std::unordered_set<std::string_view> seen;
  for (const Entry& entry : entries) {
    if (!seen.insert(entry.document).second) {
      warnings.push_back(file + ":" + std::to_string(entry.line) + ": " + entry.document + " is ranked twice for " +
                         query + "; its better place counts");
      continue;
    }
    documents.push_back(entry.document);
  }
  return documents;
}

}  // namespace

Result<TrecRun> read_trec_run(std::string_view text, const std::string& file) {
  std::map<std::string, std::vector<Entry>, std::less<>> entries;
  TrecRun out;
  std::string wrong;
  for_each_line(text, [&](std::size_t number, std::string_view line) {
    const std::vector<std::string_view> fields = fields_of(line);
    double score = 0;
    if (fields.size() != kFields || !read_score(fields[4], score)) {
      wrong = file + ":" + std::to_string(number) +
              (fields.size() != kFields ? ": a line is `query Q0 document rank score tag`"
                                        : ": the fifth field, the score, is not a number");
      return false;
    }
    if (out.tag.empty()) out.tag = std::string(fields[5]);
    entries[std::string(fields[0])].push_back({std::string(fields[2]), score, number});
    return true;
  });
  if (!wrong.empty()) return make_error(ErrorCode::kInput, wrong);
  if (entries.empty()) return make_error(ErrorCode::kInput, file + ": ranks nothing");
  for (auto& [query, list] : entries) out.rankings.emplace(query, rank(list, query, file, out.warnings));
  return out;
}

}  // namespace crossglot::eval
