#include "embed/pack_header.h"

#include <algorithm>
#include <array>

namespace crossglot {
namespace {

// As the bundle's lists: a first byte that is no text, then letters that a person finds.
constexpr std::array<std::uint8_t, 4> kMagic = {0xC6, 'C', 'G', 'M'};

}  // namespace

void write_pack_header(ByteWriter& writer, PackKind kind) {
  writer.append(ByteSpan(kMagic));
  writer.u8(kPackVersion);
  writer.u8(static_cast<std::uint8_t>(kind));
}

Status check_pack_version(std::uint64_t version) {
  if (version > kPackVersion) {
    return make_error(ErrorCode::kTooNew, "the model is of a newer format version: use a newer crossglot");
  }
  if (version < kPackVersion) {
    return make_error(ErrorCode::kTooOld, "the model is of an older format version: import it again");
  }
  return ok_status();
}

Status read_pack_header(ByteReader& reader, PackKind kind) {
  const ByteSpan magic = reader.take(kMagic.size());
  const std::uint8_t version = reader.u8();
  const std::uint8_t found = reader.u8();
  if (reader.failed() || !std::equal(magic.begin(), magic.end(), kMagic.begin())) {
    return make_error(ErrorCode::kCorrupt, "not a file of a model, or cut off");
  }
  if (Status status = check_pack_version(version); !status) return status;
  if (found != static_cast<std::uint8_t>(kind)) {
    return make_error(ErrorCode::kCorrupt, "a file of the model is not what model.json says");
  }
  return ok_status();
}

}  // namespace crossglot
