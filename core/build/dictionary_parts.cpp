#include "build/dictionary_parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "build/bitext.h"
#include "build/names.h"
#include "build/parallel.h"
#include "build/relevance.h"
#include "build/seed.h"
#include "build/translation_model.h"
#include "format/dictionary.h"
#include "format/front_coding.h"
#include "text/language.h"

namespace crossglot {
namespace {

// Bytes of a shard before gzip: a query loads one for each of its words.
constexpr std::size_t kShardBytes = 14'000;
// About what a source and a translation take.
constexpr std::size_t kSourceBytes = 8;
constexpr std::size_t kTranslationBytes = 5;
// What a site teaches others: words that it says often, and what they mean for the most part.
constexpr std::uint32_t kSeedLinesMin = 4;
constexpr double kSeedProbabilityMin = 0.15;
constexpr std::size_t kSeedTranslationsMax = 3;

std::string_view stem_text(const Vocabulary& vocabulary, std::uint32_t stem) {
  return vocabulary.terms[vocabulary.stems[stem]].stem;
}

class Shards {
 public:
  explicit Shards(BuiltDictionary& dictionary) : dictionary_(dictionary) {}

  void add(DictionaryEntry entry) {
    const std::size_t size = kSourceBytes + kTranslationBytes * entry.translations.size();
    if (!entries_.empty() && size_ + size > kShardBytes) flush();
    size_ += size;
    entries_.push_back(std::move(entry));
  }

  void flush() {
    if (entries_.empty()) return;
    BuiltDictionaryShard& shard = dictionary_.shards.emplace_back();
    const std::string_view first = entries_.front().source;
    if (dictionary_.shards.size() > 1) shard.first_stem = first.substr(0, shared_prefix(last_, first) + 1);
    last_ = entries_.back().source;
    shard.bytes = build_dictionary_shard(entries_);
    entries_.clear();
    size_ = 0;
  }

