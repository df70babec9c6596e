#include "build/model/quantise.h"

#include <algorithm>
#include <cmath>

#include "build/model/half.h"
#include "embed/block_matrix.h"

namespace crossglot {
namespace {

constexpr int kInt8Max = 127;
constexpr int kInt4Max = 7;
constexpr int kInt4Min = -8;

using Block = std::span<const float, kBlockWeights>;

float largest(Block block) {
  float found = 0;
  for (const float value : block) {
    if (std::abs(value) > std::abs(found)) found = value;
  }
  return found;
}

// Round, halves away from zero: no rounding mode and no library function decides.
int round_ratio(float value, float scale) {
  if (scale == 0) return 0;
  const float ratio = value / scale;
  return static_cast<int>(ratio < 0 ? ratio - 0.5F : ratio + 0.5F);
}

void write_int8(Block block, float scale, std::uint8_t* codes) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    codes[i] = static_cast<std::uint8_t>(std::clamp(round_ratio(block[i], scale), -kInt8Max, kInt8Max));
  }
}

void write_int4(Block block, float scale, std::uint8_t* codes) {
  const auto code = [&](float value) {
    return static_cast<unsigned>(std::clamp(round_ratio(value, scale), kInt4Min, kInt4Max) - kInt4Min);
  };
  for (std::size_t i = 0; i < kBlockWeights / 2; ++i) {
    codes[i] = static_cast<std::uint8_t>(code(block[i]) | code(block[i + kBlockWeights / 2]) << 4);
  }
}

}  // namespace

Result<BlockMatrix> quantise(std::span<const float> values, std::uint32_t rows, std::uint32_t columns,
                             BlockEncoding encoding, const std::string& name, Model& model) {
  CG_CHECK(columns % kBlockWeights == 0 && values.size() == std::size_t{rows} * columns);
  const std::size_t blocks = values.size() / kBlockWeights;
  const std::size_t bytes = block_bytes(encoding);
  std::vector<std::uint16_t> scales(blocks);
  Bytes codes(blocks * bytes);
  for (std::size_t i = 0; i < blocks; ++i) {
    const Block block(values.data() + i * kBlockWeights, kBlockWeights);
    for (const float value : block) {
      if (!std::isfinite(value)) return make_error(ErrorCode::kInput, name + ": holds a number that is not finite");
    }
    const float peak = largest(block);
    const float wanted = encoding == BlockEncoding::kInt8 ? std::abs(peak) / kInt8Max : peak / kInt4Min;
    scales[i] = float_to_half(wanted);
    if (!is_finite_half(scales[i])) {
      return make_error(ErrorCode::kInput, name + ": holds a number too large to be a weight");
    }
    const float scale = half_to_float(scales[i]);
    if (encoding == BlockEncoding::kInt8) {
      write_int8(block, scale, codes.data() + i * bytes);
    } else {
      write_int4(block, scale, codes.data() + i * bytes);
    }
  }
  BlockMatrix matrix;
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.encoding = encoding;
  matrix.scales = model.numbers.scales.emplace_back(std::move(scales));
  matrix.codes = model.codes.emplace_back(std::move(codes));
  return matrix;
}

std::span<const float> keep(std::vector<float> floats, Model& model) {
  return model.numbers.floats.emplace_back(std::move(floats));
}

}  // namespace crossglot
