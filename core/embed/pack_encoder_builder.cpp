#include <bit>

#include "embed/pack_encoder.h"
#include "embed/pack_header.h"

namespace crossglot {
namespace {

void write_linear(ByteWriter& writer, const LinearWeights& linear) {
  CG_CHECK(linear.bias.size() == linear.matrix.rows);
  write_matrix(writer, linear.matrix);
  write_floats(writer, linear.bias);
}

void write_norm(ByteWriter& writer, const NormWeights& norm) {
  write_floats(writer, norm.scale);
  write_floats(writer, norm.shift);
}

}  // namespace

void write_matrix(ByteWriter& writer, const BlockMatrix& matrix) {
  const std::size_t blocks = std::size_t{matrix.rows} * (matrix.columns / kBlockWeights);
  CG_CHECK(matrix.scales.size() == blocks && matrix.codes.size() == blocks * block_bytes(matrix.encoding));
  writer.u8(static_cast<std::uint8_t>(matrix.encoding));
  for (const std::uint16_t scale : matrix.scales) writer.u16(scale);
  writer.append(matrix.codes);
}

void write_floats(ByteWriter& writer, std::span<const float> floats) {
  for (const float value : floats) writer.u32(std::bit_cast<std::uint32_t>(value));
}

Bytes build_encoder_file(const EncoderWeights& weights) {
  const EncoderShape& shape = weights.shape;
  CG_CHECK(check_shape(shape).ok());
  CG_CHECK(weights.positions.rows == shape.positions && weights.positions.columns == shape.hidden);
  ByteWriter writer;
  write_pack_header(writer, PackKind::kEncoder);
  writer.u8(static_cast<std::uint8_t>(shape.pooling));
  writer.varint(shape.layers);
  writer.varint(shape.hidden);
  writer.varint(shape.heads);
  writer.varint(shape.feed_forward);
  writer.varint(shape.positions);
  writer.varint(shape.pieces);
  writer.u32(std::bit_cast<std::uint32_t>(shape.layer_norm_epsilon));
  write_floats(writer, weights.type);
  write_norm(writer, weights.embedding_norm);
  write_matrix(writer, weights.positions);
  return writer.take();
}

Bytes build_layers_file(const EncoderWeights& weights, std::uint32_t first, std::uint32_t count) {
  CG_CHECK(count > 0 && first + count <= weights.layers.size());
  ByteWriter writer;
  write_pack_header(writer, PackKind::kLayers);
  writer.varint(first);
  writer.varint(count);
  for (std::uint32_t i = first; i < first + count; ++i) {
    const LayerWeights& layer = weights.layers[i];
    write_linear(writer, layer.query);
    write_linear(writer, layer.key);
    write_linear(writer, layer.value);
    write_linear(writer, layer.attention_output);
    write_norm(writer, layer.attention_norm);
    write_linear(writer, layer.feed_forward);
    write_linear(writer, layer.output);
    write_norm(writer, layer.output_norm);
  }
  return writer.take();
}

}  // namespace crossglot
