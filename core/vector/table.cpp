#include "vector/table.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/check.h"
#include "base/sort.h"
#include "vector/int4.h"

namespace crossglot {
namespace {

// The cosine of a row of normal numbers with its signs, the root of 2 / pi: guesses then compare with exact scores.
constexpr float kSignShare = 0.7978846F;
// Rows of one call of the kernel: their sums stay in the first cache.
constexpr std::size_t kBatch = 256;

bool better(const ScoredRow& a, const ScoredRow& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

// The end of the run of rows from `row` on that are all read or all left out.
template <typename Reads>
std::size_t run_end(std::size_t row, std::size_t size, bool read, const Reads& reads) {
  std::size_t end = row + 1;
  while (end < size && end - row < kBatch && reads(end) == read) ++end;
  return end;
}

}  // namespace

VectorTable::VectorTable(std::size_t rows, std::size_t dimensions)
    : dimensions_(dimensions),
      row_bytes_(int4_row_bytes(dimensions)),
      nibbles_(rows * row_bytes_),
      scales_(rows),
      present_(rows),
      absent_(rows) {}

void VectorTable::set_rows(std::size_t first, std::span<const std::uint8_t> nibbles, std::span<const float> scales) {
  CG_CHECK(first <= size() && scales.size() <= size() - first && nibbles.size() == scales.size() * row_bytes_);
  std::copy(nibbles.begin(), nibbles.end(), nibbles_.begin() + static_cast<std::ptrdiff_t>(first * row_bytes_));
  std::copy(scales.begin(), scales.end(), scales_.begin() + static_cast<std::ptrdiff_t>(first));
  for (std::size_t row = first; row < first + scales.size(); ++row) {
    absent_ -= present_[row] == 0 ? 1 : 0;
    present_[row] = 1;
  }
}

void VectorTable::score(const VectorQuery& query, std::span<const std::uint8_t> wanted, std::span<float> scores,
                        const ScanKernels& kernels) const {
  CG_CHECK(scores.size() == size() && (wanted.empty() || wanted.size() == size()));
  CG_CHECK(size() == 0 || query.codes.size() == padded_dimensions(dimensions_));
  const auto reads = [&](std::size_t row) { return present_[row] != 0 && (wanted.empty() || wanted[row] != 0); };
  const bool all = absent_ == 0 && wanted.empty();
  const std::int32_t offset = kInt4Zero * query.sum;
  std::int32_t sums[kBatch];
  for (std::size_t row = 0; row < size();) {
    const bool read = all || reads(row);
    const std::size_t end = all ? std::min(size(), row + kBatch) : run_end(row, size(), read, reads);
    if (read) {
      kernels.dots_i4(query.codes.data(), nibbles_.data() + row * row_bytes_, end - row, query.codes.size(), sums);
      for (std::size_t i = row; i < end; ++i) {
        scores[i] = static_cast<float>(sums[i - row] - offset) * (query.scale * scales_[i]);
      }
    } else {
      std::fill(scores.begin() + static_cast<std::ptrdiff_t>(row), scores.begin() + static_cast<std::ptrdiff_t>(end),
                kNoScore);
    }
    row = end;
  }
}

BitTable::BitTable(std::size_t rows, std::size_t dimensions)
    : dimensions_(dimensions), row_bytes_(8 * bit_words(dimensions)), bits_(rows * row_bytes_), present_(rows) {}

void BitTable::set_rows(std::size_t first, std::size_t count, std::span<const std::uint8_t> bytes) {
  CG_CHECK(first <= size() && count <= size() - first && bytes.size() == count * row_bytes_);
  std::copy(bytes.begin(), bytes.end(), bits_.begin() + static_cast<std::ptrdiff_t>(first * row_bytes_));
  std::fill_n(present_.begin() + static_cast<std::ptrdiff_t>(first), count, std::uint8_t{1});
}

// The product with a row of signs is twice the sum of the codes whose bit is set, less that of all; a table says what
// each value of each byte adds to it.
void BitTable::score(const VectorQuery& query, std::span<const std::uint8_t> wanted, std::span<float> scores) const {
  CG_CHECK(scores.size() == size() && (wanted.empty() || wanted.size() == size()));
  CG_CHECK(size() == 0 || query.codes.size() == padded_dimensions(dimensions_));
  std::vector<std::int16_t> sums(row_bytes_ * 256, 0);
  for (std::size_t byte = 0; byte < row_bytes_; ++byte) {
    for (unsigned value = 1; value < 256; ++value) {
      const std::int16_t rest = sums[byte * 256 + (value & (value - 1))];
      const int code = query.codes[byte * 8 + static_cast<std::size_t>(std::countr_zero(value))];
      sums[byte * 256 + value] = static_cast<std::int16_t>(rest + 2 * code);
    }
  }
  const float scale = query.scale / (kSignShare * std::sqrt(static_cast<float>(dimensions_)));
  for (std::size_t row = 0; row < size(); ++row) {
    if (present_[row] == 0 || scores[row] != kNoScore || (!wanted.empty() && wanted[row] == 0)) continue;
    const std::uint8_t* bits = bits_.data() + row * row_bytes_;
    std::int32_t sum = -query.sum;
    for (std::size_t byte = 0; byte < row_bytes_; ++byte) sum += sums[byte * 256 + bits[byte]];
    scores[row] = scale * static_cast<float>(sum);
  }
}

// A heap of the best so far with the worst of them in front: most rows cost one comparison.
std::vector<ScoredRow> best_rows(std::span<const float> scores, std::size_t k) {
  std::vector<ScoredRow> best;
  if (k == 0) return best;
  float worst = kNoScore;  // what a row must pass; one that ties comes later, so it is no better
  for (std::uint32_t row = 0; row < scores.size(); ++row) {
    if (!(scores[row] > worst)) continue;
    if (best.size() == k) {
      std::pop_heap(best.begin(), best.end(), better);
      best.back() = {row, scores[row]};
    } else {
      best.push_back({row, scores[row]});
    }
    std::push_heap(best.begin(), best.end(), better);
    if (best.size() == k) worst = best.front().score;
  }
  sort_small(std::span(best), better);
  return best;
}

}  // namespace crossglot