 private:
  BuiltDictionary& dictionary_;
  std::vector<DictionaryEntry> entries_;
  std::size_t size_ = 0;
  std::string last_;
};

// What building needs to know of a language again and again.
struct Side {
  const CorpusLanguage& language;
  NameKeys names;
};

// A word that stays as it is needs no entry: words are looked up as they stand, too.
void add_entry(std::string_view source, const SeedTranslations& translations, Shards& shards) {
  if (translations.empty() || (translations.size() == 1 && translations.front().first == source)) return;
  DictionaryEntry entry;
  entry.source = source;
  for (const auto& [stem, probability] : translations) {
    entry.translations.emplace_back(stem, encode_probability(probability));
  }
  shards.add(std::move(entry));
}

bool holds(const Vocabulary& vocabulary, std::string_view stem) {
  const auto at = std::lower_bound(
      vocabulary.stems.begin(), vocabulary.stems.end(), stem,
      [&](std::uint32_t term, std::string_view wanted) { return vocabulary.terms[term].stem < wanted; });
  return at != vocabulary.stems.end() && vocabulary.terms[*at].stem == stem;
}

// What of a seed the target can use.
SeedTranslations usable(const SeedTranslations& seed, const Vocabulary& target) {
  SeedTranslations kept;
  for (const auto& translation : seed) {
    if (holds(target, translation.first)) kept.push_back(translation);
  }
  return kept;
}

SeedTranslations learned(const std::vector<Translation>& translations, const Vocabulary& target) {
  SeedTranslations named;
  for (const Translation& translation : translations) {
    named.emplace_back(stem_text(target, translation.stem), translation.probability);
  }
  return named;
}

// seed  or null. Words that the source language's pages lack come from it alone.
BuiltDictionary build_dictionary(const Side& from, const Side& to, const TranslationTable& table,
                                 const SeedTable* seed, std::uint32_t fold) {
  static const SeedTable kNoSeed;
  const Vocabulary& source = from.language.vocabulary;
  const Vocabulary& target = to.language.vocabulary;
  BuiltDictionary dictionary;
  dictionary.lang = from.language.lang;
  dictionary.fold = fold;
  Shards shards(dictionary);
  if (seed == nullptr) seed = &kNoSeed;
  auto seeded = seed->begin();
  const auto add_seeded_before = [&](const std::string_view* stem) {
    for (; seeded != seed->end() && (stem == nullptr || seeded->first < *stem); ++seeded) {
      add_entry(seeded->first, usable(seeded->second, target), shards);
    }
  };
  for (std::uint32_t stem = 0; stem < source.stems.size(); ++stem) {
    const std::string_view text = stem_text(source, stem);
    add_seeded_before(&text);
    SeedTranslations translations;
    if (stem < table.size()) translations = learned(table[stem], target);
    if (seeded != seed->end() && seeded->first == text) {
      const SeedTranslations known = usable((seeded++)->second, target);
      if (!known.empty()) {
        const ModelOptions limits;
        translations = blend(translations, known, limits.probability_min, limits.translations_max);
      }
    }
    if (translations.empty()) {
      for (const std::uint32_t name : from.names.find(stem, to.names)) {
        translations.emplace_back(stem_text(target, name), kNameProbability);
      }
    }
    add_entry(text, translations, shards);
  }
  add_seeded_before(nullptr);
  shards.flush();
  return dictionary;
}

// The words of a learned table that the most lines hold, for other sites (seed.h).
std::string seed_of(const Side& from, const Side& to, const Bitext& bitext, bool to_right,
                    const TranslationTable& table, std::size_t words) {
  std::vector<std::uint32_t> lines_of(table.size(), 0);
  for (const BitextLine& line : bitext.lines) {
    for (const std::uint32_t stem : to_right ? line.left : line.right) ++lines_of[stem];
  }
  std::vector<std::uint32_t> stems;
  for (std::uint32_t stem = 0; stem < table.size(); ++stem) {
    const MergedTerm& term = from.language.vocabulary.terms[from.language.vocabulary.stems[stem]];
    const bool word = (term.seen_as & (kSeenWord | kSeenBigram)) != 0;
    if (word && lines_of[stem] >= kSeedLinesMin && !table[stem].empty()) stems.push_back(stem);
  }
  std::sort(stems.begin(), stems.end(), [&](std::uint32_t a, std::uint32_t b) {
    return lines_of[a] != lines_of[b] ? lines_of[a] > lines_of[b] : a < b;
  });
  if (stems.size() > words) stems.resize(words);
  SeedTable seed;
  for (const std::uint32_t stem : stems) {
    const std::string_view text = stem_text(from.language.vocabulary, stem);
    SeedTranslations kept = learned(table[stem], to.language.vocabulary);
    std::erase_if(kept, [&](const auto& it) { return it.second < kSeedProbabilityMin; });
    if (kept.size() > kSeedTranslationsMax) kept.resize(kSeedTranslationsMax);
    if (kept.empty() || (kept.size() == 1 && kept.front().first == text)) continue;
    seed.emplace(text, std::move(kept));
  }
  return seed_lines(from.language.lang, to.language.lang, seed);
}

// Beyond so many languages only pairs with the largest one are mined: time and files would grow with their square.
constexpr std::size_t kAllPairsMax = 16;

std::uint32_t largest_language(const Corpus& corpus) {
  std::uint32_t largest = 0;
  for (std::uint32_t i = 1; i < corpus.languages.size(); ++i) {
    if (corpus.languages[i].pages.size() > corpus.languages[largest].pages.size()) largest = i;
  }
  return largest;
}

struct MinedPair {
  std::uint32_t left = 0, right = 0;
  std::vector<std::uint32_t> strangers;  // groups whose two versions do not say the same
  std::vector<BuiltDictionary> to_left, to_right;
  std::vector<BuiltDictionary> sample_to_left, sample_to_right;  // one or none
  BuildReport::LanguagePair report;
  std::string seed;  // both directions as lines of a seed's file
};

std::vector<std::uint8_t> groups_of_fold(const Corpus& corpus, std::uint32_t fold, std::uint32_t folds) {
  std::vector<std::uint8_t> held_out(corpus.grouping.names.size(), 0);
  for (std::size_t group = 0; group < held_out.size(); ++group) {
    held_out[group] = fold_of_group(corpus.grouping.names[group], folds) == fold ? 1 : 0;
  }
  return held_out;
}

// A page with fewer words that other lines know, too, says nothing about itself; one whose words are translated so
// much less often than usual is another text.
constexpr std::size_t kStrangerWordsMin = 30;
constexpr double kStrangerShare = 0.3;
constexpr std::uint32_t kKnownLines = 4;

// Groups in whose aligned lines the words are seldom beside their translations.
std::vector<std::uint32_t> find_strangers(const Bitext& bitext, const TranslationTable& table) {
  std::vector<std::uint32_t> lines_of(table.size(), 0);
  for (const BitextLine& line : bitext.lines) {
    for (const std::uint32_t stem : line.left) ++lines_of[stem];
  }
  struct Count {
    std::size_t words = 0, translated = 0;
    double share() const { return words == 0 ? 0 : static_cast<double>(translated) / static_cast<double>(words); }
  };
  std::map<std::uint32_t, Count> groups;
  Count all;
  for (const BitextLine& line : bitext.lines) {
    Count& group = groups[line.group];
    for (const std::uint32_t stem : line.left) {
      if (lines_of[stem] < kKnownLines || table[stem].empty()) continue;
      const auto beside = [&](const Translation& it) {
        return std::find(line.right.begin(), line.right.end(), it.stem) != line.right.end();
      };
      const bool translated = std::any_of(table[stem].begin(), table[stem].end(), beside);
      for (Count* count : {&group, &all}) {
        ++count->words;
        count->translated += translated ? 1 : 0;
      }
    }
  }
  std::vector<std::uint32_t> strangers;
  for (const auto& [group, count] : groups) {
    if (count.words >= kStrangerWordsMin && count.share() < kStrangerShare * all.share()) strangers.push_back(group);
  }
  return strangers;
}

// One sentence a group, about the first pair of languages that shows it.
void warn_of_strangers(const Corpus& corpus, const std::vector<MinedPair>& pairs,
                       std::vector<std::string>& warnings) {
  std::set<std::uint32_t> told;
  for (const MinedPair& pair : pairs) {
    const auto url = [&](std::uint32_t language, std::uint32_t group) {
      for (const std::uint32_t page : corpus.languages[language].pages) {
        if (corpus.grouping.group_of[page] == group) return std::string(corpus.pages[page]->text.url);
      }
      return std::string();
    };
    for (const std::uint32_t group : pair.strangers) {
      if (!told.insert(group).second) continue;
      warnings.push_back(url(pair.right, group) + " does not seem to say what " + url(pair.left, group) +
                         " says, though it is given as its translation");
    }
  }
}

std::vector<std::uint8_t> sampled_groups(const Corpus& corpus) {
  std::vector<std::uint8_t> sample(corpus.grouping.names.size(), 0);
  for (std::size_t group = 0; group < sample.size(); ++group) {
    sample[group] = in_relevance_sample(corpus.grouping.names[group]) ? 1 : 0;
  }
  return sample;
}

class Miner {
 public:
  Miner(const Corpus& corpus, const BuildOptions& options) : corpus_(corpus), options_(options) {
    sides_.reserve(corpus.languages.size());
    for (const CorpusLanguage& language : corpus.languages) {
      marks_.push_back(language_free_marks(language));
      sides_.push_back({language, NameKeys(language.vocabulary)});
    }
    if (options.stemmer != nullptr) sample_ = sampled_groups(corpus);
  }

