// build/model/protobuf.h - protocol buffers' wire format, writing only: what an ONNX file needs.
//
// Source: "Encoding" of the Protocol Buffers documentation. Fields come out in the order of the calls.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace crossglot {

class ProtobufWriter {
 public:
  void number(std::uint32_t field, std::int64_t value) {
    tag(field, kVarint);
    bytes_.varint(static_cast<std::uint64_t>(value));
  }
  void real(std::uint32_t field, float value) {
    tag(field, kFixed32);
    bytes_.u32(std::bit_cast<std::uint32_t>(value));
  }
  void text(std::uint32_t field, std::string_view value) { content(field, as_bytes(value)); }
  void message(std::uint32_t field, const ProtobufWriter& value) { content(field, value.bytes_.bytes()); }
  void content(std::uint32_t field, ByteSpan value) {
    open(field, value.size());
    bytes_.append(value);
  }
  // A field of `size` bytes that the caller appends.
  void open(std::uint32_t field, std::size_t size) {
    tag(field, kBytes);
    bytes_.varint(size);
  }
  void append(ByteSpan value) { bytes_.append(value); }

  std::size_t size() const { return bytes_.size(); }
  const Bytes& bytes() const { return bytes_.bytes(); }
  Bytes take() { return bytes_.take(); }

 private:
  static constexpr std::uint32_t kVarint = 0;
  static constexpr std::uint32_t kBytes = 2;
  static constexpr std::uint32_t kFixed32 = 5;

  void tag(std::uint32_t field, std::uint32_t type) { bytes_.varint(field << 3 | type); }

  ByteWriter bytes_;
};

}  // namespace crossglot
