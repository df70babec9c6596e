// eval/lines.h - the lines and fields of a text file.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace crossglot::eval {

// Calls use(line number from 1, line) for each line that holds something; line ends of both kinds, a leading byte
// order mark and white space around a line are dropped. Stops when `use` returns false.
template <typename Use>
void for_each_line(std::string_view text, Use&& use) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (!line.empty() && !use(number, line)) return;
  }
}

// The fields of a line between runs of spaces and tabs.
inline std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return fields;
    line.remove_prefix(begin);
    fields.push_back(line.substr(0, line.find_first_of(" \t")));
    line.remove_prefix(fields.back().size());
  }
}

}  // namespace crossglot::eval
