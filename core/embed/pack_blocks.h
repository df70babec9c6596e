// embed/pack_blocks.h - matrices in blocks and vectors of floats, to and from the bytes of a pack.
//
// What a reader returns owns its scales and floats, which need an alignment that bytes do not have; codes are views
// of the bytes. Numbers that are not finite are rejected here, so that nothing computes with them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "embed/weights.h"

namespace crossglot {

// Keeps what views point to. Moving it moves no number.
struct PackStorage {
  std::vector<std::vector<std::uint16_t>> scales;
  std::vector<std::vector<float>> floats;
};

std::size_t block_bytes(BlockEncoding encoding);  // of a block's codes: 16 or 32

// Each fails the reader where bytes are missing, a number is not finite or an encoding is unknown; the result is then
// not to be used.
BlockMatrix read_matrix(ByteReader& reader, std::uint32_t rows, std::uint32_t columns, PackStorage& storage);
std::span<const float> read_floats(ByteReader& reader, std::uint32_t count, PackStorage& storage);

// pack_encoder_builder.cpp
void write_matrix(ByteWriter& writer, const BlockMatrix& matrix);
void write_floats(ByteWriter& writer, std::span<const float> floats);

}  // namespace crossglot
