// command/terminal.h - what changes when a person watches: progress lines, emphasis.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/index.h"

namespace crossglot::command {

bool stdout_is_terminal();
bool stderr_is_terminal();

// One line on stderr that is drawn over and over; draws nothing in a pipe. Not thread safe.
class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  // share  0 to 1, or negative where the end is not known.
  void show(std::string_view stage, double share, std::string_view detail = {});
  void clear();

 private:
  bool enabled_;
  bool drawn_ = false;
  int last_permille_ = -1;
  std::string last_stage_;
  std::string last_detail_;
};

// `text` with `before` and `after` around each mark. Marks count UTF-16 code units of `text`; what lies outside of
// it is ignored. Control characters become spaces, so that a page cannot steer the terminal.
std::string emphasise(std::string_view text, const std::vector<Mark>& marks, std::string_view before,
                      std::string_view after);

// 12345678 -> "12,345,678"; 2345678 -> "2.3 MB".
std::string grouped(std::uint64_t number);
std::string readable_size(std::uint64_t bytes);

}  // namespace crossglot::command
