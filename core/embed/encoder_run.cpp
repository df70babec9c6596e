// The arithmetic of an Encoder (encoder.h): what happens to the states of some pieces on their way to a vector.
#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "base/check.h"
#include "embed/encoder.h"

namespace crossglot {
namespace {

// Queries whose scores are computed together: keys and values are read once for all of them.
constexpr std::size_t kQueryBlock = 16;
// What a state of a sane model is far below; beyond, and for NaN, a vector is zeros.
constexpr double kSquaresMax = 1e60;

std::size_t round_up(std::size_t n) {
  return (n + kLanes - 1) / kLanes * kLanes;
}

}  // namespace

EncoderWorkspace::EncoderWorkspace(const Encoder& encoder, std::size_t pieces_max)
    : pieces_max_(pieces_max), positions_max_(round_up(std::min<std::size_t>(pieces_max, encoder.shape_.positions))) {
  const EncoderShape& shape = encoder.shape_;
  const std::size_t widest = std::max(3 * shape.hidden, shape.feed_forward);
  states_.resize(pieces_max * shape.hidden);
  wide_.resize(pieces_max * widest);
  narrow_.resize(pieces_max * shape.hidden);
  keys_.resize(shape.hidden / shape.heads * positions_max_);
  scores_.resize(kQueryBlock * positions_max_);
  values_.resize(pieces_max * std::max(shape.hidden, shape.feed_forward) * encoder.kernels_->activation_size);
  scales_.resize(pieces_max);
  zeros_.resize(pieces_max);
}

Status Encoder::embed(const RowSource& rows, std::span<const std::uint32_t> pieces, std::size_t begin,
                      EncoderWorkspace& workspace) const {
  const std::size_t hidden = shape_.hidden;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    float* state = workspace.states_.data() + (begin + p) * hidden;
    if (!rows.row(pieces[p], {state, hidden})) {
      return make_error(ErrorCode::kMissing, "the row of piece " + std::to_string(pieces[p]) + " is not loaded");
    }
    kernels_->layer_norm(state, positions_.data() + p * hidden, embedding_norm_.scale.data(),
                         embedding_norm_.shift.data(), hidden, shape_.layer_norm_epsilon);
  }
  return ok_status();
}

void Encoder::linear(const PackedLinear& map, const float* in, std::size_t pieces, EncoderWorkspace& workspace,
                     float* out) const {
  const PackedMatrix matrix = map.matrix();
  const Activations activations{workspace.values_.data(), workspace.scales_.data(), workspace.zeros_.data(),
                                matrix.columns};
  kernels_->quantise(in, pieces, activations);
  kernels_->product(activations, pieces, matrix, out);
}

// Each head: scores = query keys^T / sqrt(size), softmax, then the values weighted by it. Keys are transposed first,
// so that lanes run along pieces and no sum crosses lanes. Reads query, key and value from `wide`, writes `narrow`.
void Encoder::attend(Text text, EncoderWorkspace& workspace) const {
  const std::size_t hidden = shape_.hidden;
  const std::size_t size = hidden / shape_.heads;
  const std::size_t stride = 3 * hidden;
  const std::size_t columns = round_up(text.count);
  const float scale = 1.0F / std::sqrt(static_cast<float>(size));
  float* keys = workspace.keys_.data();
  float* scores = workspace.scores_.data();
  for (std::size_t head = 0; head < shape_.heads; ++head) {
    const float* query = workspace.wide_.data() + text.begin * stride + head * size;
    const float* key = query + hidden;
    const float* value = key + hidden;
    float* out = workspace.narrow_.data() + text.begin * hidden + head * size;
    for (std::size_t d = 0; d < size; ++d) {
      for (std::size_t p = 0; p < text.count; ++p) keys[d * columns + p] = key[p * stride + d];
      for (std::size_t p = text.count; p < columns; ++p) keys[d * columns + p] = 0;
    }
    for (std::size_t first = 0; first < text.count; first += kQueryBlock) {
      const std::size_t count = std::min(kQueryBlock, text.count - first);
      kernels_->product_f32(query + first * stride, stride, keys, columns, count, size, columns, scores, columns);
      for (std::size_t i = 0; i < count; ++i) kernels_->softmax(scores + i * columns, text.count, scale);
      kernels_->product_f32(scores, columns, value, stride, count, text.count, size, out + first * hidden, hidden);
    }
  }
}

void Encoder::add_and_norm(const Norm& norm, std::size_t pieces, EncoderWorkspace& workspace) const {
  const std::size_t hidden = shape_.hidden;
  for (std::size_t p = 0; p < pieces; ++p) {
    kernels_->layer_norm(workspace.states_.data() + p * hidden, workspace.narrow_.data() + p * hidden,
                         norm.scale.data(), norm.shift.data(), hidden, shape_.layer_norm_epsilon);
  }
}

void Encoder::run_layer(const Layer& layer, std::size_t pieces, std::span<const Text> texts,
                        EncoderWorkspace& workspace) const {
  float* states = workspace.states_.data();
  float* wide = workspace.wide_.data();
  float* narrow = workspace.narrow_.data();
  linear(layer.query_key_value, states, pieces, workspace, wide);
  for (const Text& text : texts) attend(text, workspace);
  // Attention left its result in `narrow`; the map below reads it as activations before it writes there.
  linear(layer.attention_output, narrow, pieces, workspace, narrow);
  add_and_norm(layer.attention_norm, pieces, workspace);
  linear(layer.feed_forward, states, pieces, workspace, wide);
  kernels_->gelu(wide, pieces * shape_.feed_forward);
  linear(layer.output, wide, pieces, workspace, narrow);
  add_and_norm(layer.output_norm, pieces, workspace);
}

void Encoder::pool(Text text, const EncoderWorkspace& workspace, std::span<float> out) const {
  const std::size_t hidden = shape_.hidden;
  const std::size_t count = shape_.pooling == Pooling::kMean ? text.count : 1;
  std::fill(out.begin(), out.end(), 0.0F);
  for (std::size_t p = 0; p < count; ++p) {
    const float* state = workspace.states_.data() + (text.begin + p) * hidden;
    for (std::size_t i = 0; i < hidden; ++i) out[i] += state[i];
  }
  // The mean's divisor cancels in the length.
  double squares = 0;
  for (float x : out) squares += double{x} * double{x};
  if (!(squares > 0 && squares < kSquaresMax)) return std::fill(out.begin(), out.end(), 0.0F);
  const auto inverse = static_cast<float>(1 / std::sqrt(squares));
  for (float& x : out) x *= inverse;
}

float quantise_vector(std::span<const float> vector, std::span<std::int8_t> out) {
  CG_CHECK(vector.size() == out.size());
  constexpr float kRounder = 12582912.0F;  // 1.5 * 2^23: adding it rounds, ties to even, into the low bits
  float largest = 0;
  for (float x : vector) largest = std::max(largest, std::abs(x));
  const bool flat = !(largest > 1e-30F && largest < 1e30F);
  const float inverse = flat ? 0 : 127.0F / largest;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const float shifted = (flat ? 0 : vector[i]) * inverse + kRounder;
    out[i] = static_cast<std::int8_t>(std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(kRounder));
  }
  return flat ? 0 : largest / 127.0F;
}

}  // namespace crossglot
