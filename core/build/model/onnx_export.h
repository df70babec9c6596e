// build/model/onnx_export.h - a model as an ONNX file, for ONNX Runtime: the oracle, the peer, and a second engine.
//
// Encoder
//   Inputs   input_ids, attention_mask: int64[batch][sequence], sequence at most shape.positions
//   Outputs  last_hidden_state: float[batch][sequence][hidden]; sentence_embedding: float[batch][hidden], pooled as
//            the model says and of length 1
// Reranker   late interaction (ColBERT's MaxSim) of a query's and a passage's pieces, without any training
//   Input    input_ids: int64[1][sequence], a pair as the model's family joins one (web/worker/pairs.ts), without the
//            prefixes, which the graph puts in itself
//   Output   logits: float[1][1], the mean over the query's pieces of the largest cosine with one of the passage's
//   Both texts run at once, each in positions of its own and blind to the other: what the encoder has learned.
//
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

// Errors: also those of Tokenizer::create.
Result<Bytes> export_onnx_reranker(const Model& model, OnnxPrecision precision);

}  // namespace crossglot
