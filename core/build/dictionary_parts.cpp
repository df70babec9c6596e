#include "build/dictionary_parts.h"

#include "build/bitext.h"
#include "build/names.h"
#include "build/parallel.h"
#include "build/translation_model.h"
#include "format/dictionary.h"
#include "format/front_coding.h"

namespace crossglot {
namespace {

// Bytes of a shard before gzip: a query loads one for each of its words.
constexpr std::size_t kShardBytes = 14'000;
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
  std::vector<BuiltDictionary> to_left, to_right;
  BuildReport::LanguagePair report;
};

std::vector<std::uint8_t> groups_of_fold(const Corpus& corpus, std::uint32_t fold, std::uint32_t folds) {
  std::vector<std::uint8_t> held_out(corpus.grouping.names.size(), 0);
  for (std::size_t group = 0; group < held_out.size(); ++group) {
    held_out[group] = fold_of_group(corpus.grouping.names[group], folds) == fold ? 1 : 0;
  }
  return held_out;
}

void mine(const Corpus& corpus, const std::vector<Side>& sides, const std::vector<std::vector<std::uint32_t>>& marks,
          unsigned folds, MinedPair& pair) {
  const CorpusLanguage& left = corpus.languages[pair.left];
  const CorpusLanguage& right = corpus.languages[pair.right];
  const Bitext bitext = align_languages(corpus, pair.left, pair.right, marks);
  pair.report = {left.lang, right.lang, bitext.pages, bitext.lines_left, bitext.lines.size(), bitext.untranslated, 0};
  if (bitext.lines.empty()) return;
  for (std::uint32_t fold = 0; fold <= folds; ++fold) {
    const std::vector<std::uint8_t> held_out =
        fold == 0 ? std::vector<std::uint8_t>() : groups_of_fold(corpus, fold, folds);
    const TranslationTables tables = learn_translations(bitext, left.vocabulary.stems.size(),
                                                        right.vocabulary.stems.size(), held_out, ModelOptions{});
    pair.to_right.push_back(build_dictionary(sides[pair.left], sides[pair.right], tables.to_right, fold));
    pair.to_left.push_back(build_dictionary(sides[pair.right], sides[pair.left], tables.to_left, fold));
    if (fold > 0) continue;
    for (const auto& entry : tables.to_right) pair.report.entries += entry.empty() ? 0 : 1;
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
  run_parallel(pairs.size(), options.threads,
               [&](std::size_t i) { mine(corpus, sides, marks, options.eval_folds, pairs[i]); });
  // Pairs ascend by left, then right: the dictionaries of each target then ascend by language.
  for (std::uint32_t target = 0; target < count; ++target) {
    for (MinedPair& pair : pairs) {
      std::vector<BuiltDictionary>* built = pair.right == target  ? &pair.to_right
                                            : pair.left == target ? &pair.to_left
                                                                  : nullptr;
      if (built == nullptr) continue;
      for (BuiltDictionary& dictionary : *built) {
        if (!dictionary.shards.empty()) parts[target].dictionaries.push_back(std::move(dictionary));
      }
    }
  }
  for (const MinedPair& pair : pairs) report.pairs.push_back(pair.report);
}

}  // namespace crossglot
