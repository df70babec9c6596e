// format/dictionary.h - translations of a range of stems of one language into stems of the list's language.
//
// A query in another language is looked up here; what it finds are stems of the list's own term shards. A dictionary
// is cut into shards by source stem, so that a query loads only those of its words.
//
// Bytes: core/format/FORMAT.md, "Dictionary".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

struct TranslatedStem {
  std::uint32_t target = 0;  // index into the shard's targets
  std::uint8_t code = 0;     // decode_probability()
};

// 1..255 to a probability; encode rounds to the nearest, never to 0.
inline float decode_probability(std::uint8_t code) {
  return static_cast<float>(code) / 255.0f;
}
std::uint8_t encode_probability(double probability);

class DictionaryShard {
 public:
  // Validates all of it; keeps nothing of the bytes. Errors: kCorrupt.
  static Result<DictionaryShard> open(ByteSpan bytes);

  const std::vector<std::string>& sources() const { return sources_; }  // ascending by bytes
  const std::string& target(std::uint32_t number) const { return targets_[number]; }
  // Index of the first source that is >= `stem`.
  std::size_t lower_bound(std::string_view stem) const;
  // Of a source by its index: the most probable first.
  std::span<const TranslatedStem> translations(std::size_t source) const {
    return std::span(translations_).subspan(ends_[source], ends_[source + 1] - ends_[source]);
  }

 private:
  std::vector<std::string> sources_;
  std::vector<std::string> targets_;
  std::vector<TranslatedStem> translations_;
  std::vector<std::uint32_t> ends_ = {0};  // by source: where its translations end, behind those of the one before
};

// dictionary_builder.cpp
struct DictionaryEntry {
  std::string source;
  std::vector<std::pair<std::string, std::uint8_t>> translations;  // target stem, code
};
// entries  ascending by source.
Bytes build_dictionary_shard(std::span<const DictionaryEntry> entries);

}  // namespace crossglot
