#include "eval/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace crossglot::eval {

namespace {

constexpr double kLabelWidth = 130;
constexpr double kPlotWidth = 430;
constexpr double kNoteWidth = 150;
constexpr double kRowHeight = 22;
constexpr double kAxisHeight = 26;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

double place(double value, const PlotScale& scale) {
  return kLabelWidth + kPlotWidth * (value - scale.low) / (scale.high - scale.low);
}

std::string line(double x1, double y1, double x2, double y2, const char* style) {
  return "<line class=\"" + std::string(style) + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" +
         number(x2) + "\" y2=\"" + number(y2) + "\"/>";
}

std::string label(double x, double y, const char* style, const std::string& text) {
  return "<text class=\"" + std::string(style) + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" +
         escape(text) + "</text>";
}

std::string axis(const PlotScale& scale, double height) {
  std::string out;
  const double span = scale.high - scale.low;
  const double step = span > 0.6 ? 0.2 : span > 0.25 ? 0.1 : span > 0.12 ? 0.05 : 0.02;
  for (double tick = std::ceil(scale.low / step - 1e-9) * step; tick <= scale.high + 1e-9; tick += step) {
    const bool zero = std::abs(tick) < 1e-9;
    out += line(place(tick, scale), 0, place(tick, scale), height, zero ? "zero" : "grid");
    char text[16];
    std::snprintf(text, sizeof text, step < 0.1 ? "%.2f" : "%.1f", zero ? 0.0 : tick);
    out += label(place(tick, scale), height + 16, "tick", text);
  }
  return out;
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
  }
  return out;
}

std::string three_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", std::abs(value));
  std::string out = text;
  if (out.starts_with("0.")) out.erase(0, 1);
  return (value < 0 && out != ".000" ? "-" : "") + out;
}

PlotScale scale_of(const std::vector<PlotRow>& rows) {
  double low = 0;
  double high = 0;
  for (const PlotRow& row : rows) {
    low = std::min(low, row.interval.low);
    high = std::max(high, row.interval.high);
  }
  const double step = high - low > 0.2 ? 0.1 : 0.01;
  PlotScale scale{std::floor(low / step) * step, std::ceil(high / step) * step};
  if (scale.high - scale.low < step) scale.high = scale.low + step;
  return scale;
}

std::string plot(const std::vector<PlotRow>& rows, const PlotScale& scale, const std::string& description) {
  const double height = kRowHeight * static_cast<double>(rows.size()) + 4;
  std::string out = "<svg viewBox=\"0 0 " + number(kLabelWidth + kPlotWidth + kNoteWidth) + " " +
                    number(height + kAxisHeight) + "\" role=\"img\" aria-label=\"" + escape(description) + "\">";
  out += axis(scale, height);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const PlotRow& row = rows[at];
    const double y = kRowHeight * (static_cast<double>(at) + 0.5) + 2;
    out += row.macro ? "<g class=\"macro\">" : "<g>";
    out += label(kLabelWidth - 10, y + 4, "name", row.label);
    out += line(place(row.interval.low, scale), y, place(row.interval.high, scale), y, "interval");
    out += "<circle cx=\"" + number(place(row.interval.mean, scale)) + "\" cy=\"" + number(y) + "\" r=\"" +
           (row.macro ? "5.5" : "4.5") + "\"/>";
    out += label(kLabelWidth + kPlotWidth + 10, y + 4, "note",
                 row.note.empty() ? three_digits(row.interval.mean) : row.note);
    out += "</g>";
  }
  return out + "</svg>\n";
}

}  // namespace crossglot::eval
