// build/model/quantise.h - float matrices to blocks of 32 with one float16 scale, and the storage around them.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "build/model/model.h"

namespace crossglot {

// values  [rows][columns], finite; columns a multiple of 32.
//   int8  scale = largest magnitude / 127, q = value / scale to the nearest, halves away from zero
//   int4  scale = the value of largest magnitude / -8, so that this one is met exactly (Q4_0 of ggml)
// The scale is rounded to float16 first: q belongs to the scale that a reader sees.
// Errors: kInput where a value is not finite or a scale does not fit float16; `name` is for the message.
Result<BlockMatrix> quantise(std::span<const float> values, std::uint32_t rows, std::uint32_t columns,
                             BlockEncoding encoding, const std::string& name, Model& model);

// Keeps floats in the model.
std::span<const float> keep(std::vector<float> floats, Model& model);

}  // namespace crossglot
