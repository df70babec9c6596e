#include "build/model/onnx_export.h"

#include <cmath>

#include "build/model/onnx_graph.h"
#include "embed/block_matrix.h"

namespace crossglot {
namespace {

using Names = OnnxGraph::Names;
using Attribute = OnnxGraph::Attribute;

constexpr std::uint64_t kFileBytesMax = (std::uint64_t{1} << 31) - 1;
constexpr float kMasked = -3.0e38F;  // a score that softmax turns to 0; finite, so that a masked row stays a number
constexpr int kInt8Max = 127;
constexpr const char* kIds = "input_ids";
constexpr const char* kMask = "attention_mask";
constexpr const char* kHidden = "last_hidden_state";
constexpr const char* kVector = "sentence_embedding";

Attribute one(const char* name, std::int64_t value) {
  return {name, {value}};
}
Attribute list(const char* name, std::vector<std::int64_t> values) {
  return {name, std::move(values), true};
}

class Exporter {
 public:
  Exporter(const Model& model, OnnxPrecision precision)
      : model_(model), shape_(model.weights.shape), precision_(precision) {}

  Bytes run() {
    graph_.input(kIds, OnnxType::kInt64, {"batch", "sequence"});
    graph_.input(kMask, OnnxType::kInt64, {"batch", "sequence"});
    const std::string size = std::to_string(shape_.hidden);
    graph_.output(kHidden, OnnxType::kFloat, {"batch", "sequence", size});
    graph_.output(kVector, OnnxType::kFloat, {"batch", size});
    // [batch][sequence] -> [batch][1][1][sequence]: 0 where there is a piece, kMasked where there is none.
    mask_ = graph_.node("Cast", {kMask}, {one("to", static_cast<std::int64_t>(OnnxType::kFloat))});
    const std::string absent = graph_.node("Sub", {graph_.real(1), mask_});
    const std::string score = graph_.node("Mul", {absent, graph_.real(kMasked)});
    score_mask_ = graph_.node("Unsqueeze", {score, graph_.numbers({1, 2})});
    const std::int64_t head = shape_.hidden / shape_.heads;
    split_ = graph_.numbers({0, 0, shape_.heads, head});
    join_ = graph_.numbers({0, 0, shape_.hidden});
    scale_ = graph_.real(1.0F / std::sqrt(static_cast<float>(head)));

    std::string states = embeddings();
    for (std::size_t i = 0; i < model_.weights.layers.size(); ++i) {
      states = layer(model_.weights.layers[i], states, i + 1 == model_.weights.layers.size());
    }
    pool(states);
    const ModelCard& card = model_.card;
    return graph_.finish(card.name, {{"query_prefix", card.query_prefix}, {"passage_prefix", card.passage_prefix}});
  }

 private:
  // ---- constants ------------------------------------------------------------------------------------------------

  std::string vector(std::span<const float> values) {
    return graph_.floats({static_cast<std::int64_t>(values.size())}, values);
  }

  std::string table(const BlockMatrix& matrix) {
    std::vector<float> values(std::size_t{matrix.rows} * matrix.columns);
    for (std::uint32_t row = 0; row < matrix.rows; ++row) {
      decode_row(matrix, row, values.data() + std::size_t{row} * matrix.columns);
    }
    return graph_.floats({matrix.rows, matrix.columns}, values);
  }

  // ---- the vocabulary -------------------------------------------------------------------------------------------

  std::string words() {
    const BlockMatrix& rows = model_.rows;
    if (precision_ == OnnxPrecision::kFloat32) return graph_.node("Gather", {table(rows), kIds}, {one("axis", 0)});
    const std::int64_t blocks = rows.columns / kBlockWeights;
    ByteWriter scales;
    for (const std::uint16_t scale : rows.scales) scales.u16(scale);
    const std::string codes = graph_.constant(OnnxType::kInt8, {rows.rows, rows.columns}, signed_codes(rows));
    const std::string halves = graph_.constant(OnnxType::kHalf, {rows.rows, blocks, 1}, scales.bytes());
    const Attribute to_float = one("to", static_cast<std::int64_t>(OnnxType::kFloat));
    const std::string code =
        graph_.node("Cast", {graph_.node("Gather", {codes, kIds}, {one("axis", 0)})}, {to_float});
    const std::string scale =
        graph_.node("Cast", {graph_.node("Gather", {halves, kIds}, {one("axis", 0)})}, {to_float});
    const std::string shape = graph_.numbers({0, 0, blocks, static_cast<std::int64_t>(kBlockWeights)});
    const std::string product = graph_.node("Mul", {graph_.node("Reshape", {code, shape}), scale});
    return graph_.node("Reshape", {product, join_});
  }

