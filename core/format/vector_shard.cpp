#include "format/vector_shard.h"

#include <bit>

#include "format/part_header.h"

namespace crossglot {
namespace {

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "a shard of vectors is broken");
}

}  // namespace

Result<VectorShard> VectorShard::open(ByteSpan bytes, std::size_t rows, std::size_t dimensions) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kVectors); !status) return status.error();
  if (reader.remaining() / (vector_row_bytes(dimensions) + 4) < rows) return corrupt();
  VectorShard shard;
  shard.scales.reserve(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto scale = std::bit_cast<float>(reader.u32());
    if (!(scale >= 0 && scale <= kVectorScaleMax)) return corrupt();
    shard.scales.push_back(scale);
  }
  shard.nibbles = reader.take(rows * vector_row_bytes(dimensions));
  if (!reader.finished()) return corrupt();
  return shard;
}

Result<BitShard> BitShard::open(ByteSpan bytes, std::size_t rows, std::size_t dimensions) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kBits); !status) return status.error();
  if (reader.remaining() / bit_row_bytes(dimensions) < rows) return corrupt();
  BitShard shard{reader.take(rows * bit_row_bytes(dimensions))};
  if (!reader.finished()) return corrupt();
  return shard;
}

}  // namespace crossglot
