#include <algorithm>

#include "format/dictionary.h"
#include "format/front_coding.h"
#include "format/part_header.h"

namespace crossglot {

std::uint8_t encode_probability(double probability) {
  return static_cast<std::uint8_t>(std::clamp(probability * 255 + 0.5, 1.0, 255.0));
}

Bytes build_dictionary_shard(std::span<const DictionaryEntry> entries) {
  std::vector<std::string_view> targets;
  for (const DictionaryEntry& entry : entries) {
    for (const auto& [target, code] : entry.translations) targets.push_back(target);
  }
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());

  ByteWriter counts, numbers, codes;
  FrontCodedWriter source_strings, target_strings;
  std::string_view last;
  for (const DictionaryEntry& entry : entries) {
    counts.u8(static_cast<std::uint8_t>(entry.translations.size()));
    source_strings.add(last, entry.source);
    last = entry.source;
    for (const auto& [target, code] : entry.translations) {
      const auto at = std::lower_bound(targets.begin(), targets.end(), target);
      numbers.varint(static_cast<std::uint64_t>(at - targets.begin()));
      codes.u8(code);
    }
  }
  last = {};
  for (const std::string_view target : targets) {
    target_strings.add(last, target);
    last = target;
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kDictionary);
  writer.string(as_text(counts.bytes()));
  source_strings.write(writer);
  writer.varint(targets.size());
  target_strings.write(writer);
  writer.string(as_text(numbers.bytes()));
  writer.string(as_text(codes.bytes()));
  return writer.take();
}

}  // namespace crossglot
