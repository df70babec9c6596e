// embed/pack_encoder.h - the encoder files of a model pack: one with the shape, some with runs of layers.
//
// Files are attached one by one as they arrive, in the order of model.json, so that a browser reads what it has while
// the rest is on its way. Grammar: core/format/MODEL.md.
//
// Ownership  The pack owns the files' bytes; weights() borrows from it. Moving the pack keeps them valid.
// Errors     kCorrupt, kTooNew, kTooOld; a file that is rejected leaves the pack as it was.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "embed/pack_blocks.h"
#include "embed/weights.h"

namespace crossglot {

class EncoderPack {
 public:
  EncoderPack() = default;
  EncoderPack(EncoderPack&&) = default;
  EncoderPack& operator=(EncoderPack&&) = default;
  EncoderPack(const EncoderPack&) = delete;
  EncoderPack& operator=(const EncoderPack&) = delete;

  // file  the inflated content of the next encoder file.
  Status attach(Bytes file);
  // All layers are there: weights() may be used.
  bool complete() const { return has_shape_ && weights_.layers.size() == weights_.shape.layers; }
  const EncoderWeights& weights() const;
  // The same as far as it has come: `layers` holds those that are there. Precondition: a file is attached.
  const EncoderWeights& weights_so_far() const;

 private:
  Status attach_shape(ByteReader& reader);
  Status attach_layers(ByteReader& reader);

  bool has_shape_ = false;
  EncoderWeights weights_;
  std::vector<Bytes> files_;
  PackStorage storage_;
};

// Whether the engine can run an encoder of this shape; the message names what it cannot. Errors: kCorrupt.
Status check_shape(const EncoderShape& shape);

// pack_encoder_builder.cpp: the same weights to bytes (not gzipped). The first file, then runs of layers.
Bytes build_encoder_file(const EncoderWeights& weights);
Bytes build_layers_file(const EncoderWeights& weights, std::uint32_t first, std::uint32_t count);

}  // namespace crossglot
