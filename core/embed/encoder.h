// embed/encoder.h - pieces of a text to its vector: a transformer of the BERT family, int8 inside.
//
//   rows + positions + type -> norm -> layers -> mean (or first) -> unit length
//   layer: quantise -> query, key, value -> attention -> quantise -> output -> + -> norm
//          -> quantise -> feed-forward -> GELU -> quantise -> output -> + -> norm
//
// Exact      A text's vector is the same bits whatever kernels, threads, batch or machine: all that a piece meets has
//            one defined order (simd/kernels.h), and texts of a batch never meet.
// Close      Against float arithmetic on the same pack: tests/embed asserts a cosine of .98 for each text.
// Ownership  An Encoder keeps nothing of the weights that it is made from.
// Threads    const methods may run at the same time on one Encoder, each with a workspace of its own.
// Memory     A byte a weight of the layers, 21 MB for multilingual-e5-small; a workspace as EncoderWorkspace says.
//            encode() allocates nothing.
// Source     Devlin et al. 2019, arXiv 1810.04805 (layers); Reimers and Gurevych 2019, arXiv 1908.10084 (pooling).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "embed/packed_linear.h"
#include "embed/row_source.h"
#include "embed/weights.h"
#include "simd/kernels.h"

namespace crossglot {

// The number of the arithmetic: it changes with the bits of vectors, and vectors of different numbers are not to be
// searched with one another. Part of what a bundle says of its model. tests/embed/*.golden hold the bits.
inline constexpr std::uint32_t kVectorFormat = 1;

class Encoder;

// What encode() computes in. One thread at a time.
class EncoderWorkspace {
 public:
  // pieces_max  the most pieces of one call, all texts together: about 13 KB each for multilingual-e5-small.
  EncoderWorkspace(const Encoder& encoder, std::size_t pieces_max);
  std::size_t pieces_max() const { return pieces_max_; }

 private:
  friend class Encoder;
  std::size_t pieces_max_;
  std::size_t positions_max_;  // of one text
  std::vector<float> states_;  // [pieces][hidden]: what flows from layer to layer
  std::vector<float> wide_;    // [pieces][3 * hidden] of query, key, value, or [pieces][feed_forward]
  std::vector<float> narrow_;  // [pieces][hidden]
  std::vector<float> keys_;    // [head][positions]: keys of a head, a column a piece
  std::vector<float> scores_;  // [query block][positions]
  std::vector<std::uint8_t> values_;
  std::vector<float> scales_;
  std::vector<std::int32_t> zeros_;
};

class Encoder {
 public:
  // Weights may come in two steps, so that layers are packed while others are still on their way: weights.layers
  // holds the first of weights.shape.layers; add_layer() takes the rest one by one. Errors: kCorrupt when a matrix
  // has not the shape that it must have; kArgument when the shape is not one that this engine runs (check_shape, and
  // heads of a multiple of 16 dimensions).
  static Result<Encoder> create(const EncoderWeights& weights, const Kernels& kernels = active());
  Status add_layer(const LayerWeights& weights);
  std::size_t layer_count() const { return layers_.size(); }
  bool ready() const { return layers_.size() == shape_.layers; }

  const EncoderShape& shape() const { return shape_; }
  const Kernels& kernels() const { return *kernels_; }

  // The vector of one text: shape().hidden floats of length 1 (all 0 if a broken model gives none).
  // pieces  as the tokenizer gave them between begin and end, and those two; at most shape().positions: the caller
  //         cuts longer texts before the end piece. Nothing is padded.
  // Errors  kArgument: none or too many pieces, or one out of range; kMissing: a row has not been loaded. `out` is
  //         then untouched.
  // Preconditions: ready(), out.size() == hidden, pieces.size() <= workspace.pieces_max().
  Status encode(const RowSource& rows, std::span<const std::uint32_t> pieces, EncoderWorkspace& workspace,
                std::span<float> out) const;

  // Some texts at once, which reads weights once for all of them. texts: at most workspace.pieces_max() pieces
  // together; out: [texts][hidden]. The same vectors and errors as encode() for each.
  Status encode_all(const RowSource& rows, std::span<const std::vector<std::uint32_t>> texts,
                    EncoderWorkspace& workspace, std::span<float> out) const;

 private:
  friend class EncoderWorkspace;
  struct Norm {
    std::vector<float> scale, shift;
  };
  struct Layer {
    PackedLinear query_key_value, attention_output, feed_forward, output;
    Norm attention_norm, output_norm;
  };
  struct Text {
    std::size_t begin, count;  // pieces of the workspace
  };
  using Texts = std::span<const std::span<const std::uint32_t>>;

  Encoder() = default;
  Status check_pieces(std::span<const std::uint32_t> pieces) const;
  // Fills states from `begin` on with what a text's first layer reads.
  Status embed(const RowSource& rows, std::span<const std::uint32_t> pieces, std::size_t begin,
               EncoderWorkspace& workspace) const;
  void linear(const PackedLinear& map, const float* in, std::size_t pieces, EncoderWorkspace& workspace,
              float* out) const;
  void attend(Text text, EncoderWorkspace& workspace) const;
  void run_layer(const Layer& layer, std::size_t pieces, std::span<const Text> texts,
                 EncoderWorkspace& workspace) const;
  void pool(Text text, const EncoderWorkspace& workspace, std::span<float> out) const;
  void add_and_norm(const Norm& norm, std::size_t pieces, EncoderWorkspace& workspace) const;

  EncoderShape shape_;
  const Kernels* kernels_ = nullptr;
  std::vector<float> positions_;  // [positions][hidden], the segment type's row added
  Norm embedding_norm_;
  std::vector<Layer> layers_;
};

// A vector as bytes: round(127 * x / largest |x|), ties to even; returns what a byte of 1 stands for. All 0 for a
// vector of zeros. vector and out have the same size.
float quantise_vector(std::span<const float> vector, std::span<std::int8_t> out);

}  // namespace crossglot
