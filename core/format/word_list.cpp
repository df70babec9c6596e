#include "format/word_list.h"

#include "format/front_coding.h"
#include "format/part_header.h"

namespace crossglot {
namespace {

// 1, 2, 3, 4, 6, 8, 12, 16, ...: two steps an octave.
std::uint32_t decode_rough(std::uint32_t code) {
  return code == 0 ? 1 : (2U | ((code - 1) & 1)) << ((code - 1) >> 1);
}

constexpr std::uint32_t kRoughCodeMax = 60;

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "the word list is broken");
}

}  // namespace

Result<WordList> WordList::open(ByteSpan bytes) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kWords); !status) return status.error();
  const std::uint32_t count = reader.varint32();
  ByteReader codes(as_bytes(reader.string()));
  FrontCodedReader strings(reader);
  if (!reader.finished() || count != codes.remaining()) return corrupt();
  WordList list;
  list.words_.resize(count);
  std::string word;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t code = codes.u8();
    if (code > kRoughCodeMax || !strings.next(word)) return corrupt();
    if (i > 0 && word <= list.words_[i - 1].word) return corrupt();
    list.words_[i].word = word;
    list.words_[i].document_frequency = decode_rough(code);
  }
  if (!strings.finished()) return corrupt();
  return list;
}

}  // namespace crossglot
