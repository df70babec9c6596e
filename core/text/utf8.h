// text/utf8.h - decode and encode UTF-8, and count in UTF-16 as JavaScript does.
//
// Decoding follows the Unicode Standard's table 3-7: overlong forms, surrogates and values above U+10FFFF are
// invalid. An invalid byte is one step of its own, whatever follows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crossglot {

inline constexpr char32_t kInvalidCodePoint = 0xFFFFFFFF;

struct Decoded {
  char32_t code_point;  // kInvalidCodePoint for a byte that begins no valid sequence
  std::uint32_t size;   // bytes: 1 to 4; 1 for an invalid byte
};

// The code point at `offset`, which is less than the size of `text`.
Decoded decode_utf8(std::string_view text, std::size_t offset);

// Appends a valid code point.
void append_utf8(std::string& text, char32_t code_point);

bool valid_utf8(std::string_view text);

// Whether a byte of valid UTF-8 is the first of its sequence.
inline bool utf8_begins(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

// The largest offset <= `offset` at which no sequence is cut: an excerpt may begin or end there.
std::size_t utf8_boundary(std::string_view text, std::size_t offset);

// Length in UTF-16 units. An invalid byte counts as one unit, as the U+FFFD that a JavaScript decoder makes of it
// (WHATWG decoders may join several bytes of one broken sequence into one U+FFFD: validate before).
std::size_t utf16_length(std::string_view text);

// Turns rising byte offsets into UTF-16 offsets in one pass over the text.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view text) : text_(text) {}
  // `byte_offset` is on a boundary, within the text, and not less than in the call before.
  std::size_t at(std::size_t byte_offset);

 private:
  std::string_view text_;
  std::size_t byte_offset_ = 0;
  std::size_t utf16_offset_ = 0;
};

}  // namespace crossglot
