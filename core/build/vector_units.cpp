#include "build/vector_units.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/hash.h"
#include "build/align.h"
#include "build/passages.h"
#include "format/list.h"
#include "text/language.h"

namespace crossglot {
namespace {

// Titles, headings and first sentences that make a language's mean of queries: so many of each are enough.
constexpr std::size_t kQueriesOfAKind = 300;

// A page of a group, ready to be aligned.
struct Version {
  std::uint32_t language = 0;
  std::vector<Passage> passages;
  std::vector<AlignItem> sections;
  double length = 0;
};

Version read_version(const Corpus& corpus, std::uint32_t page) {
  Version version;
  version.language = corpus.language_of[page];
  const PageText& text = corpus.pages[page]->text;
  version.passages = make_passages(text);
  for (std::size_t i = 0; i < text.sections.size(); ++i) {
    AlignItem& item = version.sections.emplace_back();
    item.length = text_width(version.passages[i].body) + text_width(text.sections[i].heading) + 1;
    if (!text.sections[i].anchor.empty()) item.key = fnv1a(text.sections[i].anchor) | 1;
    version.length += item.length;
  }
  return version;
}

// Pairs of sections that say the same. Versions of as many sections are taken to be cut alike.
std::vector<std::pair<std::uint32_t, std::uint32_t>> section_pairs(const Version& reference, const Version& other) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  if (reference.sections.size() == other.sections.size()) {
    for (std::uint32_t i = 0; i < reference.sections.size(); ++i) pairs.emplace_back(i, i);
    return pairs;
  }
  for (const AlignedSpan& span : align(reference.sections, other.sections, other.length / reference.length)) {
    const std::uint32_t count = std::min(span.left_end - span.left_begin, span.right_end - span.right_begin);
    for (std::uint32_t i = 0; i < count; ++i) pairs.emplace_back(span.left_begin + i, span.right_begin + i);
  }
  return pairs;
}

class Collector {
 public:
  Collector(const Corpus& corpus, const MeansWithout& without) : corpus_(corpus), without_(without) {
    units_.exceptions.resize(corpus.languages.size());
    units_.queries.resize(corpus.languages.size());
  }

  void add_group(std::uint32_t group, const std::vector<std::uint32_t>& pages) {
    std::vector<Version> versions;
    for (const std::uint32_t page : pages) versions.push_back(read_version(corpus_, page));
    const auto place = [&](const Version& version) {
      const bool english = primary_language(corpus_.languages[version.language].lang) == "en";
      return std::pair(english ? 0 : 1, version.language);
    };
    std::sort(versions.begin(), versions.end(),
              [&](const Version& a, const Version& b) { return place(a) < place(b); });
    // sections_of[unit][version]: its section there, or kNoSection.
    std::vector<std::vector<std::uint32_t>> sections_of;
    for (std::uint32_t i = 0; i < versions.front().sections.size(); ++i) {
      sections_of.emplace_back(versions.size(), kNoSection)[0] = i;
    }
    for (std::size_t v = 1; v < versions.size(); ++v) join(versions, v, sections_of);
    for (const auto& sections : sections_of) add_unit(versions, sections);
    units_.unit_counts.resize(units_.unit_begin.size() - 1, counts(pages.front()) ? 1 : 0);
    units_.group_begin.push_back(static_cast<std::uint32_t>(units_.unit_begin.size() - 1));
    for (std::size_t v = 0; v < versions.size(); ++v) note_exception(group, versions[v], v, sections_of);
  }

  void add_queries(std::uint32_t language);
  VectorUnits take() { return std::move(units_); }

 private:
  // Whether the means are made of a page's texts.
  bool counts(std::uint32_t page) const {
    if (without_.fold == 0) return true;
    const std::string& group = corpus_.grouping.names[corpus_.grouping.group_of[page]];
    return fold_of_group(group, without_.folds) != without_.fold;
  }

  static void join(const std::vector<Version>& versions, std::size_t v,
                   std::vector<std::vector<std::uint32_t>>& sections_of) {
    std::vector<std::uint8_t> aligned(versions[v].sections.size(), 0);
    for (const auto& [unit, section] : section_pairs(versions.front(), versions[v])) {
      sections_of[unit][v] = section;
      aligned[section] = 1;
    }
    for (std::uint32_t section = 0; section < aligned.size(); ++section) {
      if (aligned[section] == 0) sections_of.emplace_back(versions.size(), kNoSection)[v] = section;
    }
  }

