#include "embed/pack_header.h"
#include "embed/pack_rows.h"

namespace crossglot {

Bytes build_row_table(const RowTableParts& parts) {
  CG_CHECK(!parts.groups.empty() && parts.groups.size() <= kRowGroupsMax && parts.pages.size() <= kRowPagesMax);
  ByteWriter writer;
  write_pack_header(writer, PackKind::kRows);
  writer.varint(parts.group_of_piece.size());
  writer.varint(parts.hidden);
  writer.varint(parts.groups.size());
  for (const RowGroup& group : parts.groups) {
    writer.string(group.label);
    writer.varint(group.page_count);
  }
  for (const RowPageEntry& page : parts.pages) {
    writer.varint(page.rows);
    writer.varint(page.file.stored_size);
    writer.varint(page.file.raw_size);
    writer.append(ByteSpan(page.file.sha256));
  }
  writer.append(ByteSpan(parts.group_of_piece));
  return writer.take();
}

Bytes build_row_page(const BlockMatrix& rows) {
  ByteWriter writer;
  write_pack_header(writer, PackKind::kPage);
  write_matrix(writer, rows);
  return writer.take();
}

}  // namespace crossglot
