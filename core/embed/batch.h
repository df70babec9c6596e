// embed/batch.h - many texts to vectors, on some threads: what indexing calls.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "embed/encoder.h"
#include "embed/row_source.h"

namespace crossglot {

// out: [texts][hidden]. Neighbours of about the same length share a pass over the weights; vectors are the same bits
// as encode() gives one by one, on any number of threads (one where there are none: wasm).
// Errors: those of Encoder::encode() for one of the texts, the same on any number of threads; `out` then holds some
// of the vectors.
// Precondition: encoder.ready().
Status encode_batch(const Encoder& encoder, const RowSource& rows, std::span<const std::vector<std::uint32_t>> texts,
                    unsigned threads, std::span<float> out);

}  // namespace crossglot
