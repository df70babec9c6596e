// embed/packed_linear.h - a linear map as the kernels want it: int8 weights, one scale a row, packed for one variant.
//
// A row's scale is its largest weight by size over 127; weights are rounded to the nearest, ties to even. Blocks of
// the pack have scales of their own: folding them into one a row costs a cosine of .0001 (DECISIONS.md), and saves
// the inner loop a float multiplication a block.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "embed/weights.h"
#include "simd/kernels.h"

namespace crossglot {

// Memory at kPackedAlignment.
class AlignedBytes {
 public:
  explicit AlignedBytes(std::size_t size = 0);
  std::int8_t* data() { return memory_.data() + offset_; }
  const std::int8_t* data() const { return memory_.data() + offset_; }

 private:
  std::vector<std::int8_t> memory_;  // moving it moves no byte
  std::size_t offset_ = 0;
};

class PackedLinear {
 public:
  PackedLinear() = default;
  // The maps of `parts` over the same inputs, their outputs one after the other. At least one part.
  // Precondition: every matrix has_all_blocks(), rows and columns are multiples of kPackedMultiple, and each bias has
  // a float a row.
  PackedLinear(const Kernels& kernels, std::span<const LinearWeights* const> parts);

  PackedMatrix matrix() const;

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  AlignedBytes weights_;
  std::vector<std::int32_t> sums_;
  std::vector<float> scales_;
  std::vector<float> bias_;
};

}  // namespace crossglot
