#include "text/code_point_map.h"

#include <algorithm>

#include "base/check.h"

namespace crossglot {

void CodePointSet::insert(char32_t c) {
  CG_CHECK(c < kCodePointLimit);
  std::uint16_t& page = page_of_[c >> 8];
  if (page == 0) {
    page = static_cast<std::uint16_t>(pages_.size());
    pages_.emplace_back();
  }
  pages_[page][c >> 3 & 31] |= static_cast<std::uint8_t>(1u << (c & 7));
}

CodePointMap::CodePointMap(ByteSpan gaps, ByteSpan lengths, ByteSpan targets) {
  keys_.reserve(lengths.size());
  offsets_.reserve(lengths.size() + 1);
  ByteReader gap(gaps);
  ByteReader target(targets);
  char32_t key = 0;
  char32_t value = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    key += gap.varint32() + (i > 0 ? 1 : 0);
    set_.insert(key);
    keys_.push_back(key);
    offsets_.push_back(static_cast<std::uint16_t>(targets_.size()));
    for (std::uint8_t left = lengths[i]; left > 0; --left) {
      value += static_cast<char32_t>(unzigzag32(target.varint32()));
      targets_.push_back(value);
    }
  }
  offsets_.push_back(static_cast<std::uint16_t>(targets_.size()));
  CG_CHECK(gap.finished() && target.finished() && targets_.size() <= 0xFFFF);
}

std::u32string_view CodePointMap::at(char32_t c) const {
  const auto key = std::lower_bound(keys_.begin(), keys_.end(), c);
  CG_CHECK(key != keys_.end() && *key == c);
  const auto i = static_cast<std::size_t>(key - keys_.begin());
  return {targets_.data() + offsets_[i], static_cast<std::size_t>(offsets_[i + 1] - offsets_[i])};
}

CodePointBytes::CodePointBytes(ByteSpan lengths, ByteSpan values) {
  ByteReader length(lengths);
  ByteReader value(values);
  Page page;
  std::size_t left = 0;
  std::uint8_t current = 0;
  for (std::uint16_t& number : page_of_) {
    for (auto at = page.begin(); at != page.end();) {
      if (left == 0) {
        left = length.varint32();
        current = value.u8();
        CG_CHECK(left > 0);
      }
      const std::size_t count = std::min(left, static_cast<std::size_t>(page.end() - at));
      at = std::fill_n(at, count, current);
      left -= count;
    }
    if (pages_.empty() || pages_.back() != page) pages_.push_back(page);
    number = static_cast<std::uint16_t>(pages_.size() - 1);
  }
  CG_CHECK(length.finished() && value.finished() && left == 0);
}

}  // namespace crossglot
