#include "eval/report.h"
namespace crossglot::eval {
std::string to_html(const Report& report) {
  return to_text(report);
}
}  // namespace crossglot::eval
