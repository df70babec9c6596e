// embed/pack_header.h - how every file of a model pack begins: magic, version, kind. Grammar: core/format/MODEL.md.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

inline constexpr std::uint8_t kPackVersion = 1;
inline constexpr std::size_t kPackRawBytesMax = 16u << 20;  // no file of a pack inflates to more

enum class PackKind : std::uint8_t {
  kEncoder = 'E',  // shape, positions, what stands before the first layer
  kLayers = 'L',   // a run of layers
  kRows = 'R',     // which page holds the row of which piece
  kPage = 'V',     // rows of the vocabulary
};

void write_pack_header(ByteWriter& writer, PackKind kind);
// Errors: kCorrupt, kTooNew, kTooOld.
Status read_pack_header(ByteReader& reader, PackKind kind);
// The same judgement for a version wherever it stands.
Status check_pack_version(std::uint64_t version);

}  // namespace crossglot
