// embed/weights.h - an encoder's weights as a reader hands them over: shapes and views, nothing computed.
//
// The encoders are of the BERT and XLM-RoBERTa families: learned absolute positions, post-layer-norm, GELU (erf).
// Matrices are on the wire as int4 or int8 in blocks of 32 inputs, one float16 scale a block. The engine (encoder.h)
// turns them into one int8 scale a row when it is made; the float reference (float_reference.h) uses them as they
// are.
//
// Ownership  Views borrow the pack's bytes: the pack outlives whoever holds them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crossglot {

enum class Pooling : std::uint8_t { kMean = 0, kFirst = 1 };  // kFirst: the vector of [CLS]

struct EncoderShape {
  std::uint32_t layers = 0;
  std::uint32_t hidden = 0;  // also the dimensions of a vector; a multiple of 32 and of `heads`
  std::uint32_t heads = 0;
  std::uint32_t feed_forward = 0;  // a multiple of 32
  std::uint32_t positions = 0;     // the most pieces of a text, special pieces included: 512
  std::uint32_t pieces = 0;        // rows of the vocabulary
  float layer_norm_epsilon = 0;
  Pooling pooling = Pooling::kMean;

  bool operator==(const EncoderShape&) const = default;
};

enum class BlockEncoding : std::uint8_t {
  kInt4 = 0,  // 16 bytes a block: byte i holds weight i in its low nibble, weight i + 16 in its high one, each q + 8
  kInt8 = 1,  // 32 bytes a block: q as a signed byte
};

inline constexpr std::size_t kBlockWeights = 32;

// `rows` outputs of `columns` inputs: weight(r, c) = scale of c's block in row r * q.
struct BlockMatrix {
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;  // a multiple of kBlockWeights
  BlockEncoding encoding = BlockEncoding::kInt4;
  std::span<const std::uint16_t> scales;  // float16 bits, [rows][columns / 32]
  std::span<const std::uint8_t> codes;    // [rows][columns / 32][16 or 32]
};

struct LinearWeights {
  BlockMatrix matrix;
  std::span<const float> bias;  // [matrix.rows]
};

struct NormWeights {
  std::span<const float> scale;  // [hidden]
  std::span<const float> shift;  // [hidden]
};

struct LayerWeights {
  LinearWeights query, key, value, attention_output;  // [hidden][hidden]
  NormWeights attention_norm;
  LinearWeights feed_forward;  // [feed_forward][hidden], then GELU
  LinearWeights output;        // [hidden][feed_forward]
  NormWeights output_norm;
};

struct EncoderWeights {
  EncoderShape shape;
  BlockMatrix positions;        // [shape.positions][hidden]: row p is position p of a text, offsets already taken off
  std::span<const float> type;  // [hidden]: the one segment type that a single text has
  NormWeights embedding_norm;
  std::vector<LayerWeights> layers;
};

// Rows of the vocabulary come in pages, so they are not among the weights: one row is a BlockMatrix of one row.

}  // namespace crossglot
