// embed/float_reference.h - the encoder in plain float arithmetic on Eigen: what the int8 engine is measured against.
//
// It reads the same pack and computes what the model's formula says with the standard library's exp and erf. Slow,
// and not the same bits on every machine: a test's oracle, never part of what ships.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "embed/row_source.h"
#include "embed/weights.h"

namespace crossglot {

class FloatReference {
 public:
  // Precondition: the weights are of a shape that Encoder::create takes, all layers there.
  explicit FloatReference(const EncoderWeights& weights);
  ~FloatReference();

  // The text's vector, of length 1. Precondition: every row is there, pieces are at most shape.positions.
  std::vector<float> encode(const RowSource& rows, std::span<const std::uint32_t> pieces) const;

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace crossglot
