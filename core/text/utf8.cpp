#include "text/utf8.h"

#include "base/check.h"

namespace crossglot {

Decoded decode_utf8(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[offset + i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xC2 || first > 0xF4) return {kInvalidCodePoint, 1};
  const std::uint32_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() - offset < size) return {kInvalidCodePoint, 1};
  // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
  const std::uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return {kInvalidCodePoint, 1};
  char32_t code_point = first & (0x7F >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kInvalidCodePoint, 1};
    code_point = code_point << 6 | (byte(i) & 0x3F);
  }
  return {code_point, size};
}

void append_utf8(std::string& text, char32_t code_point) {
  if (code_point < 0x80) {
    text.push_back(static_cast<char>(code_point));
    return;
  }
  const int size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  text.push_back(static_cast<char>((0xF00 >> size & 0xFF) | code_point >> (6 * (size - 1))));
  for (int i = size - 2; i >= 0; --i) text.push_back(static_cast<char>(0x80 | (code_point >> (6 * i) & 0x3F)));
}

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    if (decoded.code_point == kInvalidCodePoint) return false;
    i += decoded.size;
  }
  return true;
}

std::size_t utf8_boundary(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return text.size();
  for (std::size_t back = 1; back <= 3 && back <= offset; ++back) {
    const std::size_t begin = offset - back;
    const Decoded decoded = decode_utf8(text, begin);
    if (decoded.size > 1) return begin + decoded.size > offset ? begin : offset;
  }
  return offset;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t size = decode_utf8(text, i).size;
    length += size == 4 ? 2 : 1;
    i += size;
  }
  return length;
}

std::size_t Utf16Offsets::at(std::size_t byte_offset) {
  CG_CHECK(byte_offset >= byte_offset_ && byte_offset <= text_.size());
  utf16_offset_ += utf16_length(text_.substr(byte_offset_, byte_offset - byte_offset_));
  byte_offset_ = byte_offset;
  return utf16_offset_;
}

}  // namespace crossglot
