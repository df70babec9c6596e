// build/vector_source.h - where a build gets its vectors: the seam between the builder, which says which texts it
// wants, and whoever runs an encoder (the native command with its cache, workers under Node).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace crossglot {

// A text without the model's prefix.
struct EmbedText {
  std::string text;
  bool query = false;  // encoded as a query: what the means of queries are made from
};

struct VectorSource {
  std::string model;  // the identity of the model and of its arithmetic
  std::size_t dimensions = 0;
  // out[texts][dimensions]: each vector as embed/encoder.h's quantise_vector() gives it, so that a cache of bytes
  // gives the same bundle as a fresh run. All texts differ. Errors end the build.
  std::function<Status(std::span<const EmbedText> texts, std::span<std::int8_t> out)> embed;
};

}  // namespace crossglot
