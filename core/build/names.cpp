#include "build/names.h"

#include <algorithm>

#include "build/segment.h"
#include "text/romanise.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// Shorter words sound like too many others.
constexpr std::size_t kSoundsMin = 5;
// A key of more words than this tells none of them.
constexpr std::size_t kAlikeMax = 2;

// Calls use(script, key) for every surface of a stem that may be a name.
template <typename Use>
void for_each_key(const Vocabulary& vocabulary, std::uint32_t stem, Use&& use) {
  const auto& stems = vocabulary.stems;
  const std::size_t end = stem + 1 < stems.size() ? stems[stem + 1] : vocabulary.terms.size();
  for (std::size_t at = stems[stem]; at < end; ++at) {
    const MergedTerm& term = vocabulary.terms[at];
    if ((term.seen_as & kSeenWord) == 0 || term.surface.empty()) continue;
    const std::string key = script_free_key(term.surface);
    if (key.size() >= kSoundsMin) use(properties(decode_utf8(term.surface, 0).code_point).script, key);
  }
}

}  // namespace

NameKeys::NameKeys(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
  for (std::uint32_t stem = 0; stem < vocabulary.stems.size(); ++stem) {
    for_each_key(vocabulary, stem, [&](Script script, const std::string& key) {
      std::vector<Word>& words = by_sound_[key];
      if (words.empty() || words.back().stem != stem) words.push_back({stem, script});
    });
  }
}

std::vector<std::uint32_t> NameKeys::find(std::uint32_t stem, const NameKeys& target) const {
  std::vector<std::uint32_t> found;
  for_each_key(vocabulary_, stem, [&](Script script, const std::string& key) {
    const auto alike = target.by_sound_.find(key);
    if (alike == target.by_sound_.end()) return;
    for (const Word& word : alike->second) {
      if (word.script != script) found.push_back(word.stem);
    }
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > kAlikeMax) found.clear();
  return found;
}

}  // namespace crossglot
