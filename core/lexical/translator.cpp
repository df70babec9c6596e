#include "lexical/translator.h"

#include <algorithm>

#include "text/language.h"

namespace crossglot {

Translator::Source& Translator::source(std::string_view lang) {
  for (const auto& known : sources_) {
    if (known->lang == lang) return *known;
  }
  sources_.push_back(std::make_unique<Source>(Source{std::string(lang), StemCache(lang, stemmer_)}));
  return *sources_.back();
}

void Translator::choose(std::span<const QueryLanguage> languages, std::uint32_t fold) {
  chosen_.clear();
  const auto& dictionaries = index_.list().dictionaries;
  for (const QueryLanguage& language : languages) {
    // The language itself, else one that shares its primary subtag.
    std::uint32_t best = kNone;
    for (std::uint32_t i = 0; i < dictionaries.size(); ++i) {
      if (dictionaries[i].fold != fold) continue;
      const bool same = dictionaries[i].lang == language.lang;
      if (same || (best == kNone && primary_language(dictionaries[i].lang) == primary_language(language.lang))) best = i;
      if (same) break;
    }
    if (best != kNone) chosen_.push_back({&source(dictionaries[best].lang), best, language.weight});
  }
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