  // A signed byte a weight, for both encodings.
  static Bytes signed_codes(const BlockMatrix& rows) {
    if (rows.encoding == BlockEncoding::kInt8) return {rows.codes.begin(), rows.codes.end()};
    constexpr std::size_t kHalf = kBlockWeights / 2;
    Bytes codes(rows.codes.size() * 2);
    for (std::size_t i = 0; i < rows.codes.size(); ++i) {
      const std::size_t at = i / kHalf * kBlockWeights + i % kHalf;
      codes[at] = static_cast<std::uint8_t>((rows.codes[i] & 15) - 8);
      codes[at + kHalf] = static_cast<std::uint8_t>((rows.codes[i] >> 4) - 8);
    }
    return codes;
  }

  std::string embeddings() {
    const std::string length =
        graph_.node("Gather", {graph_.node("Shape", {kIds}), graph_.numbers({1})}, {one("axis", 0)});
    const std::string zero = graph_.numbers({0});
    const std::string positions = graph_.node("Slice", {table(model_.weights.positions), zero, length, zero});
    const std::string sum =
        graph_.node("Add", {words(), graph_.node("Add", {positions, vector(model_.weights.type)})});
    return norm(sum, model_.weights.embedding_norm, {});
  }

  // ---- a layer --------------------------------------------------------------------------------------------------

  // name  of the result, where the graph has declared it.
  std::string norm(const std::string& states, const NormWeights& weights, std::string name) {
    if (name.empty()) name = graph_.new_name();
    Attribute epsilon{"epsilon", {}, false, shape_.layer_norm_epsilon, true};
    graph_.node_to("LayerNormalization", {states, vector(weights.scale), vector(weights.shift)}, {name},
                   {one("axis", -1), epsilon});
    return name;
  }

  // states, and for int8 what DynamicQuantizeLinear makes of them, once for all products that share them.
  struct Activations {
    std::string states, codes, scale, zero;
  };

  Activations activations(const std::string& states) {
    Activations result{states, {}, {}, {}};
    if (precision_ == OnnxPrecision::kFloat32) return result;
    result.codes = graph_.new_name();
    result.scale = graph_.new_name();
    result.zero = graph_.new_name();
    graph_.node_to("DynamicQuantizeLinear", {states}, {result.codes, result.scale, result.zero});
    return result;
  }

  std::string linear(const Activations& input, const LinearWeights& weights) {
    const std::string product = precision_ == OnnxPrecision::kFloat32 ? product_float(input, weights.matrix)
                                                                      : product_int8(input, weights.matrix);
    return graph_.node("Add", {product, vector(weights.bias)});
  }

  // MatMul takes [inputs][outputs].
  std::string product_float(const Activations& input, const BlockMatrix& matrix) {
    std::vector<float> row(matrix.columns);
    std::vector<float> values(std::size_t{matrix.rows} * matrix.columns);
    for (std::uint32_t r = 0; r < matrix.rows; ++r) {
      decode_row(matrix, r, row.data());
      for (std::uint32_t c = 0; c < matrix.columns; ++c) values[std::size_t{c} * matrix.rows + r] = row[c];
    }
    return graph_.node("MatMul", {input.states, graph_.floats({matrix.columns, matrix.rows}, values)});
  }

  std::string product_int8(const Activations& input, const BlockMatrix& matrix) {
    std::vector<float> row(matrix.columns);
    std::vector<float> scales(matrix.rows);
    Bytes codes(std::size_t{matrix.rows} * matrix.columns);
    for (std::uint32_t r = 0; r < matrix.rows; ++r) {
      decode_row(matrix, r, row.data());
      float peak = 0;
      for (const float value : row) peak = std::max(peak, std::abs(value));
      scales[r] = peak / kInt8Max;
      for (std::uint32_t c = 0; c < matrix.columns; ++c) {
        const float ratio = peak > 0 ? row[c] / scales[r] : 0;
        const int code = static_cast<int>(ratio < 0 ? ratio - 0.5F : ratio + 0.5F);
        codes[std::size_t{c} * matrix.rows + r] = static_cast<std::uint8_t>(code);
      }
    }
    const std::string weights = graph_.constant(OnnxType::kInt8, {matrix.columns, matrix.rows}, codes);
    const std::uint8_t nothing = 0;
    const std::string zero = graph_.constant(OnnxType::kInt8, {}, ByteSpan(&nothing, 1));
    const std::string sums = graph_.node("MatMulInteger", {input.codes, weights, input.zero, zero});
    const std::string wide = graph_.node("Cast", {sums}, {one("to", static_cast<std::int64_t>(OnnxType::kFloat))});
    return graph_.node("Mul", {wide, graph_.node("Mul", {input.scale, vector(scales)})});
  }

