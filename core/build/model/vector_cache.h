// build/model/vector_cache.h - vectors of texts that were encoded before, as the bytes of a file: a rebuild after
// editing ten pages encodes ten pages.
//
//   file    = "CGVC" version, model, dimensions, then records without end
//   record  = first half of the SHA-256 of kind and text, the vector's bytes, a checksum
//
// No file is touched here: the native command and the indexer under Node are two hosts of the same bytes, and share
// one file. What they keep to, so that runs at once and runs that end in the middle leave it good:
//   - whole records are appended, each lot with one write;
//   - a file of another model, or one that is no such file, is replaced by one with the header alone;
//   - what follows the last good record is cut off before the first append.
// Damage costs the records that it touches.
//
// Not a contract: whoever finds the format changed encodes again.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "build/vector_source.h"

namespace crossglot {

using VectorKey = std::array<std::uint8_t, 16>;

VectorKey vector_key(const EmbedText& text);

class VectorCache {
 public:
  using Take = std::function<void(const VectorKey& key, std::span<const std::int8_t> vector)>;

  // model: the identity of the model and of its arithmetic (cache_identity).
  VectorCache(std::string_view model, std::size_t dimensions);

  std::size_t dimensions() const { return dimensions_; }
  // What a file begins with.
  const Bytes& header() const { return header_; }
  std::size_t record_bytes() const { return sizeof(VectorKey) + dimensions_ + kChecksumBytes; }
  // Precondition: vector.size() == dimensions().
  void append_record(const VectorKey& key, std::span<const std::int8_t> vector, Bytes& out) const;

  // A file from its begin, in pieces of any size; `take` gets the good records.
  void read(ByteSpan piece, const Take& take);
  // Bytes of what was read up to the end of the last good record; 0 where the header is not this one.
  std::uint64_t good_bytes() const { return good_; }

 private:
  static constexpr std::size_t kChecksumBytes = 4;
  void read_header(ByteSpan& piece);
  void read_record(ByteSpan record, const Take& take);

  std::size_t dimensions_;
  Bytes header_;
  std::uint64_t position_ = 0;  // of the file
  std::uint64_t good_ = 0;
  bool foreign_ = false;
  Bytes begun_;  // a record that the last piece held the begin of
};

}  // namespace crossglot
