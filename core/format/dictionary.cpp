#include "format/dictionary.h"

#include <algorithm>

#include "format/front_coding.h"
#include "format/part_header.h"

namespace crossglot {
namespace {

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "a dictionary shard is broken");
}

// `count` strings, ascending and all different.
bool read_strings(ByteReader& reader, std::uint32_t count, std::vector<std::string>& strings) {
  FrontCodedReader coded(reader);
  std::string text;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!coded.next(text) || (i > 0 && text <= strings.back())) return false;
    strings.push_back(text);
  }
  return coded.finished();
}

}  // namespace

std::size_t DictionaryShard::lower_bound(std::string_view stem) const {
  const auto at = std::lower_bound(sources_.begin(), sources_.end(), stem);
  return static_cast<std::size_t>(at - sources_.begin());
}

Result<DictionaryShard> DictionaryShard::open(ByteSpan bytes) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kDictionary); !status) return status.error();
  DictionaryShard shard;
  const ByteSpan counts = as_bytes(reader.string());
  if (!read_strings(reader, static_cast<std::uint32_t>(counts.size()), shard.sources_)) return corrupt();
  const std::uint32_t targets = reader.varint32();
  if (!read_strings(reader, targets, shard.targets_)) return corrupt();
  ByteReader numbers(as_bytes(reader.string()));
  ByteReader codes(as_bytes(reader.string()));
  if (!reader.finished()) return corrupt();
  for (const std::uint8_t count : counts) {
    for (std::uint8_t i = 0; i < count; ++i) {
      const TranslatedStem translation{numbers.varint32(), codes.u8()};
      if (translation.target >= targets || translation.code == 0) return corrupt();
      shard.translations_.push_back(translation);
    }
    if (count == 0) return corrupt();
    shard.ends_.push_back(static_cast<std::uint32_t>(shard.translations_.size()));
  }
  if (!numbers.finished() || !codes.finished()) return corrupt();
  return shard;
}

}  // namespace crossglot
