// base/bytes.h - read and write little-endian integers and varints; the only way the core touches stored bytes.
//
// A ByteReader never reads outside its span. The first read that would do so makes the reader `failed()`, and
// every later read returns 0 or an empty span: callers decode a whole structure and ask once at its end.
// Varints are LEB128, at most ten bytes; an overlong value fails the reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace crossglot {

using Bytes = std::vector<std::uint8_t>;
using ByteSpan = std::span<const std::uint8_t>;

class ByteReader {
 public:
  explicit ByteReader(ByteSpan bytes) : bytes_(bytes) {}

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  std::uint64_t varint();
  // A varint that must fit in 32 bits; a larger one fails the reader.
  std::uint32_t varint32();
  ByteSpan take(std::size_t size);
  // A varint length, then that many bytes.
  std::string_view string();

  std::size_t position() const { return position_; }
  std::size_t remaining() const { return failed_ ? 0 : bytes_.size() - position_; }
  bool failed() const { return failed_; }
  // All bytes read and none missing.
  bool finished() const { return !failed_ && position_ == bytes_.size(); }
  void fail() { failed_ = true; }

 private:
  ByteSpan bytes_;
  std::size_t position_ = 0;
  bool failed_ = false;
};

class ByteWriter {
 public:
  void u8(std::uint8_t value) { bytes_.push_back(value); }
  void u16(std::uint16_t value);
  void u32(std::uint32_t value);
  void varint(std::uint64_t value);
  void append(ByteSpan bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  void append(std::string_view text);
  void string(std::string_view text);

  std::size_t size() const { return bytes_.size(); }
  const Bytes& bytes() const { return bytes_; }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

inline ByteSpan as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteSpan bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace crossglot
