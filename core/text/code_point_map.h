// text/code_point_map.h - sets and maps of code points, unfolded from generated streams (tokenizer_tables.h).
//
// Most questions are about code points that a set or map does not hold: one bit each, in pages of 256 of which equal
// empty ones are shared, answers those with two loads.
// Streams are ours, not a user's: a broken one aborts.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace crossglot {

inline constexpr char32_t kCodePointLimit = 0x110000;

class CodePointSet {
 public:
  CodePointSet() : pages_(1) {}

  void insert(char32_t c);
  // c  less than kCodePointLimit.
  bool contains(char32_t c) const { return (pages_[page_of_[c >> 8]][c >> 3 & 31] >> (c & 7) & 1) != 0; }

 private:
  using Page = std::array<std::uint8_t, 32>;
  std::array<std::uint16_t, kCodePointLimit / 256> page_of_{};
  std::vector<Page> pages_;  // [0] is empty
};

// A string for some code points.
class CodePointMap {
 public:
  CodePointMap(ByteSpan gaps, ByteSpan lengths, ByteSpan targets);

  bool contains(char32_t c) const { return set_.contains(c); }
  // The string of a code point that the map contains; it may be empty.
  std::u32string_view at(char32_t c) const;

 private:
  CodePointSet set_;
  std::vector<char32_t> keys_;
  std::vector<std::uint16_t> offsets_;  // into targets_, one more than there are keys
  std::vector<char32_t> targets_;
};

// A byte for every code point; a page equal to the one before is shared.
class CodePointBytes {
 public:
  // lengths, values  of runs, from U+0000 on.
  CodePointBytes(ByteSpan lengths, ByteSpan values);

  std::uint8_t operator[](char32_t c) const { return pages_[page_of_[c >> 8]][c & 255]; }

 private:
  using Page = std::array<std::uint8_t, 256>;
  std::array<std::uint16_t, kCodePointLimit / 256> page_of_{};
  std::vector<Page> pages_;
};

inline std::int32_t unzigzag32(std::uint32_t value) {
  return static_cast<std::int32_t>(value >> 1) ^ -static_cast<std::int32_t>(value & 1);
}

}  // namespace crossglot
