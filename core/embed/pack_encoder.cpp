#include "embed/pack_encoder.h"

#include <bit>
#include <string>

#include "embed/pack_header.h"

namespace crossglot {
namespace {

// The largest that the family has (BERT large, XLM-RoBERTa XL apart), with room; what is larger is a broken file.
// They bound every product below 2^32.
constexpr std::uint32_t kLayersMax = 48;
constexpr std::uint32_t kHiddenMax = 1024;
constexpr std::uint32_t kHeadsMax = 64;
constexpr std::uint32_t kFeedForwardMax = 8192;
constexpr std::uint32_t kPositionsMax = 8192;
constexpr std::uint32_t kVocabularyMax = 1u << 20;

Error corrupt(const std::string& what) {
  return make_error(ErrorCode::kCorrupt, "the model's encoder " + what);
}

bool in_range(std::uint32_t value, std::uint32_t max) {
  return value > 0 && value <= max;
}

LinearWeights read_linear(ByteReader& reader, std::uint32_t rows, std::uint32_t columns, PackStorage& storage) {
  LinearWeights linear;
  linear.matrix = read_matrix(reader, rows, columns, storage);
  linear.bias = read_floats(reader, rows, storage);
  return linear;
}

NormWeights read_norm(ByteReader& reader, std::uint32_t hidden, PackStorage& storage) {
  NormWeights norm;
  norm.scale = read_floats(reader, hidden, storage);
  norm.shift = read_floats(reader, hidden, storage);
  return norm;
}

LayerWeights read_layer(ByteReader& reader, const EncoderShape& shape, PackStorage& storage) {
  LayerWeights layer;
  layer.query = read_linear(reader, shape.hidden, shape.hidden, storage);
  layer.key = read_linear(reader, shape.hidden, shape.hidden, storage);
  layer.value = read_linear(reader, shape.hidden, shape.hidden, storage);
  layer.attention_output = read_linear(reader, shape.hidden, shape.hidden, storage);
  layer.attention_norm = read_norm(reader, shape.hidden, storage);
  layer.feed_forward = read_linear(reader, shape.feed_forward, shape.hidden, storage);
  layer.output = read_linear(reader, shape.hidden, shape.feed_forward, storage);
  layer.output_norm = read_norm(reader, shape.hidden, storage);
  return layer;
}

void append(PackStorage& to, PackStorage from) {
  for (auto& scales : from.scales) to.scales.push_back(std::move(scales));
  for (auto& floats : from.floats) to.floats.push_back(std::move(floats));
}

}  // namespace

Status check_shape(const EncoderShape& shape) {
  if (!in_range(shape.layers, kLayersMax)) return corrupt("has no layers or more than any may have");
  if (!in_range(shape.hidden, kHiddenMax) || shape.hidden % kBlockWeights != 0) {
    return corrupt("has " + std::to_string(shape.hidden) + " dimensions: at most " + std::to_string(kHiddenMax) +
                   ", a multiple of 32, can be read");
  }
  if (!in_range(shape.heads, kHeadsMax) || shape.hidden % shape.heads != 0) {
    return corrupt("has a number of heads that does not divide its dimensions");
  }
  if (!in_range(shape.feed_forward, kFeedForwardMax) || shape.feed_forward % kBlockWeights != 0) {
    return corrupt("has a feed-forward size that is not a multiple of 32, or larger than any may be");
  }
  if (!in_range(shape.positions, kPositionsMax)) return corrupt("has no positions or more than any may have");
  if (!in_range(shape.pieces, kVocabularyMax)) return corrupt("has no pieces or more than any may have");
  if (!(shape.layer_norm_epsilon > 0 && shape.layer_norm_epsilon < 1)) return corrupt("has an impossible epsilon");
  if (shape.pooling != Pooling::kMean && shape.pooling != Pooling::kFirst) return corrupt("pools in an unknown way");
  return ok_status();
}

const EncoderWeights& EncoderPack::weights() const {
  CG_CHECK(complete());
  return weights_;
}

const EncoderWeights& EncoderPack::weights_so_far() const {
  CG_CHECK(has_shape_);
  return weights_;
}

Status EncoderPack::attach(Bytes file) {
  ByteReader reader(file);
  Status status = has_shape_ ? attach_layers(reader) : attach_shape(reader);
  if (status) files_.push_back(std::move(file));  // views keep pointing into it
  return status;
}

Status EncoderPack::attach_shape(ByteReader& reader) {
  if (Status status = read_pack_header(reader, PackKind::kEncoder); !status) return status;
  EncoderWeights weights;
  EncoderShape& shape = weights.shape;
  shape.pooling = static_cast<Pooling>(reader.u8());
  shape.layers = reader.varint32();
  shape.hidden = reader.varint32();
  shape.heads = reader.varint32();
  shape.feed_forward = reader.varint32();
  shape.positions = reader.varint32();
  shape.pieces = reader.varint32();
  shape.layer_norm_epsilon = std::bit_cast<float>(reader.u32());
  if (reader.failed()) return corrupt("is cut off");
  if (Status status = check_shape(shape); !status) return status;
  PackStorage storage;
  weights.type = read_floats(reader, shape.hidden, storage);
  weights.embedding_norm = read_norm(reader, shape.hidden, storage);
  weights.positions = read_matrix(reader, shape.positions, shape.hidden, storage);
  if (!reader.finished()) return corrupt("is cut off, too long, or has numbers that are none");
  append(storage_, std::move(storage));
  weights_ = std::move(weights);
  has_shape_ = true;
  return ok_status();
}

Status EncoderPack::attach_layers(ByteReader& reader) {
  if (Status status = read_pack_header(reader, PackKind::kLayers); !status) return status;
  const std::uint32_t first = reader.varint32();
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || first != weights_.layers.size() || count == 0 || count > weights_.shape.layers - first) {
    return corrupt("has layers that are not the next ones");
  }
  PackStorage storage;
  std::vector<LayerWeights> layers;
  for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
    layers.push_back(read_layer(reader, weights_.shape, storage));
  }
  if (!reader.finished()) return corrupt("is cut off, too long, or has numbers that are none");
  append(storage_, std::move(storage));
  weights_.layers.insert(weights_.layers.end(), layers.begin(), layers.end());
  return ok_status();
}

}  // namespace crossglot
