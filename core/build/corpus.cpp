#include "build/corpus.h"

#include <algorithm>
#include <map>
#include <queue>
#include <unordered_map>

#include "build/page_order.h"
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
  while (!queue.empty()) {
    Cursor cursor = queue.top();
    queue.pop();
    const SegmentTerm& term = cursor.term();
    std::vector<MergedTerm>& terms = vocabulary.terms;
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

// Adds, to each group that has none, the stems of its page in `language`. A stem of one page, or of most, moves
// nothing.
void add_stems(const Corpus& corpus, const CorpusLanguage& language, const std::vector<bool>& wanted,
               std::uint32_t& stem_count, std::vector<std::vector<std::uint32_t>>& stems_of) {
  const std::vector<MergedTerm>& terms = language.vocabulary.terms;
  std::vector<std::uint32_t> groups;
  SegmentPosting posting;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (std::uint32_t k = terms[i].slices_begin; k < terms[i].slices_end; ++k) {
      const TermSlice& slice = language.vocabulary.slices[k];
      const auto& page_of = corpus.page_of_section[slice.segment];
      SegmentPostingReader reader(slice.postings);
      while (reader.next(posting)) {
        const std::uint32_t page = page_of[posting.section];
        if (page != UINT32_MAX) groups.push_back(corpus.grouping.group_of[page]);
      }
    }
    if (i + 1 < terms.size() && terms[i + 1].stem == terms[i].stem) continue;
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    if (groups.size() >= 2 && groups.size() <= language.pages.size() / 2) {
      for (const std::uint32_t group : groups) {
        if (wanted[group]) stems_of[group].push_back(stem_count);
      }
      ++stem_count;
    }
    groups.clear();
  }
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
  std::vector<const CorpusLanguage*> ranking;
  for (const CorpusLanguage& language : corpus.languages) ranking.push_back(&language);
  std::sort(ranking.begin(), ranking.end(), [](const CorpusLanguage* a, const CorpusLanguage* b) {
    return a->pages.size() != b->pages.size() ? a->pages.size() > b->pages.size() : a->lang < b->lang;
  });
  const std::size_t groups = corpus.grouping.names.size();
  std::vector<bool> done(groups, false);
  std::vector<std::vector<std::uint32_t>> stems_of(groups);
  std::uint32_t stem_count = 0;
  for (const CorpusLanguage* language : ranking) {
    std::vector<bool> wanted(groups, false);
    bool any = false;
    for (const std::uint32_t page : language->pages) {
      const std::uint32_t group = corpus.grouping.group_of[page];
      if (done[group]) continue;
      wanted[group] = done[group] = any = true;
    }
    if (any) add_stems(corpus, *language, wanted, stem_count, stems_of);
  }
  return order_by_bisection(stems_of, stem_count);
}

}  // namespace crossglot
