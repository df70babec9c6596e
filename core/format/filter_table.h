// format/filter_table.h - which pages carry which filter value; loaded when a query filters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

struct FilterValue {
  std::string key;
  std::string value;
  std::vector<std::uint32_t> pages;  // ascending
};

class FilterTable {
 public:
  // pages: of the language; a page number beyond it is corrupt.
  static Result<FilterTable> open(ByteSpan bytes, std::uint32_t pages);
  const std::vector<FilterValue>& values() const { return values_; }  // by key, then value

 private:
  std::vector<FilterValue> values_;
};

Bytes build_filter_table(const std::vector<FilterValue>& values);

}  // namespace crossglot
