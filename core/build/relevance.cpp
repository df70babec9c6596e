#include "build/relevance.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/sha256.h"
#include "build/bundle.h"
#include "lexical/ranking.h"
#include "search/index.h"

namespace crossglot {
namespace {

// One group in five is asked about, and unseen by the sample's dictionaries.
constexpr std::uint32_t kSampleFolds = 5;
constexpr std::size_t kQueriesAll = 2000;
constexpr std::size_t kQueriesMax = 100;  // of a pair
constexpr std::size_t kQueriesMin = 10;
constexpr std::uint32_t kRows = 10;
constexpr std::size_t kSuccessRows = 5;

struct Asked {
  std::string_view text;
  std::uint32_t group = 0;
  std::string order;
};

std::vector<std::string_view> names_of(const SegmentPage& page) {
  std::vector<std::string_view> names{page.text.title};
  for (const auto& section : page.text.sections) names.push_back(section.heading);
  return names;
}

// Titles and headings of the sample's pages that only one group of the language has, in the order of a hash.
std::vector<Asked> sample(const Corpus& corpus, const CorpusLanguage& language) {
  std::map<std::string_view, std::set<std::uint32_t>> groups;
  for (const std::uint32_t page : language.pages) {
    for (const std::string_view name : names_of(*corpus.pages[page])) {
      groups[name].insert(corpus.grouping.group_of[page]);
    }
  }
  std::vector<Asked> asked;
  for (const auto& [name, of] : groups) {
    const std::string& group = corpus.grouping.names[*of.begin()];
    if (name.empty() || of.size() > 1 || !in_relevance_sample(group)) continue;
    const std::string key = std::string(name) + '\n' + group;
    asked.push_back({name, *of.begin(), hex(sha256(as_bytes(key)))});
  }
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) { return a.order < b.order; });
  return asked;
}

// The language with the sample's dictionaries, ready to be asked.
Status open(LanguageParts& parts, Index& index) {
  std::swap(parts.dictionaries, parts.sample_dictionaries);
  Result<LoosePack> pack = pack_loose(parts);
  std::swap(parts.dictionaries, parts.sample_dictionaries);
  if (!pack) return pack.error();
  if (Status status = index.add_language(std::move(pack->list)); !status) return status;
  for (auto& [name, bytes] : pack->files) {
    if (Status status = index.attach(name, std::move(bytes)); !status) return status;
  }
  return ok_status();
}

// 1-based, or 0.
std::size_t rank_of(const SearchResponse& response, std::string_view group) {
  for (std::size_t i = 0; i < response.hits.size(); ++i) {
    if (response.hits[i].group == group) return i + 1;
  }
  return 0;
}

class Measurement {
 public:
  Measurement(const Corpus& corpus, std::size_t pairs)
      : corpus_(corpus),
        queries_max_(std::clamp(kQueriesAll / std::max<std::size_t>(1, pairs), kQueriesMin, kQueriesMax)) {
    for (const CorpusLanguage& language : corpus.languages) samples_.push_back(sample(corpus, language));
  }

  // to: whose pages `index` holds.
  Status ask(std::uint32_t from, std::uint32_t to, Index& index, BuildReport& report) const {
    SearchRequest request;
    request.lang = corpus_.languages[from].lang;
    request.in = {corpus_.languages[to].lang};
    request.limit = kRows;
    request.sections = 1;
    request.prefix = false;
    request.text = false;
    BuildReport::Relevance row{request.lang, request.in.front(), 0, 0, 0};
    const auto pages = pages_by_group(to);
    for (const Asked& asked : samples_[from]) {
      if (row.queries == queries_max_) break;
      const auto page = pages.find(asked.group);
      if (page == pages.end()) continue;
      const auto names = names_of(*corpus_.pages[page->second]);
      if (std::find(names.begin(), names.end(), asked.text) != names.end()) continue;  // not translated
      request.query = std::string(asked.text);
      const Result<SearchResponse> response = index.search(request);
      if (!response) return response.error();
      ++row.queries;
      const std::size_t rank = rank_of(*response, corpus_.grouping.names[asked.group]);
      if (rank > 0) row.ndcg_10 += portable_log(2) / portable_log(static_cast<double>(rank) + 1);
      if (rank > 0 && rank <= kSuccessRows) row.success_5 += 1;
    }
    if (row.queries < kQueriesMin) return ok_status();
    row.ndcg_10 /= static_cast<double>(row.queries);
    row.success_5 /= static_cast<double>(row.queries);
    report.relevance.push_back(row);
    return ok_status();
  }

 private:
  std::map<std::uint32_t, std::uint32_t> pages_by_group(std::uint32_t language) const {
    std::map<std::uint32_t, std::uint32_t> pages;
    for (const std::uint32_t page : corpus_.languages[language].pages) {
      pages.emplace(corpus_.grouping.group_of[page], page);
    }
    return pages;
  }

  const Corpus& corpus_;
  std::size_t queries_max_;
  std::vector<std::vector<Asked>> samples_;  // by language
};

}  // namespace

bool in_relevance_sample(std::string_view group) {
  return fold_of_group(group, kSampleFolds) == 1;
}

Status measure_relevance(const Corpus& corpus, std::vector<LanguageParts>& parts, Stemmer& stemmer,
                         BuildReport& report) {
  std::size_t pairs = 0;
  for (const LanguageParts& language : parts) pairs += language.sample_dictionaries.size();
  if (pairs == 0) return ok_status();
  const Measurement measurement(corpus, pairs);
  for (std::uint32_t to = 0; to < parts.size(); ++to) {
    if (parts[to].sample_dictionaries.empty()) continue;
    Index index(&stemmer);
    if (Status status = open(parts[to], index); !status) return status;
    for (const BuiltDictionary& dictionary : parts[to].sample_dictionaries) {
      for (std::uint32_t from = 0; from < parts.size(); ++from) {
        if (corpus.languages[from].lang != dictionary.lang) continue;
        if (Status status = measurement.ask(from, to, index, report); !status) return status;
      }
    }
  }
  return ok_status();
}

}  // namespace crossglot
