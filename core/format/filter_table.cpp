#include "format/filter_table.h"

#include <tuple>

#include "format/part_header.h"

namespace crossglot {
namespace {

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "the filter table is broken");
}

}  // namespace

Result<FilterTable> FilterTable::open(ByteSpan bytes, std::uint32_t pages) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kFilters); !status) return status.error();
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return corrupt();
  FilterTable table;
  table.values_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    FilterValue& entry = table.values_[i];
    entry.key = reader.string();
    entry.value = reader.string();
    if (i > 0 && std::tie(entry.key, entry.value) <= std::tie(table.values_[i - 1].key, table.values_[i - 1].value)) {
      return corrupt();
    }
    const std::uint32_t size = reader.varint32();
    if (reader.failed() || size > reader.remaining()) return corrupt();
    std::uint64_t next = 0;
    for (std::uint32_t k = 0; k < size; ++k) {
      next += reader.varint32();
      if (reader.failed() || next >= pages) return corrupt();
      entry.pages.push_back(static_cast<std::uint32_t>(next++));
    }
  }
  if (!reader.finished()) return corrupt();
  return table;
}

}  // namespace crossglot
