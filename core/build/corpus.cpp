#include "build/corpus.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <queue>
#include <unordered_map>

#include "build/parallel.h"

namespace crossglot {
namespace {

void collect_pages(const std::vector<LoadedSegment>& segments, Corpus& corpus, std::vector<std::string>& warnings) {
  std::unordered_map<std::string_view, std::uint32_t> by_url;
  for (const LoadedSegment& segment : segments) {
    auto& page_of = corpus.page_of_section.emplace_back(segment.view.section_count, UINT32_MAX);
    for (const SegmentPage& page : segment.view.pages) {
      const auto number = static_cast<std::uint32_t>(corpus.pages.size());
      if (!by_url.emplace(page.text.url, number).second) {
        warnings.push_back("two pages have the address " + std::string(page.text.url) +
                           "; the later one is left out");
        continue;
      }
      corpus.pages.push_back(&page);
      corpus.segment_of.push_back(static_cast<std::uint32_t>(corpus.page_of_section.size() - 1));
      const auto begin = page_of.begin() + page.first_section;
      std::fill(begin, begin + static_cast<std::ptrdiff_t>(page.text.sections.size()), number);
    }
  }
}

void collect_languages(const std::vector<LoadedSegment>& segments, Corpus& corpus) {
  std::map<std::string_view, CorpusLanguage> languages;
  for (std::uint32_t i = 0; i < corpus.pages.size(); ++i) {
    languages[corpus.pages[i]->text.lang].pages.push_back(i);
  }
  for (const LoadedSegment& segment : segments) {
    for (const SegmentLanguage& language : segment.view.languages) {
      const auto entry = languages.find(language.lang);
      if (entry != languages.end() && !language.stemmed) entry->second.stemmed = false;
    }
  }
  corpus.language_of.resize(corpus.pages.size());
  for (auto& [lang, language] : languages) {
    language.lang = lang;
    for (const std::uint32_t page : language.pages) {
      corpus.language_of[page] = static_cast<std::uint32_t>(corpus.languages.size());
    }
    corpus.languages.push_back(std::move(language));
  }
}

// A k-way merge: terms of the segments are sorted already.
Vocabulary merge(const std::vector<LoadedSegment>& segments, std::string_view lang) {
  struct Cursor {
    const std::vector<SegmentTerm>* terms;
    std::uint32_t segment;
    std::size_t at;
    const SegmentTerm& term() const { return (*terms)[at]; }
  };
  const auto later = [](const Cursor& a, const Cursor& b) {
    const SegmentTerm& x = a.term();
    const SegmentTerm& y = b.term();
    if (const int order = x.stem.compare(y.stem); order != 0) return order > 0;
    if (const int order = x.surface.compare(y.surface); order != 0) return order > 0;
    return a.segment > b.segment;
  };
  std::priority_queue<Cursor, std::vector<Cursor>, decltype(later)> queue(later);
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    for (const SegmentLanguage& language : segments[i].view.languages) {
      if (language.lang == lang && !language.terms.empty()) queue.push({&language.terms, i, 0});
    }
  }
  Vocabulary vocabulary;
  vocabulary.stem_of.resize(segments.size());
  while (!queue.empty()) {
    Cursor cursor = queue.top();
    queue.pop();
    const SegmentTerm& term = cursor.term();
    std::vector<MergedTerm>& terms = vocabulary.terms;
    if (terms.empty() || terms.back().stem != term.stem) {
      vocabulary.stems.push_back(static_cast<std::uint32_t>(terms.size()));
    }
    std::vector<std::uint32_t>& stem_of = vocabulary.stem_of[cursor.segment];
    stem_of.resize(cursor.terms->size());
    stem_of[term.number] = static_cast<std::uint32_t>(vocabulary.stems.size() - 1);
    if (terms.empty() || terms.back().stem != term.stem || terms.back().surface != term.surface) {
      const auto begin = static_cast<std::uint32_t>(vocabulary.slices.size());
      terms.push_back({term.stem, term.surface, 0, 0, begin, begin});
    }
    terms.back().seen_as |= term.seen_as;
    terms.back().posting_count += term.posting_count;
    vocabulary.slices.push_back({cursor.segment, term.postings});
    terms.back().slices_end = static_cast<std::uint32_t>(vocabulary.slices.size());
    if (++cursor.at < cursor.terms->size()) queue.push(cursor);
  }
  return vocabulary;
}

}  // namespace

Corpus collect(const std::vector<LoadedSegment>& segments, unsigned threads, std::vector<std::string>& warnings) {
  Corpus corpus;
  collect_pages(segments, corpus, warnings);
  collect_languages(segments, corpus);
  corpus.grouping = group_pages(corpus.pages, warnings);
  run_parallel(corpus.languages.size(), threads,
               [&](std::size_t i) { corpus.languages[i].vocabulary = merge(segments, corpus.languages[i].lang); });
  return corpus;
}

std::vector<std::uint32_t> order_groups(const Corpus& corpus) {
  const std::vector<std::string>& names = corpus.grouping.names;
  std::vector<std::uint32_t> order(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
  return order;
}

}  // namespace crossglot
