// A small random encoder, the same on every machine, with its rows.
#pragma once

#include <deque>
#include <vector>

#include "embed/row_source.h"
#include "embed/weights.h"
#include "simd/samples.h"

namespace crossglot::test {

class SmallModel final : public RowSource {
 public:
  static constexpr EncoderShape kShape = {.layers = 3,
                                          .hidden = 64,
                                          .heads = 4,
                                          .feed_forward = 160,
                                          .positions = 70,
                                          .pieces = 100,
                                          .layer_norm_epsilon = 1e-12F,
                                          .pooling = Pooling::kMean};
  explicit SmallModel(EncoderShape shape = kShape, std::uint32_t seed = 1);

  const EncoderWeights& weights() const { return weights_; }
  EncoderWeights& weights() { return weights_; }
  std::vector<std::uint32_t> text(std::size_t pieces, std::uint32_t seed) const;

  bool row(std::uint32_t piece, std::span<float> out) const override;
  std::uint32_t missing_piece = ~0U;  // pretends that this one's row is not loaded

  // A matrix whose weights are about normal with that standard deviation; it lives as long as the model.
  BlockMatrix matrix(std::uint32_t rows, std::uint32_t columns, BlockEncoding encoding, float size);

 private:
  std::span<const float> floats(std::size_t n, float mean, float size);
  LinearWeights linear(std::uint32_t rows, std::uint32_t columns, BlockEncoding encoding);

  Numbers numbers_;
  EncoderWeights weights_;
  BlockMatrix rows_;
  // What views point to: a deque moves nothing.
  std::deque<std::vector<std::uint16_t>> scales_;
  std::deque<std::vector<std::uint8_t>> codes_;
  std::deque<std::vector<float>> floats_;
};

}  // namespace crossglot::test
