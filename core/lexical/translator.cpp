#include "lexical/translator.h"

#include <algorithm>

#include "text/language.h"
#include "text/utf8.h"

namespace crossglot {

Translator::Source& Translator::source(std::string_view lang) {
  for (const auto& known : sources_) {
    if (known->lang == lang) return *known;
  }
  sources_.push_back(std::make_unique<Source>(Source{std::string(lang), StemCache(lang, stemmer_)}));
  return *sources_.back();
}

void Translator::choose(std::span<const QueryLanguage> languages, std::uint32_t fold, bool guess) {
  chosen_.clear();
  const auto& dictionaries = index_.list().dictionaries;
  for (const QueryLanguage& language : languages) {
    // The language itself, else one that shares its primary subtag.
    std::uint32_t best = kNone;
    for (std::uint32_t i = 0; i < dictionaries.size(); ++i) {
      if (dictionaries[i].fold != fold) continue;
      const bool same = dictionaries[i].lang == language.lang;
      if (same || (best == kNone && primary_language(dictionaries[i].lang) == primary_language(language.lang)))
        best = i;
      if (same) break;
    }
    if (best != kNone) chosen_.push_back({&source(dictionaries[best].lang), best, language.weight});
  }
  others_.clear();
  if (guess) list_others(fold);
}

// Other languages of the index are not asked for a word when they are more than these: each costs a file.
constexpr std::size_t kOthersMax = 6;

void Translator::list_others(std::uint32_t fold) {
  const auto& dictionaries = index_.list().dictionaries;
  for (std::uint32_t i = 0; i < dictionaries.size(); ++i) {
    const bool chosen =
        std::any_of(chosen_.begin(), chosen_.end(), [&](const Chosen& it) { return it.dictionary == i; });
    if (dictionaries[i].fold != fold || chosen) continue;
    const bool english = primary_language(dictionaries[i].lang) == "en";
    others_.insert(english ? others_.begin() : others_.end(), {nullptr, i, 1});
  }
}

bool Translator::guess(const std::string& surface, std::vector<TranslatedTerm>& found) {
  const Script script = properties(decode_utf8(surface, 0).code_point).script;
  std::size_t asked = 0;
  for (std::size_t at = 0; at < others_.size() && asked < kOthersMax; ++at) {
    Chosen& other = others_[at];
    const std::string& lang = index_.list().dictionaries[other.dictionary].lang;
    if (!writes_script(lang, script)) continue;
    ++asked;
    if (other.source == nullptr) other.source = &source(lang);
    if (!look_up(other, other.source->stems.stem(surface), found)) return false;
    if (found.empty()) continue;
    std::rotate(others_.begin(), others_.begin() + static_cast<std::ptrdiff_t>(at),
                others_.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    return true;
  }
  return true;
}

bool Translator::look_up(const Chosen& chosen, std::string_view stem, std::vector<TranslatedTerm>& found) {
  const auto& shards = index_.list().dictionaries[chosen.dictionary].shards;
  const auto after =
      std::upper_bound(shards.begin(), shards.end(), stem,
                       [](std::string_view key, const DictionaryShardRef& shard) { return key < shard.first_stem; });
  if (after == shards.begin()) return true;
  const DictionaryShard* shard =
      index_.dictionary_shard(chosen.dictionary, static_cast<std::uint32_t>(after - shards.begin() - 1));
  if (shard == nullptr) return false;
  const std::size_t at = shard->lower_bound(stem);
  if (at >= shard->sources().size() || shard->sources()[at] != stem) return true;
  for (const TranslatedStem& translation : shard->translations(at)) {
    found.push_back({shard->target(translation.target), chosen.weight * decode_probability(translation.code)});
  }
  return true;
}

bool Translator::translate(const std::string& surface, std::vector<TranslatedTerm>& found) {
  bool complete = true;
  for (const Chosen& chosen : chosen_) {
    if (!look_up(chosen, chosen.source->stems.stem(surface), found)) complete = false;
  }
  return complete;
}

}  // namespace crossglot
