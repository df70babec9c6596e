#include "format/section_lengths.h"

#include <algorithm>

#include "format/list.h"
#include "format/part_header.h"

namespace crossglot {

Result<SectionLengths> SectionLengths::open(ByteSpan bytes, std::uint32_t sections) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kLengths); !status) return status.error();
  const ByteSpan codes = as_bytes(reader.string());
  if (!reader.finished() || codes.size() != sections) {
    return make_error(ErrorCode::kCorrupt, "the lengths of sections are broken");
  }
  SectionLengths lengths;
  double sum = 0;
  for (const std::uint8_t code : codes) {
    lengths.words_.push_back(decode_length(code));
    sum += static_cast<double>(lengths.words_.back());
  }
  if (sections > 0) lengths.average_ = std::max(1.0f, static_cast<float>(sum / sections));
  return lengths;
}

}  // namespace crossglot
