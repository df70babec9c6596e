// format/part_header.h - the two bytes that begin every part: what it is, and in which version it is written.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

enum class PartKind : std::uint8_t {
  kTerms = 'T',
  kPositions = 'O',
  kPages = 'G',
  kTails = 'H',
  kWords = 'W',
  kFilters = 'F',
  kDictionary = 'D',
  kLengths = 'L',
  kVectors = 'V',
  kBits = 'B',
};

inline constexpr std::size_t kPartHeaderBytes = 2;
void write_part_header(ByteWriter& writer, PartKind kind);
// Errors: kCorrupt, kTooNew, kTooOld.
Status read_part_header(ByteReader& reader, PartKind kind);
// The same judgement for a version byte wherever it stands.
Status check_version(std::uint8_t version);

}  // namespace crossglot
