#include "request.h"

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "search/meaning.h"
#include "vector/numbers.h"

namespace crossglot {
namespace {

// Rows and sections of one answer; more is a caller's mistake, not a reader's wish.
constexpr std::uint32_t kLimitMax = 10000;

Error bad(std::string_view key, std::string_view why) {
  return make_error(ErrorCode::kArgument, std::string(key) + ": " + std::string(why));
}

std::optional<std::string> unescape(std::string_view value) {
  std::string plain;
  plain.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\') {
      plain.push_back(value[i]);
      continue;
    }
    if (++i == value.size()) return std::nullopt;
    if (value[i] == 'n') {
      plain.push_back('\n');
    } else if (value[i] == '\\') {
      plain.push_back('\\');
    } else {
      return std::nullopt;
    }
  }
  return plain;
}

std::optional<std::uint32_t> parse_count(std::string_view value) {
  if (value.empty() || value.size() > 5) return std::nullopt;
  std::uint32_t number = 0;
  for (char c : value) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  if (number > kLimitMax) return std::nullopt;
  return number;
}

std::optional<std::uint8_t> parse_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

// Of length 1, as the native command has it from the same bytes.
std::optional<std::vector<float>> parse_vector(std::string_view digits) {
  std::vector<float> vector;
  if (digits.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const std::optional<std::uint8_t> high = parse_digit(digits[i]);
    const std::optional<std::uint8_t> low = parse_digit(digits[i + 1]);
    if (!high || !low) return std::nullopt;
    vector.push_back(static_cast<std::int8_t>(*high << 4 | *low));
  }
  normalise(vector);
  return vector;
}

// Sets the field that `key` names, when it is one of those that only meaning knows.
Status set_meaning(SearchRequest& request, std::string_view key, std::string_view value, bool& known) {
  known = true;
  if (key == "vector") {
    std::optional<std::vector<float>> vector = parse_vector(value);
    if (!vector) return bad(key, "must be two hexadecimal digits a dimension");
    request.vector = std::move(*vector);
    return ok_status();
  }
  if (key == "mode") {
    static constexpr std::string_view kModes[] = {"lexical", "dense", "hybrid"};
    for (std::size_t i = 0; i < std::size(kModes); ++i) {
      if (value != kModes[i]) continue;
      request.mode = static_cast<SearchMode>(i);
      return ok_status();
    }
    return bad(key, "must be lexical, dense or hybrid");
  }
  known = false;
  return ok_status();
}

// Sets the field that `key` names, when it is one of those that hold a number or a flag.
Status set_number(SearchRequest& request, std::string_view key, std::string_view value, bool& known) {
  struct Count {
    std::string_view key;
    std::uint32_t SearchRequest::* field;
  };
  struct Flag {
    std::string_view key;
    bool SearchRequest::* field;
  };
  static constexpr Count kCounts[] = {{"limit", &SearchRequest::limit}, {"sections", &SearchRequest::sections}};
  static constexpr Flag kFlags[] = {{"collapse", &SearchRequest::collapse},
                                    {"section_level", &SearchRequest::section_level},
                                    {"prefix", &SearchRequest::prefix},
                                    {"draft", &SearchRequest::draft},
                                    {"text", &SearchRequest::text}};
  known = true;
  for (const Count& count : kCounts) {
    if (count.key != key) continue;
    const std::optional<std::uint32_t> number = parse_count(value);
    if (!number) return bad(key, "must be a number from 0 to 10000");
    request.*count.field = *number;
    return ok_status();
  }
  for (const Flag& flag : kFlags) {
    if (flag.key != key) continue;
    if (value != "0" && value != "1") return bad(key, "must be 0 or 1");
    request.*flag.field = value == "1";
    return ok_status();
  }
  known = false;
  return ok_status();
}

Status set_field(SearchRequest& request, std::string_view key, std::string value) {
  bool known = false;
  Status number = set_number(request, key, value, known);
  if (known) return number;
  if constexpr (kHasMeaning) {
    Status meaning = set_meaning(request, key, value, known);
    if (known) return meaning;
  }
  if (key == "query") {
    request.query = std::move(value);
  } else if (key == "lang") {
    request.lang = std::move(value);
  } else if (key == "in") {
    request.in = split(value, ',');
  } else if (key == "filter") {
    const std::size_t colon = value.find(':');
    if (colon == std::string::npos || colon == 0) return bad(key, "must be key:value");
    request.filters.emplace_back(value.substr(0, colon), value.substr(colon + 1));
  } else {
    return bad(key, "is not a key of a request");
  }
  return ok_status();
}

}  // namespace

std::vector<std::string> split(std::string_view list, char separator) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::size_t end = list.find(separator);
    if (end != 0) parts.emplace_back(list.substr(0, end));
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
  return parts;
}

Result<SearchRequest> parse_request(std::string_view text) {
  SearchRequest request;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return bad("request", "a line has no '='");
    const std::string_view key = line.substr(0, equals);
    std::optional<std::string> value = unescape(line.substr(equals + 1));
    if (!value) return bad(key, "has a backslash before something other than 'n' or a backslash");
    Status set = set_field(request, key, std::move(*value));
    if (!set.ok()) return set.error();
  }
  return request;
}

}  // namespace crossglot
