// build/vector_work.h - texts on their way to vectors: which of them a cache has, and in which order to encode the
// others. Hosts read the cache's file, encode and append to the file; they share the rest, which is here.
//
//   read_cache()...  take_missing()  missing() --encode--> add()...  vectors()
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "build/model/vector_cache.h"
#include "build/vector_source.h"

namespace crossglot {

class VectorWork {
 public:
  // texts: borrowed, all different.
  VectorWork(std::span<const EmbedText> texts, VectorCache cache);

  std::span<const EmbedText> texts() const { return texts_; }
  std::size_t dimensions() const { return cache_.dimensions(); }
  const VectorCache& cache() const { return cache_; }
  // The cache's file from its begin, in pieces of any size.
  void read_cache(ByteSpan piece);

  // Ends reading. The numbers of the texts without a vector: queries first, then long ones before short ones, since
  // texts of about one length share passes over the weights, and what is left never takes longer than it seems.
  const std::vector<std::uint32_t>& take_missing();
  const std::vector<std::uint32_t>& missing() const { return missing_; }

  // Vectors of missing()[first] and those that follow, [texts][dimensions]; what to append to the cache's file.
  // Precondition: not more than are missing behind `first`.
  Bytes add(std::size_t first, std::span<const std::int8_t> vectors);
  // Of the text's bytes among those that were missing, how much is done.
  double share() const;

  // [texts][dimensions]; those of missing texts are there when all have been added.
  std::span<const std::int8_t> vectors() const { return vectors_; }
  bool done() const { return wanted_.empty() && bytes_done_ == bytes_missing_; }

 private:
  void set(std::uint32_t text, std::span<const std::int8_t> vector);

  std::span<const EmbedText> texts_;
  VectorCache cache_;
  std::map<VectorKey, std::uint32_t> wanted_;  // texts without a vector so far
  std::vector<std::int8_t> vectors_;
  std::vector<std::uint32_t> missing_;
  std::uint64_t bytes_missing_ = 0;
  std::uint64_t bytes_done_ = 0;
};

}  // namespace crossglot
