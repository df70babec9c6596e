#include "build/dictionary_parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "build/bitext.h"
#include "build/names.h"
#include "build/parallel.h"
#include "build/relevance.h"
#include "build/translation_model.h"
#include "format/dictionary.h"
#include "format/front_coding.h"

namespace crossglot {
namespace {

// Bytes of a shard before gzip: a query loads one for each of its words.
constexpr std::size_t kShardBytes = 24'000;
// About what a source and a translation take.
constexpr std::size_t kSourceBytes = 8;
constexpr std::size_t kTranslationBytes = 5;

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
bool says_itself(const DictionaryEntry& entry) {
  return entry.translations.size() == 1 && entry.translations.front().first == entry.source;
}

BuiltDictionary build_dictionary(const Side& from, const Side& to, const TranslationTable& table,
                                 std::uint32_t fold) {
  const CorpusLanguage& source = from.language;
  const CorpusLanguage& target = to.language;
  BuiltDictionary dictionary;
  dictionary.lang = source.lang;
  dictionary.fold = fold;
  Shards shards(dictionary);
  for (std::uint32_t stem = 0; stem < table.size(); ++stem) {
    DictionaryEntry entry;
    entry.source = stem_text(source.vocabulary, stem);
    if (table[stem].empty()) {
      for (const std::uint32_t name : from.names.find(stem, to.names)) {
        entry.translations.emplace_back(stem_text(target.vocabulary, name), encode_probability(kNameProbability));
      }
    }
    for (const Translation& translation : table[stem]) {
      entry.translations.emplace_back(stem_text(target.vocabulary, translation.stem),
                                      encode_probability(translation.probability));
    }
    if (!entry.translations.empty() && !says_itself(entry)) shards.add(std::move(entry));
  }
  shards.flush();
  return dictionary;
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

// sample: by group, those that a second pair of dictionaries has not seen; empty: none is made.
void mine(const Corpus& corpus, const std::vector<Side>& sides, const std::vector<std::vector<std::uint32_t>>& marks,
          unsigned folds, const std::vector<std::uint8_t>& sample, MinedPair& pair) {
  const CorpusLanguage& left = corpus.languages[pair.left];
  const CorpusLanguage& right = corpus.languages[pair.right];
  const Bitext bitext = align_languages(corpus, pair.left, pair.right, marks);
  pair.report = {left.lang, right.lang, bitext.pages, bitext.lines_left, bitext.lines.size(), bitext.untranslated, 0};
  if (bitext.lines.empty()) return;
  const std::size_t left_stems = left.vocabulary.stems.size();
  const std::size_t right_stems = right.vocabulary.stems.size();
  const Side& left_side = sides[pair.left];
  const Side& right_side = sides[pair.right];
  const SampledTables tables = learn_with_sample(bitext, left_stems, right_stems, sample, ModelOptions{});
  pair.to_right.push_back(build_dictionary(left_side, right_side, tables.all.to_right, 0));
  pair.to_left.push_back(build_dictionary(right_side, left_side, tables.all.to_left, 0));
  if (!sample.empty()) {
    pair.sample_to_right.push_back(build_dictionary(left_side, right_side, tables.unseen.to_right, 0));
    pair.sample_to_left.push_back(build_dictionary(right_side, left_side, tables.unseen.to_left, 0));
  }
  pair.strangers = find_strangers(bitext, tables.all.to_right);
  for (const auto& entry : tables.all.to_right) pair.report.entries += entry.empty() ? 0 : 1;
  for (std::uint32_t fold = 1; fold <= folds; ++fold) {
    const TranslationTables unseen =
        learn_translations(bitext, left_stems, right_stems, groups_of_fold(corpus, fold, folds), ModelOptions{});
    pair.to_right.push_back(build_dictionary(left_side, right_side, unseen.to_right, fold));
    pair.to_left.push_back(build_dictionary(right_side, left_side, unseen.to_left, fold));
  }
}

void take(std::vector<BuiltDictionary>& built, std::vector<BuiltDictionary>& dictionaries) {
  for (BuiltDictionary& dictionary : built) {
    if (!dictionary.shards.empty()) dictionaries.push_back(std::move(dictionary));
  }
}

}  // namespace

void build_dictionaries(const Corpus& corpus, const BuildOptions& options, std::vector<LanguageParts>& parts,
                        BuildReport& report) {
  std::vector<std::vector<std::uint32_t>> marks;
  std::vector<Side> sides;
  sides.reserve(corpus.languages.size());
  for (const CorpusLanguage& language : corpus.languages) {
    marks.push_back(language_free_marks(language));
    sides.push_back({language, NameKeys(language.vocabulary)});
  }
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
  const std::vector<std::uint8_t> sample =
      options.stemmer == nullptr ? std::vector<std::uint8_t>() : sampled_groups(corpus);
  run_parallel(pairs.size(), options.threads,
               [&](std::size_t i) { mine(corpus, sides, marks, options.eval_folds, sample, pairs[i]); });
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
  for (const MinedPair& pair : pairs) report.pairs.push_back(pair.report);
  warn_of_strangers(corpus, pairs, report.warnings);
}

}  // namespace crossglot
