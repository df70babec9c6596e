#include "eval/judgments.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "eval/lines.h"

namespace crossglot::eval {

namespace {

constexpr std::size_t kTrecFields = 4;

// Ours is cut at its one tab: a group may hold spaces.
bool split_ours(std::string_view line, std::string_view& query, std::string_view& name) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos || line.find('\t', tab + 1) != std::string_view::npos) return false;
  query = line.substr(0, tab);
  name = line.substr(tab + 1);
  return !query.empty() && !name.empty();
}

std::string place(const std::string& file, std::size_t number) {
  return file + ":" + std::to_string(number) + ": ";
}

}  // namespace

Result<Judgments> read_judgments(std::string_view text, const std::string& file) {
  Judgments out;
  std::set<std::pair<std::string, std::string>> seen;
  std::string wrong;
  for_each_line(text, [&](std::size_t number, std::string_view line) {
    std::string_view query;
    std::string_view name;
    int grade = 1;
    if (split_ours(line, query, name)) {
      out.by_group = true;
      out.by_section = out.by_section || name.find('#') != std::string_view::npos;
    } else {
      const std::vector<std::string_view> fields = fields_of(line);
      const bool four = fields.size() == kTrecFields;
      const char* end = four ? fields[3].data() + fields[3].size() : nullptr;
      const auto read = four ? std::from_chars(fields[3].data(), end, grade) : std::from_chars_result{};
      if (!four || read.ec != std::errc() || read.ptr != end) {
        wrong = place(file, number) + "a line is `query <tab> group` or `query iteration document grade`";
        return false;
      }
      query = fields[0];
      name = fields[2];
    }
    if (!seen.emplace(query, name).second) {
      out.warnings.push_back(place(file, number) + std::string(name) + " is judged twice for " + std::string(query));
      return true;
    }
    out.queries[std::string(query)].push_back({std::string(name), grade});
    return true;
  });
  if (!wrong.empty()) return make_error(ErrorCode::kInput, wrong);
  if (out.queries.empty()) return make_error(ErrorCode::kInput, file + ": judges nothing");
  return out;
}

std::string topic_of(const Judgments& judgments, const std::string& query) {
  const auto found = judgments.queries.find(query);
  if (!judgments.by_group || found == judgments.queries.end()) return query;
  std::string first;
  for (const Judged& entry : found->second) {
    if (entry.grade <= 0) continue;
    const std::string group = entry.name.substr(0, entry.name.find('#'));
    if (first.empty() || group < first) first = group;
  }
  return first.empty() ? query : first;
}

}  // namespace crossglot::eval
