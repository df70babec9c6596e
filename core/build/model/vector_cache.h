// build/model/vector_cache.h - vectors of texts that were encoded before, in a file: a rebuild after editing ten
// pages encodes ten pages.
//
//   file    = "CGVC" version, model, dimensions, then records without end
//   record  = first half of the SHA-256 of kind and text, the vector's bytes, a checksum
//
// Vectors are appended as they come, so that an interrupted run keeps what it has. A file of another model, or one
// that is no such file, begins anew; a record that is cut off or damaged ends it.
//
// Not a contract: whoever finds the format changed encodes again.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "build/vector_source.h"

namespace crossglot {

class VectorCache {
 public:
  // A cache that holds nothing and keeps nothing.
  explicit VectorCache(std::size_t dimensions) : dimensions_(dimensions) {}
  // path: made with its folders when it is not there. Errors: kIo.
  static Result<VectorCache> open(const std::string& path, std::string_view model, std::size_t dimensions);

  std::size_t size() const { return places_.size(); }
  // Copies the text's vector; false when it is not there.
  bool find(const EmbedText& text, std::span<std::int8_t> out) const;
  // Errors: kIo, as when the disk is full.
  Status add(const EmbedText& text, std::span<const std::int8_t> vector);
  // What was added is in the file. Errors: kIo.
  Status flush();

 private:
  using Key = std::array<std::uint8_t, 16>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  static Key key_of(const EmbedText& text);
  std::uint32_t checksum(const Key& key, std::span<const std::int8_t> vector) const;
  // Bytes of the records that are whole.
  std::size_t read_records(ByteSpan bytes);

  std::size_t dimensions_ = 0;
  std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::unordered_map<Key, std::uint32_t, KeyHash> places_;  // looked up, never walked
  std::vector<std::int8_t> vectors_;
};

}  // namespace crossglot
