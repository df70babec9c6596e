// format/vector_shard.h - the vectors of a run of rows: four-bit numbers with a scale a row, or one bit a number.
//
// Vectors do not compress by more than their entropy, so a shard is what is searched: it is copied into a table.
//
// Bytes: core/format/FORMAT.md, "Vectors" and "Bits".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

// The layout of four-bit rows (vector/int4.h) as this layer must know it: blocks of 128 numbers.
constexpr std::size_t vector_row_bytes(std::size_t dimensions) {
  return (dimensions + 127) / 128 * 64;
}
constexpr std::size_t bit_row_bytes(std::size_t dimensions) {
  return (dimensions + 63) / 64 * 8;
}

inline constexpr float kVectorScaleMax = 1;  // of rows of length 1 at the most: no number is larger than 7 scales

struct VectorShard {
  ByteSpan nibbles;           // of all rows
  std::vector<float> scales;  // a row each: 0 to kVectorScaleMax

  // rows, dimensions: as the list says. nibbles are borrowed. Errors: kCorrupt, kTooNew, kTooOld.
  static Result<VectorShard> open(ByteSpan bytes, std::size_t rows, std::size_t dimensions);
};

struct BitShard {
  ByteSpan bits;  // bit_row_bytes() a row
  static Result<BitShard> open(ByteSpan bytes, std::size_t rows, std::size_t dimensions);
};

// vector_shard_builder.cpp
Bytes build_vector_shard(ByteSpan nibbles, std::span<const float> scales);
Bytes build_bit_shard(ByteSpan bits);

}  // namespace crossglot
