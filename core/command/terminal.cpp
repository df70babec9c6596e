#include "command/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace crossglot::command {

bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) != 0;
}
bool stderr_is_terminal() {
  return isatty(STDERR_FILENO) != 0;
}

Progress::Progress() : enabled_(stderr_is_terminal()) {}

void Progress::show(std::string_view stage, double share, std::string_view detail) {
  if (!enabled_) return;
  const int permille = share < 0 ? -1 : static_cast<int>(std::clamp(share, 0.0, 1.0) * 1000);
  if (drawn_ && permille == last_permille_ && stage == last_stage_ && detail == last_detail_) return;
  last_permille_ = permille;
  last_stage_ = stage;
  last_detail_ = detail;
  std::string line = "\r\033[K";
  if (permille >= 0) {
    constexpr int kWidth = 24;
    const int full = permille * kWidth / 1000;
    line += '[';
    line.append(static_cast<std::size_t>(full), '#');
    line.append(static_cast<std::size_t>(kWidth - full), '.');
    line += "] ";
  }
  line.append(stage);
  if (!detail.empty()) line.append("  ").append(detail);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

namespace {

// Bytes of the UTF-8 character that starts with `lead`; 1 for what cannot start one.
std::size_t character_bytes(unsigned char lead) {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  if (lead >= 0xc0) return 2;
  return 1;
}

}  // namespace

std::string emphasise(std::string_view text, const std::vector<Mark>& marks, std::string_view before,
                      std::string_view after) {
  std::string out;
  std::size_t next_mark = 0;
  bool inside = false;
  std::uint32_t unit = 0;
  for (std::size_t byte = 0; byte < text.size();) {
    if (inside && unit >= marks[next_mark].end) {
      out.append(after);
      inside = false;
      ++next_mark;
    }
    while (!inside && next_mark < marks.size() && marks[next_mark].end <= unit) ++next_mark;
    if (!inside && next_mark < marks.size() && marks[next_mark].begin <= unit) {
      out.append(before);
      inside = true;
    }
    const auto lead = static_cast<unsigned char>(text[byte]);
    const std::size_t size = std::min(character_bytes(lead), text.size() - byte);
    if (lead < 0x20 || lead == 0x7f) {
      out += ' ';
    } else if (lead == 0xc2 && size == 2 && static_cast<unsigned char>(text[byte + 1]) < 0xa0) {
      out += ' ';  // C1 controls: some terminals obey them
    } else {
      out.append(text.substr(byte, size));
    }
    unit += size == 4 ? 2 : 1;
    byte += size;
  }
  if (inside) out.append(after);
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

std::string readable_size(std::uint64_t bytes) {
  static constexpr const char* kUnits[] = {"B", "KB", "MB", "GB"};
  double value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 1000 && unit < 3) {
    value /= 1000;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return text;
}

}  // namespace crossglot::command
