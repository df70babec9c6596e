#include "build/model/onnx_export.h"

#include <cmath>
#include <limits>

#include "build/model/onnx_graph.h"
#include "embed/block_matrix.h"
#include "text/tokenizer.h"

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
constexpr const char* kLogits = "logits";
constexpr std::int64_t kToEnd = std::numeric_limits<std::int64_t>::max();

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

  Bytes run_encoder() {
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
    ids_ = kIds;
    const std::string length =
        graph_.node("Gather", {graph_.node("Shape", {kIds}), graph_.numbers({1})}, {one("axis", 0)});
    pool(encode(slice(table(model_.weights.positions), graph_.numbers({0}), length), kHidden));
    return finish();
  }

  // What the graph puts before a query and a passage: begin, and the pieces of the prefix.
  struct Prefixes {
    std::vector<std::int64_t> query, passage;
    std::int64_t end = 0;
  };

  Bytes run_reranker(const Prefixes& prefixes) {
    graph_.input(kIds, OnnxType::kInt64, {"1", "sequence"});
    graph_.output(kLogits, OnnxType::kFloat, {"1", "1"});
    const auto [query, passage] = split_pair(prefixes);
    const std::string query_size = graph_.node("Shape", {query});
    const std::string passage_size = graph_.node("Shape", {passage});
    ids_ = graph_.node("Unsqueeze", {graph_.node("Concat", {query, passage}, {one("axis", 0)}), graph_.numbers({0})});
    score_mask_ = side_mask(query_size, passage_size);
    const std::string zero = graph_.numbers({0});
    const std::string positions = table(model_.weights.positions);
    const std::string both = graph_.node(
        "Concat", {slice(positions, zero, query_size), slice(positions, zero, passage_size)}, {one("axis", 0)});
    interact(unit_rows(encode(both, "")), prefixes, query_size);
    return finish();
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
    if (precision_ == OnnxPrecision::kFloat32) return graph_.node("Gather", {table(rows), ids_}, {one("axis", 0)});
    const std::int64_t blocks = rows.columns / kBlockWeights;
    ByteWriter scales;
    for (const std::uint16_t scale : rows.scales) scales.u16(scale);
    const std::string codes = graph_.constant(OnnxType::kInt8, {rows.rows, rows.columns}, signed_codes(rows));
    const std::string halves = graph_.constant(OnnxType::kHalf, {rows.rows, blocks, 1}, scales.bytes());
    const Attribute to_float = one("to", static_cast<std::int64_t>(OnnxType::kFloat));
    const std::string code =
        graph_.node("Cast", {graph_.node("Gather", {codes, ids_}, {one("axis", 0)})}, {to_float});
    const std::string scale =
        graph_.node("Cast", {graph_.node("Gather", {halves, ids_}, {one("axis", 0)})}, {to_float});
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

  // positions  [sequence][hidden]
  std::string embeddings(const std::string& positions) {
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

  // name  as norm() takes it.
  std::string layer(const LayerWeights& weights, const std::string& states, const std::string& name) {
    const std::string context = attention(activations(states), weights);
    const std::string attended =
        norm(graph_.node("Add", {linear(activations(context), weights.attention_output), states}),
             weights.attention_norm, {});
    const std::string inner = gelu(linear(activations(attended), weights.feed_forward));
    const std::string outer = linear(activations(inner), weights.output);
    return norm(graph_.node("Add", {outer, attended}), weights.output_norm, name);
  }

  // [batch][sequence][hidden]. positions  their rows, [sequence][hidden]; ids_ and score_mask_ are there.
  std::string encode(const std::string& positions, const std::string& name) {
    const std::int64_t head = shape_.hidden / shape_.heads;
    split_ = graph_.numbers({0, 0, shape_.heads, head});
    join_ = graph_.numbers({0, 0, shape_.hidden});
    scale_ = graph_.real(1.0F / std::sqrt(static_cast<float>(head)));
    std::string states = embeddings(positions);
    for (std::size_t i = 0; i < model_.weights.layers.size(); ++i) {
      states = layer(model_.weights.layers[i], states, i + 1 == model_.weights.layers.size() ? name : "");
    }
    return states;
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

  // ---- a pair ---------------------------------------------------------------------------------------------------

  // The pieces of both sides, each as the encoder reads a text of its own: behind its prefix, up to its end.
  std::pair<std::string, std::string> split_pair(const Prefixes& prefixes) {
    const std::string flat = graph_.node("Reshape", {kIds, graph_.numbers({-1})});
    const std::string is_end = graph_.node("Equal", {flat, graph_.numbers({prefixes.end})});
    const Attribute integer = one("to", static_cast<std::int64_t>(OnnxType::kInt64));
    const std::string end = graph_.node("ArgMax", {graph_.node("Cast", {is_end}, {integer})}, {one("axis", 0)});
    const std::string behind = graph_.node("Add", {end, graph_.numbers({1})});
    // XLM-RoBERTa begins the second text with another end.
    const bool two = model_.tokenizer_kind == "unigram";
    const std::string second = two ? graph_.node("Add", {end, graph_.numbers({2})}) : behind;
    return {prefixed(prefixes.query, slice(flat, graph_.numbers({1}), behind)),
            prefixed(prefixes.passage, slice(flat, second, graph_.numbers({kToEnd})))};
  }

  std::string prefixed(const std::vector<std::int64_t>& prefix, const std::string& pieces) {
    const std::string whole = graph_.node("Concat", {graph_.numbers(prefix), pieces}, {one("axis", 0)});
    return slice(whole, graph_.numbers({0}), graph_.numbers({shape_.positions}));
  }

  // [sequence][sequence]: 0 between pieces of one side, kMasked between sides.
  std::string side_mask(const std::string& query_size, const std::string& passage_size) {
    const std::string queries = graph_.node("Expand", {graph_.real(0), query_size});
    const std::string passages = graph_.node("Expand", {graph_.real(1), passage_size});
    const std::string side = graph_.node("Concat", {queries, passages}, {one("axis", 0)});
    const std::string row = graph_.node("Unsqueeze", {side, graph_.numbers({0})});
    const std::string column = graph_.node("Unsqueeze", {side, graph_.numbers({1})});
    const std::string apart = graph_.node("Sub", {row, column});
    return graph_.node("Mul", {graph_.node("Mul", {apart, apart}), graph_.real(kMasked)});
  }

  // [1][sequence][hidden] -> [sequence][hidden], each row of length 1.
  std::string unit_rows(const std::string& states) {
    const std::string rows = graph_.node("Reshape", {states, graph_.numbers({-1, shape_.hidden})});
    const std::string squares = graph_.node("Mul", {rows, rows});
    const std::string sum = graph_.node("ReduceSum", {squares, graph_.numbers({1})}, {one("keepdims", 1)});
    return graph_.node("Div", {rows, graph_.node("Sqrt", {sum})});
  }

  // Prefixes say nothing; the ends stay, so that no side is empty.
  void interact(const std::string& rows, const Prefixes& prefixes, const std::string& query_size) {
    const auto size_of = [](const std::vector<std::int64_t>& ids) { return static_cast<std::int64_t>(ids.size()); };
    const std::string query = slice(rows, graph_.numbers({size_of(prefixes.query)}), query_size);
    const std::string begin = graph_.node("Add", {query_size, graph_.numbers({size_of(prefixes.passage)})});
    const std::string passage = slice(rows, begin, graph_.numbers({kToEnd}));
    const std::string columns = graph_.node("Transpose", {passage}, {list("perm", {1, 0})});
    const std::string cosines = graph_.node("MatMul", {query, columns});
    const std::string best = graph_.node("ReduceMax", {cosines}, {list("axes", {1}), one("keepdims", 1)});
    graph_.node_to("ReduceMean", {best}, {kLogits}, {list("axes", {0}), one("keepdims", 1)});
  }

  // ---- both -----------------------------------------------------------------------------------------------------

  // The rows begin..end of the first dimension.
  std::string slice(const std::string& values, const std::string& begin, const std::string& end) {
    return graph_.node("Slice", {values, begin, end, graph_.numbers({0})});
  }

  Bytes finish() {
    const ModelCard& card = model_.card;
    return graph_.finish(card.name, {{"query_prefix", card.query_prefix}, {"passage_prefix", card.passage_prefix}});
  }

  const Model& model_;
  const EncoderShape& shape_;
  OnnxPrecision precision_;
  OnnxGraph graph_;
  std::string ids_, mask_, score_mask_, split_, join_, scale_;
};

// Bytes of all weights in the file.
std::uint64_t weight_bytes(const Model& model, OnnxPrecision precision) {
  const EncoderShape& shape = model.weights.shape;
  const std::uint64_t hidden = shape.hidden;
  const std::uint64_t layer = 4 * hidden * hidden + 2 * hidden * shape.feed_forward;
  const std::uint64_t weights = shape.layers * layer + hidden * shape.pieces;
  return precision == OnnxPrecision::kFloat32 ? 4 * weights : weights + weights / 16;
}

Status check_size(const Model& model, OnnxPrecision precision) {
  if (weight_bytes(model, precision) <= kFileBytesMax) return ok_status();
  return make_error(ErrorCode::kInput, "the model is too large for one ONNX file: at most 2 GiB");
}

// Begin, and the prefix.
std::vector<std::int64_t> pieces_of_prefix(const Tokenizer& tokenizer, std::string_view prefix) {
  TokenizerWorkspace workspace;
  std::vector<std::uint32_t> pieces{tokenizer.special().begin};
  tokenizer.tokenize(prefix, workspace, pieces);
  return {pieces.begin(), pieces.end()};
}

}  // namespace

Result<Bytes> export_onnx(const Model& model, OnnxPrecision precision) {
  if (Status status = check_size(model, precision); !status) return status.error();
  return Exporter(model, precision).run_encoder();
}

Result<Bytes> export_onnx_reranker(const Model& model, OnnxPrecision precision) {
  if (Status status = check_size(model, precision); !status) return status.error();
  const Result<Tokenizer> tokenizer = Tokenizer::create(model.tokenizer);
  if (!tokenizer) return tokenizer.error();
  const Exporter::Prefixes prefixes{pieces_of_prefix(*tokenizer, model.card.query_prefix),
                                    pieces_of_prefix(*tokenizer, model.card.passage_prefix),
                                    tokenizer->special().end};
  return Exporter(model, precision).run_reranker(prefixes);
}

}  // namespace crossglot
