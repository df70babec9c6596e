// build/model/onnx_export.h - a model as an ONNX file, for ONNX Runtime: the oracle, the peer, and a second engine.
//
// Inputs   input_ids, attention_mask: int64[batch][sequence], sequence at most shape.positions
// Outputs  last_hidden_state: float[batch][sequence][hidden]; sentence_embedding: float[batch][hidden], pooled as the
//          model says and of length 1
// Float32  weights as a pack's scales and codes give them, so that the only difference is the order of sums
// Int8     what onnxruntime's dynamic quantisation makes: weights with one scale an output, activations with one
// scale a
//          tensor (DynamicQuantizeLinear, MatMulInteger); rows of the vocabulary as a pack has them
#pragma once

#include "build/model/model.h"

namespace crossglot {

enum class OnnxPrecision : std::uint8_t { kFloat32, kInt8 };

// Errors: kInput where the file would be larger than the 2 GiB that a protocol buffer may be.
Result<Bytes> export_onnx(const Model& model, OnnxPrecision precision);

}  // namespace crossglot
