#include <array>

#include "format/part_header.h"
#include "format/position_shard.h"

namespace crossglot {

Bytes build_position_shard(const std::vector<std::vector<std::vector<std::uint32_t>>>& positions, ByteSpan codes) {
  ByteWriter counts, gaps;
  std::array<std::uint8_t, 256> last{};
  std::size_t number = 0;
  for (const auto& term : positions) {
    for (const auto& posting : term) {
      const bool many = posting.size() >= 255;
      const auto count = static_cast<std::uint8_t>(many ? 255 : posting.size());
      CG_CHECK(number < codes.size());
      std::uint8_t& before = last[codes[number++]];
      counts.u8(static_cast<std::uint8_t>(count - before));
      before = count;
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
