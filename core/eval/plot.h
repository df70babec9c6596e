// eval/plot.h - intervals drawn as SVG: a dot for the mean, a line for its 95 % interval, one row each.
//
//   fr          ----o----          .62
//   ja      ---o---                .51
//           |    |    |    |
#pragma once

#include <string>
#include <vector>

#include "eval/statistics.h"

namespace crossglot::eval {

struct PlotRow {
  std::string label;
  Interval interval;
  bool macro = false;  // drawn bold: a mean over the others
  std::string note;    // at the right end; empty: the mean
};

struct PlotScale {
  double low = 0;
  double high = 1;
};

// The least scale in steps of a tenth (a hundredth, where all is close to 0) that holds 0 and every interval.
PlotScale scale_of(const std::vector<PlotRow>& rows);

// An <svg> element with a text alternative; colours come from the page's classes (report_html.cpp).
std::string plot(const std::vector<PlotRow>& rows, const PlotScale& scale, const std::string& description);

// Text as HTML: & < > " escaped, control characters left out.
std::string escape(std::string_view text);

// 0.5374 -> ".537", -0.02 -> "-.020".
std::string three_digits(double value);

}  // namespace crossglot::eval