  void add_unit(const std::vector<Version>& versions, const std::vector<std::uint32_t>& sections) {
    std::uint32_t count = 1;
    for (std::size_t v = 0; v < versions.size(); ++v) {
      if (sections[v] == kNoSection) continue;
      count = std::max(count, window_count(text_width(versions[v].passages[sections[v]].body)));
    }
    units_.openings.push_back(read_opening(versions, sections));
    std::vector<std::vector<std::string>> windows(versions.size());
    for (std::size_t v = 0; v < versions.size(); ++v) {
      if (sections[v] != kNoSection) windows[v] = cut_windows(versions[v].passages[sections[v]].body, count);
    }
    for (std::uint32_t window = 0; window < count; ++window) {
      const std::size_t first = units_.versions.size();
      for (std::size_t v = 0; v < versions.size(); ++v) {
        // The reference or another version always has as many windows as were counted; short ones may have fewer.
        if (sections[v] == kNoSection || window >= windows[v].size()) continue;
        std::string text = versions[v].passages[sections[v]].heading;
        if (!windows[v][window].empty()) text += (text.empty() ? "" : " ") + windows[v][window];
        add_version(versions[v].language, add_text(std::move(text), false), first);
      }
      if (units_.versions.size() == first) continue;
      units_.row_begin.push_back(static_cast<std::uint32_t>(units_.versions.size()));
    }
    units_.unit_begin.push_back(static_cast<std::uint32_t>(units_.row_begin.size() - 1));
  }

  // One language's is enough: those of all languages together found no more (DECISIONS.md).
  UnitOpening read_opening(const std::vector<Version>& versions, const std::vector<std::uint32_t>& sections) {
    for (std::size_t v = 0; v < versions.size(); ++v) {
      if (sections[v] == kNoSection) continue;
      const std::string& opening = versions[v].passages[sections[v]].opening;
      if (opening.empty()) continue;
      return {versions[v].language, add_text(opening, true)};
    }
    return {};
  }

  // A version that was not translated would count the same text twice.
  void add_version(std::uint32_t language, std::uint32_t text, std::size_t first) {
    for (std::size_t i = first; i < units_.versions.size(); ++i) {
      if (units_.versions[i].text == text) return;
    }
    units_.versions.push_back({language, text});
  }

  void note_exception(std::uint32_t group, const Version& version, std::size_t v,
                      const std::vector<std::vector<std::uint32_t>>& sections_of) {
    UnitSections exception{group, {}};
    bool plain = true;
    for (std::uint32_t unit = 0; unit < sections_of.size(); ++unit) {
      const std::uint32_t section = sections_of[unit][v];
      exception.sections.push_back(section);
      plain = plain && section == (unit < version.sections.size() ? unit : kNoSection);
    }
    if (!plain) units_.exceptions[version.language].push_back(std::move(exception));
  }

  std::uint32_t add_text(std::string text, bool query) {
    auto& known = known_[query ? 1 : 0];
    const auto [entry, added] = known.emplace(std::move(text), static_cast<std::uint32_t>(units_.texts.size()));
    if (added) units_.texts.push_back({entry->first, query});
    return entry->second;
  }

  const Corpus& corpus_;
  MeansWithout without_;
  VectorUnits units_;
  std::unordered_map<std::string, std::uint32_t> known_[2];  // passages, queries: looked up, never walked
};

// The texts whose hashes are lowest: the same ones whatever the order of the documents, spread over the site.
void Collector::add_queries(std::uint32_t language) {
  using Texts = std::set<std::pair<std::uint32_t, std::string_view>>;
  Texts kinds[3];
  const auto add = [](std::string_view text, Texts& texts) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.empty()) return;
    texts.emplace(fnv1a(text), text);
    if (texts.size() > kQueriesOfAKind) texts.erase(std::prev(texts.end()));
  };
  for (const std::uint32_t page : corpus_.languages[language].pages) {
    if (!counts(page)) continue;
    const PageText& text = corpus_.pages[page]->text;
    add(text.title, kinds[0]);
    for (const SectionText& section : text.sections) {
      add(section.heading, kinds[1]);
      add(first_sentence(section.text), kinds[2]);
    }
  }
  for (const Texts& texts : kinds) {
    for (const auto& [hash, text] : texts) {
      units_.queries[language].push_back(add_text(std::string(text), true));
    }
  }
}

}  // namespace

VectorUnits collect_vector_units(const Corpus& corpus, const std::vector<std::uint32_t>& order,
                                 const MeansWithout& without) {
  std::vector<std::vector<std::uint32_t>> pages_of(order.size());  // by group, ascending by language
  for (const CorpusLanguage& language : corpus.languages) {
    for (const std::uint32_t page : language.pages) pages_of[corpus.grouping.group_of[page]].push_back(page);
  }
  Collector collector(corpus, without);
  for (std::uint32_t i = 0; i < order.size(); ++i) collector.add_group(i, pages_of[order[i]]);
  for (std::uint32_t i = 0; i < corpus.languages.size(); ++i) collector.add_queries(i);
  return collector.take();
}

}  // namespace crossglot
