// simd/product_tiles.h - the int8 matrix product, written once: which tokens meet which weights when.
//
//              panel: kPanel outputs, all columns, stays in the first-level cache
//            +--------------+
//   tokens   | tile: up to  |   for each panel: for each tile: all columns, sums in registers,
//            | kTokens x    |   then scaled and stored; weights are read once a tile, activations once a panel
//            | kPanel sums  |
//            +--------------+
//
// Each variant's file defines `Unit`, what one of its registers does; static for the reason of float_steps.h.
//   kPanel kGroup kTokens     layout (kernels.h), and the most tokens whose sums fit the registers
//   kBlock                    columns, a multiple of kGroup; product_blocked() alone asks for it
//   kOutputs                  outputs of one Sums register
//   Sums Weights Values       register types
//   zero()                    Sums of nothing
//   weights(p)                kOutputs x kGroup weights from p
//   values(p)                 kGroup activations, repeated
//   dot(sums, weights, values)
//   finish(sums, zero, scale, matrix, row, out)   kOutputs results from matrix row `row` on
// Tokens are spread evenly over tiles: 16 tokens in tiles of at most 6 are 6 + 5 + 5, never 6 + 6 + 4.
//
// A query of few tokens waits for weights: the first tile reads a panel from far away, the others find it near. There
// product_blocked() goes on to the next tile after Unit::kBlock columns, with sums in memory meanwhile, so that a
// panel arrives while all tiles compute: a sixth less time for 16 tokens in a browser (DECISIONS.md).
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/kernels.h"

namespace crossglot {
namespace {

template <typename Unit, std::size_t kTokens>
void product_tile(const Activations& in, std::size_t token, const std::int8_t* panel, const PackedMatrix& matrix,
                  std::size_t row, float* out) {
  constexpr std::size_t kRegisters = Unit::kPanel / Unit::kOutputs;
  constexpr std::size_t kWeightBytes = Unit::kOutputs * Unit::kGroup;
  const std::size_t stride = matrix.columns * Unit::kActivationSize;
  const std::uint8_t* values = in.values + token * stride;
  typename Unit::Sums sums[kTokens][kRegisters];
  for (auto& of_token : sums) {
    for (auto& sum : of_token) sum = Unit::zero();
  }
  for (std::size_t c = 0; c < matrix.columns; c += Unit::kGroup) {
    typename Unit::Weights weights[kRegisters];
    for (std::size_t r = 0; r < kRegisters; ++r) weights[r] = Unit::weights(panel + r * kWeightBytes);
    panel += kRegisters * kWeightBytes;
    for (std::size_t t = 0; t < kTokens; ++t) {
      const auto value = Unit::values(values + t * stride + c * Unit::kActivationSize);
      for (std::size_t r = 0; r < kRegisters; ++r) sums[t][r] = Unit::dot(sums[t][r], weights[r], value);
    }
  }
  for (std::size_t t = 0; t < kTokens; ++t) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
      const std::size_t output = row + r * Unit::kOutputs;
      Unit::finish(sums[t][r], in.zeros[token + t], in.scales[token + t], matrix, output,
                   out + (token + t) * matrix.rows + output);
    }
  }
}

// The tile of `tokens` tokens, 1 <= tokens <= kTokens.
template <typename Unit, std::size_t kTokens>
void product_tile_of(std::size_t tokens, const Activations& in, std::size_t token, const std::int8_t* panel,
                     const PackedMatrix& matrix, std::size_t row, float* out) {
  if (tokens == kTokens) return product_tile<Unit, kTokens>(in, token, panel, matrix, row, out);
  if constexpr (kTokens > 1) {
    product_tile_of<Unit, kTokens - 1>(tokens, in, token, panel, matrix, row, out);
  }
}

template <typename Unit>
void product(const Activations& in, std::size_t tokens, const PackedMatrix& matrix, float* out) {
  const std::size_t tiles = (tokens + Unit::kTokens - 1) / Unit::kTokens;
  for (std::size_t row = 0; row < matrix.rows; row += Unit::kPanel) {
    const std::int8_t* panel = matrix.weights + row * matrix.columns;
    for (std::size_t tile = 0; tile < tiles; ++tile) {
      const std::size_t begin = tile * tokens / tiles;
      const std::size_t end = (tile + 1) * tokens / tiles;
      product_tile_of<Unit, Unit::kTokens>(end - begin, in, begin, panel, matrix, row, out);
    }
  }
}

