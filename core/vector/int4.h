// vector/int4.h - rows of numbers in four bits and a scale: what a bundle stores of a vector, and what is searched.
//
//   x = scale * (q - 8), q in 1..15: symmetric, so that a row and its negative lose the same
//   layout: blocks of 128 numbers in 64 bytes (simd/scan.h); rows are padded with q = 8, which is 0
//
// At 384 dimensions a row is 192 bytes and a scale. Centred vectors lose next to nothing: nDCG@10 within .001 of
// float32 on xquad-r (DECISIONS.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "simd/scan.h"

namespace crossglot {

inline constexpr std::size_t kDimensionsMax = 4096;  // of vectors in a bundle
inline constexpr std::int32_t kInt4Zero = 8;

constexpr std::size_t padded_dimensions(std::size_t dimensions) {
  return (dimensions + kNibbleBlock - 1) / kNibbleBlock * kNibbleBlock;
}
constexpr std::size_t int4_row_bytes(std::size_t dimensions) {
  return padded_dimensions(dimensions) / 2;
}

// Writes the row's int4_row_bytes(row.size()) bytes and returns its scale, largest |x| / 7; 0 for a row of zeros.
// A number that is not finite counts as 0. Ties between two steps go away from 0.
float quantise_int4(std::span<const float> row, std::span<std::uint8_t> out);

// The inverse, into out.size() dimensions. Precondition: row.size() == int4_row_bytes(out.size()).
void dequantise_int4(std::span<const std::uint8_t> row, float scale, std::span<float> out);

}  // namespace crossglot
