#include "format/part_header.h"

#include "format/list.h"

namespace crossglot {

void write_part_header(ByteWriter& writer, PartKind kind) {
  writer.u8(static_cast<std::uint8_t>(kind));
  writer.u8(kFormatVersion);
}

Status check_version(std::uint8_t version) {
  if (version > kFormatVersion) return make_error(ErrorCode::kTooNew, "the index is of a newer format version");
  if (version < kFormatVersion) return make_error(ErrorCode::kTooOld, "the index is of an older format version");
  return ok_status();
}

Status read_part_header(ByteReader& reader, PartKind kind) {
  const std::uint8_t found = reader.u8();
  const std::uint8_t version = reader.u8();
  if (reader.failed() || found != static_cast<std::uint8_t>(kind)) {
    return make_error(ErrorCode::kCorrupt, "a part of the index is not what its list says");
  }
  return check_version(version);
}

}  // namespace crossglot
