#include "command/trec.h"

#include <cmath>
#include <cstdio>
#include <limits>

#include "command/file.h"

namespace crossglot::command {

Result<std::vector<Query>> read_queries(const std::string& path) {
  const Result<Bytes> bytes = read_whole_file(path);
  if (!bytes) return bytes.error();
  std::string_view rest = as_text(*bytes);
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
  std::vector<Query> queries;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto wrong = [&](const char* what) {
      return make_error(ErrorCode::kInput, path + ":" + std::to_string(number) + ": " + what +
                                               " (a line is: query id, tab, language, tab, text)");
    };
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos) return wrong("field missing");
    Query query{std::string(line.substr(0, first)), std::string(line.substr(first + 1, second - first - 1)),
                std::string(line.substr(second + 1))};
    if (query.id.empty() || query.id.find(' ') != std::string::npos) return wrong("query id empty or with a space");
    if (query.lang.empty()) return wrong("language empty");
    queries.push_back(std::move(query));
  }
  return queries;
}

std::string docno(std::string_view url, std::string_view anchor) {
  static constexpr std::string_view kEncoded = "\"<>\\^`{|}";
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  const auto append = [&](std::string_view text) {
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte <= 0x20 || byte >= 0x7f || kEncoded.find(c) != std::string_view::npos) {
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
      } else {
        out += c;
      }
    }
  };
  append(url);
  if (!anchor.empty()) {
    out += '#';
    append(anchor);
  }
  return out;
}

std::string run_line(std::string_view query_id, std::string_view document, std::size_t rank, float score,
                     float& previous_score) {
  if (!(score < previous_score)) score = std::nextafter(previous_score, -std::numeric_limits<float>::infinity());
  previous_score = score;
  char number[64];
  std::snprintf(number, sizeof number, " %zu %.9g crossglot\n", rank, static_cast<double>(score));
  return std::string(query_id).append(" Q0 ").append(document).append(number);
}

}  // namespace crossglot::command
