#include "base/bytes.h"

#include <limits>

namespace crossglot {

std::uint8_t ByteReader::u8() {
  const ByteSpan bytes = take(1);
  return bytes.empty() ? 0 : bytes[0];
}

std::uint16_t ByteReader::u16() {
  const ByteSpan bytes = take(2);
  return bytes.empty() ? 0 : static_cast<std::uint16_t>(bytes[0] | bytes[1] << 8);
}

std::uint32_t ByteReader::u32() {
  const ByteSpan bytes = take(4);
  if (bytes.empty()) return 0;
  return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
         static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

std::uint64_t ByteReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = u8();
    if (failed_) return 0;
    if (shift == 63 && byte > 1) break;
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  failed_ = true;
  return 0;
}

std::uint32_t ByteReader::varint32() {
  const std::uint64_t value = varint();
  if (value <= std::numeric_limits<std::uint32_t>::max()) return static_cast<std::uint32_t>(value);
  failed_ = true;
  return 0;
}

ByteSpan ByteReader::take(std::size_t size) {
  if (failed_ || size > bytes_.size() - position_) {
    failed_ = true;
    return {};
  }
  const ByteSpan taken = bytes_.subspan(position_, size);
  position_ += size;
  return taken;
}

std::string_view ByteReader::string() {
  const std::uint64_t size = varint();
  if (failed_ || size > bytes_.size() - position_) {
    failed_ = true;
    return {};
  }
  return as_text(take(static_cast<std::size_t>(size)));
}

void ByteWriter::u16(std::uint16_t value) {
  u8(static_cast<std::uint8_t>(value));
  u8(static_cast<std::uint8_t>(value >> 8));
}

void ByteWriter::u32(std::uint32_t value) {
  u16(static_cast<std::uint16_t>(value));
  u16(static_cast<std::uint16_t>(value >> 16));
}

void ByteWriter::varint(std::uint64_t value) {
  while (value >= 0x80) {
    u8(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  u8(static_cast<std::uint8_t>(value));
}

void ByteWriter::append(std::string_view text) {
  append(as_bytes(text));
}

void ByteWriter::string(std::string_view text) {
  varint(text.size());
  append(text);
}

}  // namespace crossglot