  // [batch][sequence][hidden] -> [batch][head][sequence][size], or with the last two exchanged for keys.
  std::string heads(const std::string& states, bool keys) {
    const std::string split = graph_.node("Reshape", {states, split_});
    const std::vector<std::int64_t> order =
        keys ? std::vector<std::int64_t>{0, 2, 3, 1} : std::vector<std::int64_t>{0, 2, 1, 3};
    return graph_.node("Transpose", {split}, {list("perm", order)});
  }

  std::string attention(const Activations& input, const LayerWeights& weights) {
    const std::string query = heads(linear(input, weights.query), false);
    const std::string key = heads(linear(input, weights.key), true);
    const std::string value = heads(linear(input, weights.value), false);
    const std::string scores = graph_.node("Mul", {graph_.node("MatMul", {query, key}), scale_});
    const std::string shares = graph_.node("Softmax", {graph_.node("Add", {scores, score_mask_})}, {one("axis", -1)});
    const std::string context = graph_.node("MatMul", {shares, value});
    const std::string rows = graph_.node("Transpose", {context}, {list("perm", {0, 2, 1, 3})});
    return graph_.node("Reshape", {rows, join_});
  }

  // x / 2 * (1 + erf(x / sqrt 2)), in the shape that runtimes recognise and fuse.
  std::string gelu(const std::string& states) {
    const std::string erf = graph_.node("Erf", {graph_.node("Div", {states, graph_.real(1.41421356237F)})});
    const std::string product = graph_.node("Mul", {states, graph_.node("Add", {erf, graph_.real(1)})});
    return graph_.node("Mul", {product, graph_.real(0.5F)});
  }

  std::string layer(const LayerWeights& weights, const std::string& states, bool last) {
    const std::string context = attention(activations(states), weights);
    const std::string attended =
        norm(graph_.node("Add", {linear(activations(context), weights.attention_output), states}),
             weights.attention_norm, {});
    const std::string inner = gelu(linear(activations(attended), weights.feed_forward));
    const std::string outer = linear(activations(inner), weights.output);
    return norm(graph_.node("Add", {outer, attended}), weights.output_norm, last ? kHidden : "");
  }

  // ---- the vector -----------------------------------------------------------------------------------------------

  void pool(const std::string& states) {
    std::string pooled;
    if (shape_.pooling == Pooling::kFirst) {
      pooled = graph_.node("Gather", {states, graph_.number(0)}, {one("axis", 1)});
    } else {
      const std::string present = graph_.node("Unsqueeze", {mask_, graph_.numbers({2})});
      const Attribute drop = one("keepdims", 0);
      const std::string axis = graph_.numbers({1});
      const std::string sum = graph_.node("ReduceSum", {graph_.node("Mul", {states, present}), axis}, {drop});
      pooled = graph_.node("Div", {sum, graph_.node("ReduceSum", {present, axis}, {drop})});
    }
    const std::string squares = graph_.node("Mul", {pooled, pooled});
    const std::string sum = graph_.node("ReduceSum", {squares, graph_.numbers({1})}, {one("keepdims", 1)});
    graph_.node_to("Div", {pooled, graph_.node("Sqrt", {sum})}, {kVector});
  }

  const Model& model_;
  const EncoderShape& shape_;
  OnnxPrecision precision_;
  OnnxGraph graph_;
  std::string mask_, score_mask_, split_, join_, scale_;
};

// Bytes of all weights in the file.
std::uint64_t weight_bytes(const Model& model, OnnxPrecision precision) {
  const EncoderShape& shape = model.weights.shape;
  const std::uint64_t hidden = shape.hidden;
  const std::uint64_t layer = 4 * hidden * hidden + 2 * hidden * shape.feed_forward;
  const std::uint64_t weights = shape.layers * layer + hidden * shape.pieces;
  return precision == OnnxPrecision::kFloat32 ? 4 * weights : weights + weights / 16;
}

}  // namespace

Result<Bytes> export_onnx(const Model& model, OnnxPrecision precision) {
  if (weight_bytes(model, precision) > kFileBytesMax) {
    return make_error(ErrorCode::kInput, "the model is too large for one ONNX file: at most 2 GiB");
  }
  return Exporter(model, precision).run();
}

}  // namespace crossglot
