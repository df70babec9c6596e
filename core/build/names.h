// build/names.h - names that two languages write in different alphabets: Токио and Tokyo.
//
// Where the aligned text teaches no translation of a word, one that sounds the same in the other language's alphabet
// is taken for it (text/romanise.h): a name stands in few places, often in none that has been translated. Words of
// one alphabet need nothing: they are found as they stand.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "build/corpus.h"
#include "text/unicode.h"

namespace crossglot {

class NameKeys {
 public:
  // vocabulary  borrowed.
  explicit NameKeys(const Vocabulary& vocabulary);

  // Stems of `target` that sound like this stem, ascending; none where it is not a word, or where too many do.
  std::vector<std::uint32_t> find(std::uint32_t stem, const NameKeys& target) const;

 private:
  struct Word {
    std::uint32_t stem = 0;
    Script script = Script::kCommon;
  };

  const Vocabulary& vocabulary_;
  std::unordered_map<std::string, std::vector<Word>> by_sound_;
};

// What such a word is worth beside one whose translation was learned.
inline constexpr double kNameProbability = 0.5;

}  // namespace crossglot
