#include <bit>

#include "format/front_coding.h"
#include "format/part_header.h"
#include "format/word_list.h"

namespace crossglot {
namespace {

// The highest step that is not above `value` (word_list.cpp).
std::uint8_t encode_rough(std::uint32_t value) {
  if (value <= 1) return 0;
  const auto octave = static_cast<std::uint32_t>(std::bit_width(value)) - 1;
  return static_cast<std::uint8_t>(1 + 2 * (octave - 1) + ((value >> (octave - 1)) & 1));
}

}  // namespace

Bytes build_word_list(const std::vector<WordEntry>& words) {
  ByteWriter codes;
  FrontCodedWriter strings;
  std::string_view last;
  for (const WordEntry& entry : words) {
    codes.u8(encode_rough(entry.document_frequency));
    strings.add(last, entry.word);
    last = entry.word;
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kWords);
  writer.varint(words.size());
  writer.string(as_text(codes.bytes()));
  strings.write(writer);
  return writer.take();
}

}  // namespace crossglot
