#include "format/part_header.h"
#include "format/position_shard.h"

namespace crossglot {

Bytes build_position_shard(const std::vector<std::vector<std::vector<std::uint32_t>>>& positions) {
  ByteWriter counts, gaps;
  for (const auto& term : positions) {
    for (const auto& posting : term) {
      const bool many = posting.size() >= 255;
      counts.u8(many ? 255 : static_cast<std::uint8_t>(posting.size()));
      if (many) gaps.varint(posting.size());
      std::uint32_t next = 0;
      for (const std::uint32_t position : posting) {
        CG_CHECK(position >= next && position < UINT32_MAX);
        gaps.varint(position - next);
        next = position + 1;
      }
    }
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kPositions);
  writer.string(as_text(counts.bytes()));
  writer.string(as_text(gaps.bytes()));
  return writer.take();
}

}  // namespace crossglot
