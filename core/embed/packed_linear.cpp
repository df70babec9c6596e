#include "embed/packed_linear.h"

#include <bit>

#include "base/check.h"
#include "embed/block_matrix.h"

namespace crossglot {
namespace {

// Adding it rounds to an integer, ties to even, which then stands in the low bits (simd/float_steps.h).
constexpr float kRounder = 12582912.0F;

// Writes row.size() weights and returns their scale. A row of nothing, or of less than floats can invert, is zeros.
float quantise_row(std::span<const float> row, std::int8_t* out) {
  // The largest magnitude: floats without sign order as their bits do, and compilers widen that loop.
  std::uint32_t largest_bits = 0;
  for (float weight : row) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(weight) & 0x7fffffffU;
    largest_bits = bits > largest_bits ? bits : largest_bits;
  }
  const float largest = std::bit_cast<float>(largest_bits);
  const bool flat = !(largest > 1e-30F && largest < 1e30F);
  const float inverse = flat ? 0 : 127.0F / largest;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const float shifted = (flat ? 0 : row[i]) * inverse + kRounder;
    out[i] = static_cast<std::int8_t>(std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(kRounder));
  }
  return flat ? 0 : largest / 127.0F;
}

}  // namespace

AlignedBytes::AlignedBytes(std::size_t size) : memory_(size == 0 ? 0 : size + kPackedAlignment) {
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
  offset_ = size == 0 ? 0 : (kPackedAlignment - address % kPackedAlignment) % kPackedAlignment;
}

PackedLinear::PackedLinear(const Kernels& kernels, std::span<const LinearWeights* const> parts)
    : columns_(parts[0]->matrix.columns) {
  for (const LinearWeights* part : parts) rows_ += part->matrix.rows;
  weights_ = AlignedBytes(rows_ * columns_);
  sums_.resize(rows_);
  scales_.resize(rows_);
  std::vector<float> row(columns_);
  std::vector<std::int8_t> band(kPackedMultiple * columns_);  // as many rows as every panel divides
  std::size_t r = 0;
  for (const LinearWeights* part : parts) {
    CG_CHECK(part->matrix.columns == columns_ && part->matrix.rows % kPackedMultiple == 0);
    bias_.insert(bias_.end(), part->bias.begin(), part->bias.end());
    for (std::size_t i = 0; i < part->matrix.rows; ++i, ++r) {
      std::int8_t* q = band.data() + r % kPackedMultiple * columns_;
      decode_row(part->matrix, i, row.data());
      scales_[r] = quantise_row(row, q);
      for (std::size_t c = 0; c < columns_; ++c) sums_[r] += q[c];
      if (r % kPackedMultiple == kPackedMultiple - 1) {
        pack(kernels, band.data(), kPackedMultiple, columns_, weights_.data() + (r + 1 - kPackedMultiple) * columns_);
      }
    }
  }
  CG_CHECK(bias_.size() == rows_);
}

PackedMatrix PackedLinear::matrix() const {
  return {weights_.data(), sums_.data(), scales_.data(), bias_.data(), rows_, columns_};
}

}  // namespace crossglot
