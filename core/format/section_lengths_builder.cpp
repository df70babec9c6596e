#include "format/list.h"
#include "format/part_header.h"
#include "format/section_lengths.h"

namespace crossglot {

Bytes build_section_lengths(std::span<const std::uint64_t> words) {
  ByteWriter codes;
  for (const std::uint64_t count : words) codes.u8(encode_length(count));
  ByteWriter writer;
  write_part_header(writer, PartKind::kLengths);
  writer.string(as_text(codes.bytes()));
  return writer.take();
}

}  // namespace crossglot