// Columns of one tile: `bytes` of the panel's weights join the sums in `kept`, [kTokens][kRegisters].
template <typename Unit, std::size_t kTokens>
void join_tile(const std::uint8_t* values, std::size_t stride, const std::int8_t* weights, std::size_t bytes,
               typename Unit::Sums* kept) {
  constexpr std::size_t kRegisters = Unit::kPanel / Unit::kOutputs;
  constexpr std::size_t kWeightBytes = Unit::kOutputs * Unit::kGroup;
  typename Unit::Sums sums[kTokens][kRegisters];
  for (std::size_t t = 0; t < kTokens; ++t) {
    for (std::size_t r = 0; r < kRegisters; ++r) sums[t][r] = kept[t * kRegisters + r];
  }
  for (const std::int8_t* end = weights + bytes; weights != end; weights += kRegisters * kWeightBytes) {
    typename Unit::Weights group[kRegisters];
    for (std::size_t r = 0; r < kRegisters; ++r) group[r] = Unit::weights(weights + r * kWeightBytes);
    for (std::size_t t = 0; t < kTokens; ++t) {
      const auto value = Unit::values(values + t * stride);
      for (std::size_t r = 0; r < kRegisters; ++r) sums[t][r] = Unit::dot(sums[t][r], group[r], value);
    }
    values += Unit::kGroup * Unit::kActivationSize;
  }
  for (std::size_t t = 0; t < kTokens; ++t) {
    for (std::size_t r = 0; r < kRegisters; ++r) kept[t * kRegisters + r] = sums[t][r];
  }
}

template <typename Unit, std::size_t kTokens>
void join_tile_of(std::size_t tokens, const std::uint8_t* values, std::size_t stride, const std::int8_t* weights,
                  std::size_t bytes, typename Unit::Sums* kept) {
  if (tokens == kTokens) return join_tile<Unit, kTokens>(values, stride, weights, bytes, kept);
  if constexpr (kTokens > 1) join_tile_of<Unit, kTokens - 1>(tokens, values, stride, weights, bytes, kept);
}

// A panel for at most kBand tokens.
constexpr std::size_t kBand = 48;

template <typename Unit>
void product_band(const Activations& in, std::size_t token, std::size_t tokens, const PackedMatrix& matrix,
                  std::size_t row, float* out) {
  constexpr std::size_t kRegisters = Unit::kPanel / Unit::kOutputs;
  const std::int8_t* panel = matrix.weights + row * matrix.columns;
  const std::size_t stride = matrix.columns * Unit::kActivationSize;
  const std::uint8_t* values = in.values + token * stride;
  const std::size_t tiles = (tokens + Unit::kTokens - 1) / Unit::kTokens;
  typename Unit::Sums kept[kBand * kRegisters];
  for (std::size_t i = 0; i < tokens * kRegisters; ++i) kept[i] = Unit::zero();
  for (std::size_t c = 0; c < matrix.columns; c += Unit::kBlock) {
    const std::size_t columns = Unit::kBlock < matrix.columns - c ? Unit::kBlock : matrix.columns - c;
    for (std::size_t tile = 0; tile < tiles; ++tile) {
      const std::size_t begin = tile * tokens / tiles;
      const std::size_t end = (tile + 1) * tokens / tiles;
      join_tile_of<Unit, Unit::kTokens>(end - begin, values + begin * stride + c * Unit::kActivationSize, stride,
                                        panel + c * Unit::kPanel, columns * Unit::kPanel, kept + begin * kRegisters);
    }
  }
  for (std::size_t t = 0; t < tokens; ++t) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
      const std::size_t output = row + r * Unit::kOutputs;
      Unit::finish(kept[t * kRegisters + r], in.zeros[token + t], in.scales[token + t], matrix, output,
                   out + (token + t) * matrix.rows + output);
    }
  }
}

template <typename Unit>
void product_blocked(const Activations& in, std::size_t tokens, const PackedMatrix& matrix, float* out) {
  const std::size_t bands = (tokens + kBand - 1) / kBand;
  for (std::size_t row = 0; row < matrix.rows; row += Unit::kPanel) {
    for (std::size_t band = 0; band < bands; ++band) {
      const std::size_t begin = band * tokens / bands;
      product_band<Unit>(in, begin, (band + 1) * tokens / bands - begin, matrix, row, out);
    }
  }
}

}  // namespace
}  // namespace crossglot
