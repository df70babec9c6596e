#include "embed/encoder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "embed/block_matrix.h"
#include "embed/pack_encoder.h"

namespace crossglot {
namespace {

bool fits(const LinearWeights& linear, std::uint32_t rows, std::uint32_t columns) {
  return linear.matrix.rows == rows && linear.matrix.columns == columns && has_all_blocks(linear.matrix) &&
         linear.bias.size() == rows;
}

bool fits(const NormWeights& norm, std::uint32_t hidden) {
  return norm.scale.size() == hidden && norm.shift.size() == hidden;
}

bool fits(const LayerWeights& layer, const EncoderShape& shape) {
  const std::uint32_t hidden = shape.hidden;
  return fits(layer.query, hidden, hidden) && fits(layer.key, hidden, hidden) && fits(layer.value, hidden, hidden) &&
         fits(layer.attention_output, hidden, hidden) && fits(layer.attention_norm, hidden) &&
         fits(layer.feed_forward, shape.feed_forward, hidden) && fits(layer.output, hidden, shape.feed_forward) &&
         fits(layer.output_norm, hidden);
}

Error bad_matrix() {
  return make_error(ErrorCode::kCorrupt, "a matrix of the model's encoder has not the shape that it must have");
}

std::vector<float> copy(std::span<const float> floats) {
  return {floats.begin(), floats.end()};
}

}  // namespace

Result<Encoder> Encoder::create(const EncoderWeights& weights, const Kernels& kernels) {
  const EncoderShape& shape = weights.shape;
  if (Status status = check_shape(shape); !status) return status.error();
  if (shape.hidden / shape.heads % kLanes != 0) {
    return make_error(ErrorCode::kArgument, "the model's heads have " + std::to_string(shape.hidden / shape.heads) +
                                                " dimensions: only multiples of 16 can be run");
  }
  const BlockMatrix& positions = weights.positions;
  if (positions.rows != shape.positions || positions.columns != shape.hidden || !has_all_blocks(positions) ||
      weights.type.size() != shape.hidden || !fits(weights.embedding_norm, shape.hidden) ||
      weights.layers.size() > shape.layers) {
    return bad_matrix();
  }
  Encoder encoder;
  encoder.shape_ = shape;
  encoder.kernels_ = &kernels;
  encoder.embedding_norm_ = {copy(weights.embedding_norm.scale), copy(weights.embedding_norm.shift)};
  encoder.positions_.resize(std::size_t{shape.positions} * shape.hidden);
  for (std::size_t p = 0; p < shape.positions; ++p) {
    float* row = encoder.positions_.data() + p * shape.hidden;
    decode_row(positions, p, row);
    for (std::size_t i = 0; i < shape.hidden; ++i) row[i] += weights.type[i];
  }
  encoder.layers_.reserve(shape.layers);
  for (const LayerWeights& layer : weights.layers) {
    if (Status status = encoder.add_layer(layer); !status) return status.error();
  }
  return encoder;
}

Status Encoder::add_layer(const LayerWeights& weights) {
  CG_CHECK(!ready());
  if (!fits(weights, shape_)) return bad_matrix();
  const auto pack_all = [this](std::initializer_list<const LinearWeights*> parts) {
    return PackedLinear(*kernels_, {parts.begin(), parts.size()});
  };
  Layer layer;
  layer.query_key_value = pack_all({&weights.query, &weights.key, &weights.value});
  layer.attention_output = pack_all({&weights.attention_output});
  layer.feed_forward = pack_all({&weights.feed_forward});
  layer.output = pack_all({&weights.output});
  layer.attention_norm = {copy(weights.attention_norm.scale), copy(weights.attention_norm.shift)};
  layer.output_norm = {copy(weights.output_norm.scale), copy(weights.output_norm.shift)};
  layers_.push_back(std::move(layer));
  return ok_status();
}

Status Encoder::check_pieces(std::span<const std::uint32_t> pieces) const {
  if (pieces.empty() || pieces.size() > shape_.positions) {
    return make_error(ErrorCode::kArgument, "a text of " + std::to_string(pieces.size()) +
                                                " pieces: the model reads 1 to " + std::to_string(shape_.positions));
  }
  for (std::uint32_t piece : pieces) {
    if (piece >= shape_.pieces) {
      return make_error(ErrorCode::kArgument, "the model has no piece " + std::to_string(piece));
    }
  }
  return ok_status();
}

Status Encoder::encode(const RowSource& rows, std::span<const std::uint32_t> pieces, EncoderWorkspace& workspace,
                       std::span<float> out) const {
  CG_CHECK(ready() && out.size() == shape_.hidden);
  if (Status status = check_pieces(pieces); !status) return status;
  CG_CHECK(pieces.size() <= workspace.pieces_max_);
  if (Status status = embed(rows, pieces, 0, workspace); !status) return status;
  const Text text{0, pieces.size()};
  for (const Layer& layer : layers_) run_layer(layer, pieces.size(), {&text, 1}, workspace);
  pool(text, workspace, out);
  return ok_status();
}

Status Encoder::encode_all(const RowSource& rows, std::span<const std::vector<std::uint32_t>> texts,
                           EncoderWorkspace& workspace, std::span<float> out) const {
  CG_CHECK(ready() && out.size() == texts.size() * shape_.hidden);
  std::vector<Text> places;
  places.reserve(texts.size());
  std::size_t pieces = 0;
  for (const std::vector<std::uint32_t>& text : texts) {
    if (Status status = check_pieces(text); !status) return status;
    places.push_back({pieces, text.size()});
    pieces += text.size();
  }
  CG_CHECK(pieces <= workspace.pieces_max_);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (Status status = embed(rows, texts[i], places[i].begin, workspace); !status) return status;
  }
  for (const Layer& layer : layers_) run_layer(layer, pieces, places, workspace);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    pool(places[i], workspace, out.subspan(i * shape_.hidden, shape_.hidden));
  }
  return ok_status();
}

}  // namespace crossglot
