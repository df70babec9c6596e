#include "build/align.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace crossglot {
namespace {

// Variance of a translation's length in characters to one of the original (Gale & Church 1993 measured 6.8).
constexpr double kVariance = 6.8;
// Lengths that disagree by more say nothing more.
constexpr double kLengthCostMax = 12;
constexpr double kKeyGain = 8;
constexpr double kMarkGain = 4;
// Cells of the table: beyond, only a band along its diagonal is filled.
constexpr std::size_t kCellsMax = 1u << 20;
constexpr std::size_t kBand = 128;

struct Step {
  std::uint8_t left, right;
  double cost;  // about the logarithm of how rare it is
};
constexpr Step kSteps[] = {{1, 1, 0}, {1, 0, 4.5}, {0, 1, 4.5}, {2, 1, 2.5}, {1, 2, 2.5}};

std::size_t shared(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t count = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++count;
    const bool left = a[i] <= b[j];
    const bool right = b[j] <= a[i];
    i += left ? 1 : 0;
    j += right ? 1 : 0;
  }
  return count;
}

class Aligner {
 public:
  Aligner(std::span<const AlignItem> left, std::span<const AlignItem> right, double ratio)
      : left_(left), right_(right), ratio_(ratio) {
    const std::size_t columns = right.size() + 1;
    whole_ = (left.size() + 1) * columns <= kCellsMax;
    width_ = whole_ ? columns : std::min(columns, 2 * kBand + 1);
  }

  std::vector<AlignedSpan> run() {
    costs_.assign((left_.size() + 1) * width_, kNever);
    steps_.assign(costs_.size(), 0);
    costs_[0] = 0;
    for (std::size_t i = 0; i <= left_.size(); ++i) {
      const std::size_t end = whole_ ? width_ : std::min(right_.size(), middle(i) + kBand) + 1;
      for (std::size_t j = first_column(i); j < end; ++j) fill(i, j);
    }
    return trace();
  }

 private:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  // Of row i of the table: rows have the columns from there on, width_ of them at the most.
  std::size_t first_column(std::size_t i) const { return whole_ || middle(i) < kBand ? 0 : middle(i) - kBand; }
  std::size_t middle(std::size_t i) const { return left_.empty() ? 0 : i * right_.size() / left_.size(); }
  std::size_t cell(std::size_t i, std::size_t j) const { return i * width_ + j - first_column(i); }
  double cost(std::size_t i, std::size_t j) const {
    const std::size_t first = first_column(i);
    return j < first || j >= first + width_ ? kNever : costs_[cell(i, j)];
  }

  void fill(std::size_t i, std::size_t j) {
    double& best = costs_[cell(i, j)];
    for (std::uint8_t number = 0; number < std::size(kSteps); ++number) {
      const Step& step = kSteps[number];
      if (step.left > i || step.right > j) continue;
      const double before = cost(i - step.left, j - step.right);
      if (before >= best) continue;
      const double cost = before + step.cost + mismatch(i - step.left, i, j - step.right, j);
      if (cost >= best) continue;
      best = cost;
      steps_[cell(i, j)] = number;
    }
  }

  double mismatch(std::size_t left_begin, std::size_t left_end, std::size_t right_begin,
                  std::size_t right_end) const {
    if (left_begin == left_end || right_begin == right_end) return 0;
    double left = 0;
    double right = 0;
    double gain = 0;
    for (std::size_t i = left_begin; i < left_end; ++i) left += left_[i].length;
    for (std::size_t j = right_begin; j < right_end; ++j) right += right_[j].length;
    for (std::size_t i = left_begin; i < left_end; ++i) {
      for (std::size_t j = right_begin; j < right_end; ++j) gain += likeness(left_[i], right_[j]);
    }
    const double expected = left * ratio_;
    const double off = (right - expected) / std::sqrt(kVariance * (expected + 1) * std::max(1.0, ratio_));
    return std::min(kLengthCostMax, off * off / 2) - gain;
  }

  static double likeness(const AlignItem& a, const AlignItem& b) {
    double gain = a.key != 0 && a.key == b.key ? kKeyGain : 0;
    const std::size_t marks = a.marks.size() + b.marks.size();
    if (marks > 0) gain += kMarkGain * 2 * static_cast<double>(shared(a.marks, b.marks)) / static_cast<double>(marks);
    return gain;
  }

  std::vector<AlignedSpan> trace() const {
    std::vector<AlignedSpan> spans;
    std::size_t i = left_.size();
    std::size_t j = right_.size();
    if (cost(i, j) == kNever) return spans;
    while (i > 0 || j > 0) {
      const Step& step = kSteps[steps_[cell(i, j)]];
      if (step.left > 0 && step.right > 0) {
        spans.push_back({static_cast<std::uint32_t>(i - step.left), static_cast<std::uint32_t>(i),
                         static_cast<std::uint32_t>(j - step.right), static_cast<std::uint32_t>(j)});
      }
      i -= step.left;
      j -= step.right;
    }
    std::reverse(spans.begin(), spans.end());
    return spans;
  }

  std::span<const AlignItem> left_, right_;
  double ratio_;
  bool whole_ = true;
  std::size_t width_ = 0;
  std::vector<double> costs_;
  std::vector<std::uint8_t> steps_;
};

}  // namespace

std::vector<AlignedSpan> align(std::span<const AlignItem> left, std::span<const AlignItem> right, double ratio) {
  return Aligner(left, right, ratio).run();
}

}  // namespace crossglot
