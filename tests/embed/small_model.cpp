#include "embed/small_model.h"

#include <cmath>

#include "embed/block_matrix.h"

namespace crossglot::test {
namespace {

// float16 bits of a positive normal number, cut.
std::uint16_t to_half(float x) {
  int exponent = 0;
  const float fraction = std::frexp(x, &exponent);  // x = fraction * 2^exponent, 0.5 <= fraction < 1
  return static_cast<std::uint16_t>(((exponent - 1 + 15) << 10) | static_cast<int>((fraction * 2 - 1) * 1024));
}

}  // namespace

SmallModel::SmallModel(EncoderShape shape, std::uint32_t seed) : numbers_(seed) {
  const std::uint32_t hidden = shape.hidden;
  weights_.shape = shape;
  rows_ = matrix(shape.pieces, hidden, BlockEncoding::kInt4, 1);
  weights_.positions = matrix(shape.positions, hidden, BlockEncoding::kInt8, 0.3F);
  weights_.type = floats(hidden, 0, 0.3F);
  weights_.embedding_norm = {floats(hidden, 1, 0.2F), floats(hidden, 0, 0.2F)};
  for (std::uint32_t i = 0; i < shape.layers; ++i) {
    // Both encodings in turn.
    const BlockEncoding encoding = i % 2 == 0 ? BlockEncoding::kInt4 : BlockEncoding::kInt8;
    LayerWeights layer;
    layer.query = linear(hidden, hidden, encoding);
    layer.key = linear(hidden, hidden, encoding);
    layer.value = linear(hidden, hidden, encoding);
    layer.attention_output = linear(hidden, hidden, encoding);
    layer.attention_norm = {floats(hidden, 1, 0.2F), floats(hidden, 0, 0.2F)};
    layer.feed_forward = linear(shape.feed_forward, hidden, encoding);
    layer.output = linear(hidden, shape.feed_forward, encoding);
    layer.output_norm = {floats(hidden, 1, 0.2F), floats(hidden, 0, 0.2F)};
    weights_.layers.push_back(layer);
  }
}

std::vector<std::uint32_t> SmallModel::text(std::size_t pieces, std::uint32_t seed) const {
  Numbers numbers(seed + 1000);
  std::vector<std::uint32_t> out(pieces);
  for (std::uint32_t& piece : out) piece = numbers.next() % weights_.shape.pieces;
  return out;
}

bool SmallModel::row(std::uint32_t piece, std::span<float> out) const {
  if (piece == missing_piece) return false;
  decode_row(rows_, piece, out.data());
  return true;
}

BlockMatrix SmallModel::matrix(std::uint32_t rows, std::uint32_t columns, BlockEncoding encoding, float size) {
  const std::size_t blocks = std::size_t{rows} * (columns / kBlockWeights);
  const bool small = encoding == BlockEncoding::kInt4;
  std::vector<std::uint16_t>& scales = scales_.emplace_back(blocks);
  std::vector<std::uint8_t>& codes = codes_.emplace_back(blocks * (small ? kBlockWeights / 2 : kBlockWeights));
  // Codes are spread evenly: their standard deviation is 4.6 of int4, 74 of int8.
  for (std::uint16_t& scale : scales) {
    scale = to_half(size / (small ? 4.6F : 74.0F) * (0.5F + static_cast<float>(numbers_.next() % 256) / 256));
    if (numbers_.next() % 4 == 0) scale |= 0x8000;  // importers keep the sign of the largest weight
  }
  for (std::uint8_t& code : codes) code = static_cast<std::uint8_t>(numbers_.next());
  return {rows, columns, encoding, scales, codes};
}

std::span<const float> SmallModel::floats(std::size_t n, float mean, float size) {
  std::vector<float>& out = floats_.emplace_back(numbers_.normals(n, size));
  for (float& x : out) x += mean;
  return out;
}

LinearWeights SmallModel::linear(std::uint32_t rows, std::uint32_t columns, BlockEncoding encoding) {
  LinearWeights out;
  out.matrix = matrix(rows, columns, encoding, 1 / std::sqrt(static_cast<float>(columns)));
  out.bias = floats(rows, 0, 0.1F);
  return out;
}

}  // namespace crossglot::test
