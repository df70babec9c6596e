#include "format/filter_table.h"
#include "format/part_header.h"

namespace crossglot {

Bytes build_filter_table(const std::vector<FilterValue>& values) {
  ByteWriter writer;
  write_part_header(writer, PartKind::kFilters);
  writer.varint(values.size());
  for (const FilterValue& entry : values) {
    writer.string(entry.key);
    writer.string(entry.value);
    writer.varint(entry.pages.size());
    std::uint32_t next = 0;
    for (const std::uint32_t page : entry.pages) {
      writer.varint(page - next);
      next = page + 1;
    }
  }
  return writer.take();
}

}  // namespace crossglot
