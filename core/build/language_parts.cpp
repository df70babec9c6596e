#include "build/language_parts.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "build/section_table.h"
#include "build/shard_size.h"
#include "build/term_parts.h"
#include "format/filter_table.h"
#include "format/page_shard.h"
#include "format/section_lengths.h"

namespace crossglot {
namespace {

std::size_t text_bytes(const PageText& page) {
  std::size_t bytes = page.url.size() + page.title.size();
  for (const SectionText& section : page.sections) {
    bytes += section.anchor.size() + section.heading.size() + section.text.size() + section.code.size() + 5;
  }
  return bytes;
}

void build_pages(const Corpus& corpus, const SectionTable& sections, LanguageParts& parts) {
  std::vector<PageText> shard;
  std::size_t size = 0;
  std::uint32_t first = 0;
  std::size_t total = 0;
  for (const std::uint32_t number : sections.pages()) total += text_bytes(corpus.pages[number]->text);
  const std::size_t shard_size = kPageShard.of(total);
  const auto flush = [&](std::uint32_t next) {
    if (shard.empty()) return;
    parts.page_shards.push_back({first, build_page_shard(shard)});
    shard.clear();
    size = 0;
    first = next;
  };
  for (std::uint32_t i = 0; i < sections.pages().size(); ++i) {
    const std::uint32_t number = sections.pages()[i];
    PageText page = corpus.pages[number]->text;
    page.group = corpus.grouping.names[corpus.grouping.group_of[number]];
    const std::size_t bytes = text_bytes(page);
    if (size + bytes > shard_size) flush(i);
    size += bytes;
    shard.push_back(std::move(page));
  }
  flush(0);
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
