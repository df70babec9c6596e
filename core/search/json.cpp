// SearchResponse as JSON text; the shapes are in web/protocol/types.ts.
#include <cstdint>

#include "search/index.h"

namespace crossglot {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

void append_number(std::string& out, std::uint64_t value) {
  char digits[20];
  std::size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  while (count > 0) out.push_back(digits[--count]);
}

// Seven digits behind the point: scores are multiples of 2^-20 (search/answer.cpp), so they stay distinct.
void append_score(std::string& out, float score) {
  constexpr std::uint64_t kScale = 10'000'000;
  const auto scaled = static_cast<std::uint64_t>(static_cast<double>(score > 0 ? score : 0) * kScale + 0.5);
  append_number(out, scaled / kScale);
  std::uint64_t rest = scaled % kScale;
  if (rest == 0) return;
  out.push_back('.');
  for (std::uint64_t digit = kScale / 10; rest > 0; digit /= 10) {
    out.push_back(static_cast<char>('0' + rest / digit));
    rest %= digit;
  }
}

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char character : text) {
    const auto byte = static_cast<std::uint8_t>(character);
    if (byte == '"' || byte == '\\') {
      out.push_back('\\');
      out.push_back(character);
    } else if (byte < 0x20) {
      out += "\\u00";
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    } else {
      out.push_back(character);
    }
  }
  out.push_back('"');
}

void append_key(std::string& out, std::string_view key) {
  out.push_back('"');
  out += key;
  out += "\":";
}

void append_field(std::string& out, std::string_view key, std::string_view value) {
  append_key(out, key);
  append_string(out, value);
  out.push_back(',');
}

template <typename List, typename Append>
void append_array(std::string& out, const List& list, const Append& append) {
  out.push_back('[');
  bool first = true;
  for (const auto& item : list) {
    if (!first) out.push_back(',');
    first = false;
    append(item);
  }
  out.push_back(']');
}

void append_strings(std::string& out, const std::vector<std::string>& list) {
  append_array(out, list, [&](const std::string& text) { append_string(out, text); });
}

void append_marks(std::string& out, const std::vector<Mark>& marks) {
  append_array(out, marks, [&](const Mark& mark) {
    out.push_back('[');
    append_number(out, mark.begin);
    out.push_back(',');
    append_number(out, mark.end);
    out.push_back(']');
  });
}

void append_section(std::string& out, const SectionHit& section) {
  out.push_back('{');
  append_field(out, "anchor", section.anchor);
  append_field(out, "heading", section.heading);
  append_field(out, "excerpt", section.excerpt);
  append_key(out, "marks");
  append_marks(out, section.marks);
  out.push_back(',');
  append_key(out, "score");
  append_score(out, section.score);
  out.push_back('}');
}

void append_hit(std::string& out, const Hit& hit) {
  out.push_back('{');
  append_field(out, "url", hit.url);
  append_field(out, "group", hit.group);
  append_field(out, "lang", hit.lang);
  append_field(out, "dir", hit.dir);
  append_field(out, "title", hit.title);
  append_key(out, "titleMarks");
  append_marks(out, hit.title_marks);
  out.push_back(',');
  append_key(out, "languages");
  append_strings(out, hit.languages);
  out.push_back(',');
  append_key(out, "score");
  append_score(out, hit.score);
  out.push_back(',');
  append_key(out, "sections");
  append_array(out, hit.sections, [&](const SectionHit& section) { append_section(out, section); });
  out.push_back('}');
}

}  // namespace

std::string to_json(const SearchResponse& response) {
  std::string out = "{";
  append_key(out, "hits");
  append_array(out, response.hits, [&](const Hit& hit) { append_hit(out, hit); });
  out.push_back(',');
  append_key(out, "total");
  append_number(out, response.total);
  out.push_back(',');
  append_key(out, "dropped");
  append_strings(out, response.dropped);
  out.push_back(',');
  append_key(out, "corrected");
  append_array(out, response.corrected, [&](const Correction& correction) {
    out += "{";
    append_field(out, "from", correction.from);
    append_key(out, "to");
    append_string(out, correction.to);
    out += "}";
  });
  out.push_back(',');
  append_key(out, "needs");
  append_strings(out, response.needs);
  out.push_back('}');
  return out;
}

}  // namespace crossglot