  void mine(MinedPair& pair) const {
    const CorpusLanguage& left = corpus_.languages[pair.left];
    const CorpusLanguage& right = corpus_.languages[pair.right];
    const Bitext bitext = align_languages(corpus_, pair.left, pair.right, marks_);
    pair.report = {left.lang, right.lang, bitext.pages, bitext.lines_left, bitext.aligned, bitext.untranslated, 0};
    const std::size_t left_stems = left.vocabulary.stems.size();
    const std::size_t right_stems = right.vocabulary.stems.size();
    const SampledTables tables = learn_with_sample(bitext, left_stems, right_stems, sample_, ModelOptions{});
    add(tables.all, 0, pair, pair.to_left, pair.to_right);
    if (!sample_.empty()) add(tables.unseen, 0, pair, pair.sample_to_left, pair.sample_to_right);
    pair.strangers = find_strangers(bitext, tables.all.to_right);
    for (const auto& entry : tables.all.to_right) pair.report.entries += entry.empty() ? 0 : 1;
    if (options_.seed_words > 0) {
      pair.seed =
          seed_of(sides_[pair.left], sides_[pair.right], bitext, true, tables.all.to_right, options_.seed_words) +
          seed_of(sides_[pair.right], sides_[pair.left], bitext, false, tables.all.to_left, options_.seed_words);
    }
    for (std::uint32_t fold = 1; fold <= options_.eval_folds; ++fold) {
      add(learn_translations(bitext, left_stems, right_stems, groups_of_fold(corpus_, fold, options_.eval_folds),
                             ModelOptions{}),
          fold, pair, pair.to_left, pair.to_right);
    }
  }

