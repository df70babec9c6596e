#include "embed/pack_blocks.h"

#include <bit>

namespace crossglot {
namespace {

constexpr std::uint16_t kHalfExponent = 0x7c00;        // all ones: infinite or not a number
constexpr std::uint32_t kFloatExponent = 0x7f80'0000;  // the same of a float

}  // namespace

std::size_t block_bytes(BlockEncoding encoding) {
  return encoding == BlockEncoding::kInt4 ? kBlockWeights / 2 : kBlockWeights;
}

BlockMatrix read_matrix(ByteReader& reader, std::uint32_t rows, std::uint32_t columns, PackStorage& storage) {
  BlockMatrix matrix;
  const std::uint8_t encoding = reader.u8();
  if (encoding > static_cast<std::uint8_t>(BlockEncoding::kInt8)) reader.fail();
  if (reader.failed()) return matrix;
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.encoding = static_cast<BlockEncoding>(encoding);
  const std::size_t blocks = std::size_t{rows} * (columns / kBlockWeights);
  ByteReader halves(reader.take(2 * blocks));  // before memory is taken for them: a bad size finds no bytes
  if (reader.failed()) return matrix;
  std::vector<std::uint16_t> scales(blocks);
  for (std::uint16_t& scale : scales) {
    scale = halves.u16();
    if ((scale & kHalfExponent) == kHalfExponent) reader.fail();
  }
  matrix.codes = reader.take(blocks * block_bytes(matrix.encoding));
  matrix.scales = storage.scales.emplace_back(std::move(scales));
  return matrix;
}

std::span<const float> read_floats(ByteReader& reader, std::uint32_t count, PackStorage& storage) {
  ByteReader words(reader.take(sizeof(float) * std::size_t{count}));
  if (reader.failed()) return {};
  std::vector<float> floats(count);
  for (float& value : floats) {
    const std::uint32_t bits = words.u32();
    if ((bits & kFloatExponent) == kFloatExponent) reader.fail();
    value = std::bit_cast<float>(bits);
  }
  return storage.floats.emplace_back(std::move(floats));
}

}  // namespace crossglot
