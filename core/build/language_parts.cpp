#include "build/language_parts.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <span>

#include "build/section_table.h"
#include "build/shard_size.h"
#include "build/term_parts.h"
#include "format/filter_table.h"
#include "format/page_shard.h"
#include "format/section_lengths.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

std::size_t text_bytes(const PageText& page) {
  std::size_t bytes = page.url.size() + page.title.size();
  for (const SectionText& section : page.sections) {
    bytes += section.anchor.size() + section.heading.size() + section.text.size() + section.code.size() + 5;
  }
  return bytes;
}

// Where to cut a text after at most kHeadBytes: behind a line or a word if one ends near, else between characters.
std::size_t cut_at(std::string_view text) {
  constexpr std::size_t kSlack = kHeadBytes / 4;  // a rest this short is not worth another file
  if (text.size() <= kHeadBytes + kSlack) return text.size();
  for (std::size_t at = kHeadBytes; at > kHeadBytes - kSlack; --at) {
    if (text[at] == ' ' || text[at] == '\n') return at;
  }
  return utf8_boundary(text, kHeadBytes);
}

// Leaves the beginning of the page's first text (or code, where that is all) and returns the rest of every section.
std::vector<SectionTail> cut_page(PageText& page) {
  std::vector<SectionTail> tails;
  bool begun = false;
  for (SectionText& section : page.sections) {
    const std::size_t text = begun ? 0 : cut_at(section.text);
    const std::size_t code = begun || !section.text.empty() ? 0 : cut_at(section.code);
    begun = begun || text + code > 0;
    tails.push_back({"", section.text.substr(text), section.code.substr(code)});
    section.text = section.text.substr(0, text);
    section.code = section.code.substr(0, code);
    section.goes_on = !tails.back().text.empty() || !tails.back().code.empty();
    if (section.is_behind()) std::swap(section.anchor, tails.back().anchor);
  }
  return tails;
}

std::vector<PageText> page_texts(const Corpus& corpus, const SectionTable& sections) {
  std::vector<PageText> pages;
  for (const std::uint32_t number : sections.pages()) {
    pages.push_back(corpus.pages[number]->text);
    pages.back().group = corpus.grouping.names[corpus.grouping.group_of[number]];
  }
  return pages;
}

// Cuts a run of pages, `bytes[i]` large each, into shards and builds each from its pages.
template <typename Build>
std::vector<BuiltPageShard> build_shards(const std::vector<std::size_t>& bytes, ShardSize shard_size,
                                         const Build& build) {
  ShardCutter cutter(shard_size, std::accumulate(bytes.begin(), bytes.end(), std::size_t{0}));
  std::vector<BuiltPageShard> shards;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= bytes.size(); ++i) {
    if (i < bytes.size() && !cutter.begins_shard(bytes[i])) continue;
    if (begin < i) shards.push_back({static_cast<std::uint32_t>(begin), build(begin, i)});
    begin = i;
  }
  return shards;
}

void build_pages(const Corpus& corpus, const SectionTable& sections, LanguageParts& parts) {
  std::vector<PageText> pages = page_texts(corpus, sections);
  std::size_t total = 0;
  for (const PageText& page : pages) total += text_bytes(page);
  std::vector<std::vector<SectionTail>> tails(pages.size());
  std::vector<std::size_t> head_bytes, tail_bytes;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::size_t whole = text_bytes(pages[i]);
    if (total > kUncutTextBytes) tails[i] = cut_page(pages[i]);
    head_bytes.push_back(text_bytes(pages[i]));
    tail_bytes.push_back(whole - head_bytes.back());
  }
  parts.page_shards = build_shards(head_bytes, kPageShard, [&](std::size_t begin, std::size_t end) {
    return build_page_shard(std::span(pages).subspan(begin, end - begin));
  });
  if (total <= kUncutTextBytes) return;
  parts.tail_shards = build_shards(tail_bytes, kTailShard, [&](std::size_t begin, std::size_t end) {
    std::vector<SectionTail> shard;
    for (std::size_t i = begin; i < end; ++i) shard.insert(shard.end(), tails[i].begin(), tails[i].end());
    return build_tail_shard(shard);
  });
}

void build_filters(const Corpus& corpus, const SectionTable& sections, LanguageParts& parts) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::uint32_t>> pages_of;
  for (std::uint32_t i = 0; i < sections.pages().size(); ++i) {
    for (const auto& filter : corpus.pages[sections.pages()[i]]->filters) {
      std::vector<std::uint32_t>& pages = pages_of[filter];
      if (pages.empty() || pages.back() != i) pages.push_back(i);
    }
  }
  if (pages_of.empty()) return;
  std::vector<FilterValue> values;
  for (auto& [filter, pages] : pages_of) {
    values.push_back({std::string(filter.first), std::string(filter.second), std::move(pages)});
  }
  parts.filters = build_filter_table(values);
}

void build_lengths(const Corpus& corpus, const SectionTable& sections, LanguageParts& parts) {
  std::vector<std::uint64_t> words;
  for (const std::uint32_t number : sections.pages()) {
    for (const auto& lengths : corpus.pages[number]->lengths) {
      // The title stands in the lead for the whole page.
      words.push_back(std::accumulate(lengths.begin() + kHeading, lengths.end(), std::uint64_t{0}));
    }
  }
  parts.lengths = build_section_lengths(words);
}

}  // namespace

IdentifierFrequencies count_identifiers(const Corpus& corpus) {
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> groups_of;
  SegmentPosting posting;
  for (const CorpusLanguage& language : corpus.languages) {
    for (const MergedTerm& term : language.vocabulary.terms) {
      if (!is_identifier_term(term.seen_as)) continue;
      std::vector<std::uint32_t>& groups = groups_of[term.surface];
      for (std::uint32_t i = term.slices_begin; i < term.slices_end; ++i) {
        const TermSlice& slice = language.vocabulary.slices[i];
        SegmentPostingReader reader(slice.postings);
        while (reader.next(posting)) {
          const std::uint32_t page = corpus.page_of_section[slice.segment][posting.section];
          if (page != UINT32_MAX) groups.push_back(corpus.grouping.group_of[page]);
        }
      }
    }
  }
  IdentifierFrequencies frequencies;
  for (auto& [surface, groups] : groups_of) {
    std::sort(groups.begin(), groups.end());
    const auto end = std::unique(groups.begin(), groups.end());
    frequencies.emplace(surface, static_cast<std::uint32_t>(end - groups.begin()));
  }
  return frequencies;
}

LanguageParts build_language(const Corpus& corpus, const CorpusLanguage& language,
                             const std::vector<std::uint32_t>& rank_of_group,
                             const IdentifierFrequencies& identifiers, const FieldWeights& weights) {
  const SectionTable sections(corpus, language, rank_of_group, weights);
  LanguageParts parts;
  parts.list.lang = language.lang;
  parts.list.dir = corpus.pages[language.pages.front()]->text.dir;
  parts.list.stemmed = language.stemmed;
  parts.list.section_count = sections.section_count();
  parts.list.group_count = static_cast<std::uint32_t>(corpus.grouping.names.size());
  parts.list.average_page_length = sections.average_page_length();
  parts.list.k1 = static_cast<float>(weights.k1);
  parts.list.pages = sections.entries();
  build_terms(language, sections, identifiers, weights, parts);
  build_pages(corpus, sections, parts);
  build_filters(corpus, sections, parts);
  build_lengths(corpus, sections, parts);
  return parts;
}

}  // namespace crossglot
