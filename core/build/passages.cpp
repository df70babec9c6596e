#include "build/passages.h"

#include <algorithm>

#include "base/check.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr std::size_t kCodeCharacters = 200;  // a listing says less than its length
constexpr std::size_t kSentenceBytes = 400;   // of the longest first sentence
constexpr std::size_t kSentenceBytesMin = 8;

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c < 0x1200) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) ||
         (c >= 0xf900 && c < 0xfb00) || (c >= 0xff00 && c < 0xfff0) || c >= 0x20000;
}

constexpr std::uint32_t kWide = 11;

std::uint32_t width_of(char32_t c) {
  if (c <= 0x20) return 0;
  if (is_wide(c)) return kWide;
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 5 : 10;
  return c >= 0x2000 && c < 0x2e80 ? 10 : 5;
}

// Calls visit(code point, byte behind it) until it returns false.
template <typename Visit>
void each_character(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    at += decoded.size;
    if (!visit(decoded.code_point, at)) return;
  }
}

// Runs of white space become a space; none at the ends.
std::string squash(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t size = 0;
  each_character(text, [&](char32_t, std::size_t end) {
    if (count == 0) return false;
    --count;
    size = end;
    return true;
  });
  return text.substr(0, size);
}

std::string_view clip(std::string_view text, std::uint64_t width) {
  std::uint64_t sum = 0;
  std::size_t size = 0;
  each_character(text, [&](char32_t c, std::size_t end) {
    sum += width_of(c);
    if (sum > width) return false;
    size = end;
    return true;
  });
  return text.substr(0, size);
}

void append_joined(std::string& out, std::string_view text, std::string_view between) {
  if (text.empty()) return;
  if (!out.empty()) out += between;
  out += text;
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0x06d4 ||
         c == 0x0964 || c == 0x061f;
}

}  // namespace

std::uint32_t text_width(std::string_view text) {
  std::uint32_t width = 0;
  each_character(text, [&](char32_t c, std::size_t) {
    width += width_of(c);
    return true;
  });
  return width;
}

std::uint32_t window_count(std::uint32_t width) {
  return std::clamp((width + kWindowWidth - 1) / kWindowWidth, 1U, kWindowsMax);
}

std::vector<std::string> cut_windows(std::string_view text, std::uint32_t count) {
  CG_CHECK(count > 0);
  text = clip(text, std::uint64_t{kWindowWidth} * count);
  const std::uint64_t whole = text_width(text);
  std::vector<std::string> windows;
  std::uint64_t sum = 0;
  std::size_t begin = 0;
  each_character(text, [&](char32_t c, std::size_t end) {
    sum += width_of(c);
    if (windows.size() + 1 >= count) return false;
    const bool full = sum * count >= whole * (windows.size() + 1);
    const bool may_end = c == ' ' || is_wide(c) || (end < text.size() && text[end] == ' ');
    if (full && may_end) {
      windows.emplace_back(trim(text.substr(begin, end - begin)));
      begin = end;
    }
    return true;
  });
  windows.emplace_back(trim(text.substr(begin)));
  return windows;
}

std::vector<Passage> make_passages(const PageText& page) {
  struct Above {
    std::uint8_t level;
    std::string heading;
  };
  std::vector<Above> path;
  std::vector<Passage> passages;
  const std::string title = squash(page.title);
  for (std::size_t i = 0; i < page.sections.size(); ++i) {
    const SectionText& section = page.sections[i];
    // Documents need not say levels: then all sections but the lead stand below it.
    const std::uint8_t level = section.level != 0 ? section.level : i == 0 ? 1 : 2;
    while (!path.empty() && path.back().level >= level) path.pop_back();
    path.push_back({level, squash(section.heading)});
    Passage& passage = passages.emplace_back();
    passage.heading = title;
    std::string_view last = title;
    for (const Above& above : path) {
      if (above.heading.empty() || above.heading == last) continue;
      append_joined(passage.heading, above.heading, " > ");
      last = above.heading;
    }
    passage.body = squash(section.text);
    append_joined(passage.body, squash(first_characters(section.code, kCodeCharacters)), " ");
    passage.opening = passage.heading;
    append_joined(passage.opening, squash(first_sentence(section.text)), " ");
  }
  return passages;
}

std::string_view first_sentence(std::string_view text) {
  text = trim(text.substr(0, text.find('\n')));
  std::size_t size = 0;
  each_character(text, [&](char32_t c, std::size_t end) {
    if (end > kSentenceBytes) return false;
    size = end;
    const bool last = end == text.size() || text[end] == ' ' || is_wide(c);
    return !(ends_sentence(c) && last && end >= kSentenceBytesMin);
  });
  return size < kSentenceBytesMin ? std::string_view() : text.substr(0, size);
}

}  // namespace crossglot
