#include "build/page_order.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/check.h"

namespace crossglot {
namespace {

constexpr int kFractionBits = 12;
constexpr int kRoundsMax = 20;
constexpr std::size_t kLeafSize = 8;  // smaller runs lie in one page shard anyway

class Bisection {
 public:
  Bisection(const std::vector<std::vector<std::uint32_t>>& terms_of, std::uint32_t term_count)
      : terms_of_(terms_of),
        left_(term_count),
        right_(term_count),
        gain_(terms_of.size()),
        move_left_(term_count),
        move_right_(term_count) {
    for (std::uint32_t i = 0; i <= terms_of.size() + 1; ++i) logs_.push_back(i == 0 ? 0 : log2_fixed(i));
  }

  void run(std::uint32_t* documents, std::size_t size) {
    if (size <= kLeafSize) return;
    const std::size_t half = size / 2;
    count(documents, half, left_, 1);
    count(documents + half, size - half, right_, 1);
    for (int round = 0; round < kRoundsMax && improve(documents, half, size); ++round) {
    }
    count(documents, half, left_, 0);
    count(documents + half, size - half, right_, 0);
    run(documents, half);
    run(documents + half, size - half);
  }

 private:
  // by 0 clears instead: only the terms of these documents are ever set.
  void count(const std::uint32_t* documents, std::size_t size, std::vector<std::uint32_t>& degrees,
             std::uint32_t by) {
    for (std::size_t i = 0; i < size; ++i) {
      for (const std::uint32_t term : terms_of_[documents[i]]) degrees[term] = by == 0 ? 0 : degrees[term] + by;
    }
  }

  std::int64_t cost(std::uint32_t degree, std::size_t size) const {
    return static_cast<std::int64_t>(degree) *
           (static_cast<std::int64_t>(logs_[size]) - static_cast<std::int64_t>(logs_[degree + 1]));
  }

  // What is won when one document with `term` goes to the other half (whose sizes stay, as documents are swapped).
  std::int64_t gain_of(std::uint32_t here, std::uint32_t there, std::size_t size_here, std::size_t size_there) const {
    return cost(here, size_here) + cost(there, size_there) - cost(here - 1, size_here) - cost(there + 1, size_there);
  }

  void fill_gains(const std::uint32_t* documents, std::size_t half, std::size_t size) {
    constexpr std::int64_t kUnknown = INT64_MIN;
    for (std::size_t i = 0; i < size; ++i) {
      for (const std::uint32_t term : terms_of_[documents[i]]) move_left_[term] = move_right_[term] = kUnknown;
    }
    for (std::size_t i = 0; i < size; ++i) {
      const bool in_left = i < half;
      std::int64_t gain = 0;
      for (const std::uint32_t term : terms_of_[documents[i]]) {
        std::int64_t& move = in_left ? move_right_[term] : move_left_[term];
        if (move == kUnknown) {
          move = in_left ? gain_of(left_[term], right_[term], half, size - half)
                         : gain_of(right_[term], left_[term], size - half, half);
        }
        gain += move;
      }
      gain_[documents[i]] = gain;
    }
  }

  // One round of swaps; false when none pays.
  bool improve(std::uint32_t* documents, std::size_t half, std::size_t size) {
    fill_gains(documents, half, size);
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
      return gain_[a] != gain_[b] ? gain_[a] > gain_[b] : a < b;
    };
    std::sort(documents, documents + half, better);
    std::sort(documents + half, documents + size, better);
    bool swapped = false;
    for (std::size_t i = 0; i < half && i < size - half; ++i) {
      std::uint32_t& a = documents[i];
      std::uint32_t& b = documents[half + i];
      if (gain_[a] + gain_[b] <= 0) break;
      for (const std::uint32_t term : terms_of_[a]) --left_[term], ++right_[term];
      for (const std::uint32_t term : terms_of_[b]) ++left_[term], --right_[term];
      std::swap(a, b);
      swapped = true;
    }
    return swapped;
  }

  const std::vector<std::vector<std::uint32_t>>& terms_of_;
  std::vector<std::uint32_t> left_, right_;  // by term: documents of either half that have it
  std::vector<std::int64_t> gain_;           // by document
  std::vector<std::int64_t> move_left_, move_right_;
  std::vector<std::uint32_t> logs_;
};

}  // namespace

// Squares the mantissa bit by bit: exact integer arithmetic.
std::uint32_t log2_fixed(std::uint32_t value) {
  CG_CHECK(value >= 1);
  const auto whole = static_cast<std::uint32_t>(std::bit_width(value)) - 1;
  std::uint64_t mantissa = (std::uint64_t{value} << 31) >> whole;  // in [1, 2) with 31 bits behind the point
  std::uint32_t result = whole;
  for (int bit = 0; bit < kFractionBits; ++bit) {
    mantissa = mantissa * mantissa >> 31;
    result <<= 1;
    if (mantissa >= std::uint64_t{1} << 32) {
      mantissa >>= 1;
      result |= 1;
    }
  }
  return result;
}

std::vector<std::uint32_t> order_by_bisection(const std::vector<std::vector<std::uint32_t>>& terms_of,
                                              std::uint32_t term_count) {
  std::vector<std::uint32_t> documents(terms_of.size());
  std::iota(documents.begin(), documents.end(), 0U);
  Bisection bisection(terms_of, term_count);
  bisection.run(documents.data(), documents.size());
  return documents;
}

}  // namespace crossglot
