#include "embed/block_matrix.h"

#include <bit>

#include "base/check.h"

namespace crossglot {

float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16U;
  const std::uint32_t exponent = (half >> 10U) & 31U;
  const std::uint32_t fraction = half & 0x3ffU;
  if (exponent == 0) {  // zero or subnormal: fraction * 2^-24
    const float size = static_cast<float>(fraction) * 5.9604644775390625e-8F;
    return sign != 0 ? -size : size;
  }
  return std::bit_cast<float>(sign | (exponent + 127 - 15) << 23U | fraction << 13U);
}

bool has_all_blocks(const BlockMatrix& matrix) {
  const std::size_t blocks = std::size_t{matrix.rows} * (matrix.columns / kBlockWeights);
  const std::size_t block_bytes = matrix.encoding == BlockEncoding::kInt4 ? kBlockWeights / 2 : kBlockWeights;
  return matrix.columns % kBlockWeights == 0 && matrix.scales.size() == blocks &&
         matrix.codes.size() == blocks * block_bytes;
}

void decode_row(const BlockMatrix& matrix, std::size_t row, float* out) {
  CG_CHECK(row < matrix.rows);
  const std::size_t blocks = matrix.columns / kBlockWeights;
  const std::uint16_t* scales = matrix.scales.data() + row * blocks;
  if (matrix.encoding == BlockEncoding::kInt4) {
    const std::uint8_t* codes = matrix.codes.data() + row * blocks * (kBlockWeights / 2);
    for (std::size_t b = 0; b < blocks; ++b, codes += kBlockWeights / 2, out += kBlockWeights) {
      const float scale = half_to_float(scales[b]);
      for (std::size_t i = 0; i < kBlockWeights / 2; ++i) {
        out[i] = static_cast<float>((codes[i] & 15) - 8) * scale;
        out[i + kBlockWeights / 2] = static_cast<float>((codes[i] >> 4) - 8) * scale;
      }
    }
    return;
  }
  const std::uint8_t* codes = matrix.codes.data() + row * blocks * kBlockWeights;
  for (std::size_t b = 0; b < blocks; ++b, codes += kBlockWeights, out += kBlockWeights) {
    const float scale = half_to_float(scales[b]);
    for (std::size_t i = 0; i < kBlockWeights; ++i) {
      out[i] = static_cast<float>(static_cast<std::int8_t>(codes[i])) * scale;
    }
  }
}

}  // namespace crossglot
