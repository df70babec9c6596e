#include "lexical/translator.h"

#include <algorithm>

#include "format/front_coding.h"
#include "text/language.h"
#include "text/utf8.h"
#include "text/words.h"

namespace crossglot {
namespace {

// Languages that write compounds in one word, and what stands between the parts.
constexpr std::string_view kCompounders = "de nl sv da nb nn no fi hu is et";
constexpr std::string_view kJoints[] = {"", "s", "es", "n", "en"};
constexpr std::size_t kPartBytesMin = 4;
// A part or a relative says less for sure what the word means.
constexpr float kPartShare = 0.8f;
constexpr std::size_t kRelativeBytesMin = 5;
constexpr float kRelativeShare = 0.5f;

}  // namespace

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
  guessed_ = false;
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

bool Translator::guess(const std::string& surface, bool english, std::vector<TranslatedTerm>& found) {
  const Script script = properties(decode_utf8(surface, 0).code_point).script;
  std::size_t asked = 0;
  for (std::size_t at = 0; at < others_.size() && asked < kOthersMax; ++at) {
    Chosen& other = others_[at];
    const std::string& lang = index_.list().dictionaries[other.dictionary].lang;
    if (!writes_script(lang, script) || (english && primary_language(lang) != "en")) continue;
    ++asked;
    if (other.source == nullptr) other.source = &source(lang);
    const bool complete = look_up(other, other.source->stems.stem(surface), found);
    guessed_ = guessed_ || !complete || !found.empty();
    if (!complete) return false;
    if (found.empty()) continue;
    std::rotate(others_.begin(), others_.begin() + static_cast<std::ptrdiff_t>(at),
                others_.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    return true;
  }
  return true;
}

// Null where no shard may hold the stem, or it is not there yet: then `complete` becomes false.
const DictionaryShard* Translator::shard_of(const Chosen& chosen, std::string_view stem, bool& complete) {
  const auto& shards = index_.list().dictionaries[chosen.dictionary].shards;
  const auto after =
      std::upper_bound(shards.begin(), shards.end(), stem,
                       [](std::string_view key, const DictionaryShardRef& shard) { return key < shard.first_stem; });
  if (after == shards.begin()) return nullptr;
  const DictionaryShard* shard =
      index_.dictionary_shard(chosen.dictionary, static_cast<std::uint32_t>(after - shards.begin() - 1));
  if (shard == nullptr) complete = false;
  return shard;
}

bool Translator::look_up(const Chosen& chosen, std::string_view stem, std::vector<TranslatedTerm>& found) {
  bool complete = true;
  const DictionaryShard* shard = shard_of(chosen, stem, complete);
  if (shard == nullptr) return complete;
  const std::size_t at = shard->lower_bound(stem);
  if (at >= shard->sources().size() || shard->sources()[at] != stem) return true;
  for (const TranslatedStem& translation : shard->translations(at)) {
    found.push_back({shard->target(translation.target), chosen.weight * decode_probability(translation.code)});
  }
  return true;
}

bool Translator::translate(const std::string& surface, bool back_off, std::vector<TranslatedTerm>& found) {
  bool complete = true;
  for (const Chosen& chosen : chosen_) {
    const std::size_t before = found.size();
    const std::string stem = chosen.source->stems.stem(surface);
    if (!look_up(chosen, stem, found)) {
      complete = false;
    } else if (back_off && found.size() == before) {
      if (!look_up_parts(chosen, surface, found)) complete = false;
      if (complete && found.size() == before && !look_up_relative(chosen, stem, found)) complete = false;
    }
  }
  return complete;
}

void Translator::weaken(std::size_t from, float factor, std::vector<TranslatedTerm>& found) const {
  for (std::size_t i = from; i < found.size(); ++i) found[i].probability *= factor;
}

// Of several cuts, the one with the longest first part. A file is asked for only once the first part is known.
bool Translator::look_up_parts(const Chosen& chosen, const std::string& surface, std::vector<TranslatedTerm>& found) {
  if (!contains_word(kCompounders, primary_language(chosen.source->lang))) return true;
  const std::size_t before = found.size();
  for (std::size_t cut = surface.size(); cut-- > kPartBytesMin;) {
    if (surface.size() - cut < kPartBytesMin || !utf8_begins(surface[cut])) continue;
    for (std::string_view joint : kJoints) {
      std::string first = surface.substr(0, cut);
      if (!std::string_view(first).ends_with(joint) || first.size() - joint.size() < kPartBytesMin) continue;
      first.resize(first.size() - joint.size());
      if (!look_up(chosen, chosen.source->stems.stem(first), found)) return false;
      if (found.size() == before) continue;
      const std::size_t middle = found.size();
      if (!look_up(chosen, chosen.source->stems.stem(surface.substr(cut)), found)) return false;
      if (found.size() > middle) {
        weaken(before, kPartShare, found);
        return true;
      }
      found.resize(before);
    }
  }
  return true;
}

// Only in the shard that was loaded for the word itself.
bool Translator::look_up_relative(const Chosen& chosen, std::string_view stem, std::vector<TranslatedTerm>& found) {
  bool complete = true;
  const DictionaryShard* shard = shard_of(chosen, stem, complete);
  if (shard == nullptr) return complete;
  const auto& sources = shard->sources();
  const std::size_t at = shard->lower_bound(stem);
  std::size_t best = sources.size();
  std::size_t best_shared = kRelativeBytesMin - 1;
  for (std::size_t i = at > 0 ? at - 1 : 0; i < sources.size() && i <= at; ++i) {
    const std::size_t shared = shared_prefix(stem, sources[i]);
    if (shared <= best_shared || shared * 10 < 7 * std::max(stem.size(), sources[i].size())) continue;
    best = i;
    best_shared = shared;
  }
  if (best == sources.size()) return true;
  const std::size_t before = found.size();
  complete = look_up(chosen, sources[best], found);
  weaken(before, kRelativeShare, found);
  return complete;
}

}  // namespace crossglot
