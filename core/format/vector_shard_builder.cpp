#include <bit>

#include "format/part_header.h"
#include "format/vector_shard.h"

namespace crossglot {

Bytes build_vector_shard(ByteSpan nibbles, std::span<const float> scales) {
  ByteWriter writer;
  write_part_header(writer, PartKind::kVectors);
  for (const float scale : scales) writer.u32(std::bit_cast<std::uint32_t>(scale));
  writer.append(nibbles);
  return writer.take();
}

Bytes build_bit_shard(ByteSpan bits) {
  ByteWriter writer;
  write_part_header(writer, PartKind::kBits);
  writer.append(bits);
  return writer.take();
}

}  // namespace crossglot