  // Dictionaries into a language from those that the site does not have.
  void add_seeded(std::uint32_t target, std::vector<BuiltDictionary>& dictionaries) const {
    if (options_.seed == nullptr) return;
    for (const std::string& lang : options_.seed->sources_of(sides_[target].language.lang)) {
      const auto related = [&](const CorpusLanguage& it) {
        return primary_language(it.lang) == primary_language(lang);
      };
      if (std::any_of(corpus_.languages.begin(), corpus_.languages.end(), related)) continue;
      CorpusLanguage nowhere;
      nowhere.lang = lang;
      const Side side{nowhere, NameKeys(nowhere.vocabulary)};
      const SeedTable* seed = options_.seed->find(lang, sides_[target].language.lang);
      for (std::uint32_t fold = 0; fold <= options_.eval_folds; ++fold) {
        dictionaries.push_back(build_dictionary(side, sides_[target], {}, seed, fold));
      }
    }
  }

 private:
  const SeedTable* seed(const Side& from, const Side& to) const {
    return options_.seed == nullptr ? nullptr : options_.seed->find(from.language.lang, to.language.lang);
  }

  void add(const TranslationTables& tables, std::uint32_t fold, const MinedPair& pair,
           std::vector<BuiltDictionary>& to_left, std::vector<BuiltDictionary>& to_right) const {
    const Side& left = sides_[pair.left];
    const Side& right = sides_[pair.right];
    to_right.push_back(build_dictionary(left, right, tables.to_right, seed(left, right), fold));
    to_left.push_back(build_dictionary(right, left, tables.to_left, seed(right, left), fold));
  }

  const Corpus& corpus_;
  const BuildOptions& options_;
  std::vector<std::vector<std::uint32_t>> marks_;
  std::vector<Side> sides_;
  std::vector<std::uint8_t> sample_;  // by group, those that a second pair of dictionaries has not seen; or empty
};

void take(std::vector<BuiltDictionary>& built, std::vector<BuiltDictionary>& dictionaries) {
  for (BuiltDictionary& dictionary : built) {
    if (!dictionary.shards.empty()) dictionaries.push_back(std::move(dictionary));
  }
}

}  // namespace

void build_dictionaries(const Corpus& corpus, const BuildOptions& options, std::vector<LanguageParts>& parts,
                        BuildReport& report) {
  const Miner miner(corpus, options);
  std::vector<MinedPair> pairs;
  const auto count = static_cast<std::uint32_t>(corpus.languages.size());
  const std::uint32_t hub = count > kAllPairsMax ? largest_language(corpus) : count;
  for (std::uint32_t left = 0; left < count; ++left) {
    for (std::uint32_t right = left + 1; right < count; ++right) {
      if (hub < count && left != hub && right != hub) continue;
      pairs.emplace_back();
      pairs.back().left = left;
      pairs.back().right = right;
    }
  }
  run_parallel(pairs.size(), options.threads, [&](std::size_t i) { miner.mine(pairs[i]); });
  // Pairs ascend by left, then right: the dictionaries of each target then ascend by language.
  for (std::uint32_t target = 0; target < count; ++target) {
    for (MinedPair& pair : pairs) {
      if (pair.right == target) {
        take(pair.to_right, parts[target].dictionaries);
        take(pair.sample_to_right, parts[target].sample_dictionaries);
      } else if (pair.left == target) {
        take(pair.to_left, parts[target].dictionaries);
        take(pair.sample_to_left, parts[target].sample_dictionaries);
      }
    }
  }
  for (std::uint32_t target = 0; target < count; ++target) {
    std::vector<BuiltDictionary> seeded;
    miner.add_seeded(target, seeded);
    take(seeded, parts[target].dictionaries);
    // Lent languages lie between the site's own.
    std::stable_sort(parts[target].dictionaries.begin(), parts[target].dictionaries.end(),
                     [](const BuiltDictionary& a, const BuiltDictionary& b) { return a.lang < b.lang; });
  }
  for (const MinedPair& pair : pairs) {
    report.pairs.push_back(pair.report);
    report.seed += pair.seed;
  }
  warn_of_strangers(corpus, pairs, report.warnings);
}

}  // namespace crossglot
