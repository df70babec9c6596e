#include "build/language_parts.h"

#include <algorithm>
#include <map>

#include "build/posting_merge.h"
#include "build/section_table.h"
#include "format/filter_table.h"
#include "format/front_coding.h"
#include "format/page_shard.h"
#include "format/position_shard.h"
#include "format/term_shard.h"
#include "format/word_list.h"

namespace crossglot {
namespace {

// Sizes before gzip. A term shard is fetched for every word of a query and a page shard for every row, so both are
// small; of the positions, which only phrases need, packing several shards into a file is up to bundle.cpp.
constexpr std::size_t kTermShardBytes = 40'000;
constexpr std::size_t kPageShardBytes = 48'000;
constexpr std::size_t kWordBytesMax = 48;  // nobody types longer ones
constexpr std::size_t kWordLettersMin = 3;

std::uint8_t term_flags(std::uint8_t seen_as) {
  std::uint8_t flags = 0;
  if ((seen_as & (kSeenIdentifier | kSeenNumber)) != 0) flags |= kIdentifierTerm;
  if ((seen_as & kSeenBigram) != 0) flags |= kBigramTerm;
  if (seen_as == kSeenPart) flags |= kCompoundPart;
  return flags;
}

bool is_correctable(std::string_view word, std::uint8_t seen_as) {
  if ((seen_as & ~kSeenBigram) == 0 || word.size() > kWordBytesMax) return false;
  std::size_t letters = 0;
  bool has_letter = false;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) != 0x80) ++letters;
    has_letter = has_letter || byte >= 0x80 || (byte >= 'a' && byte <= 'z');
  }
  return has_letter && letters >= kWordLettersMin;
}

class TermShards {
 public:
  explicit TermShards(LanguageParts& parts) : parts_(parts) {}

  void add(GroupPostings group, std::vector<std::vector<std::vector<std::uint32_t>>> positions) {
    std::size_t size = 8 + group.stem.size();
    for (const TermPostings& term : group.terms) size += 6 + term.postings.size() * 5 / 2;
    if (!groups_.empty() && size_ + size > kTermShardBytes) flush();
    size_ += size;
    parts_.terms += group.terms.size();
    for (const TermPostings& term : group.terms) parts_.postings += term.postings.size();
    groups_.push_back(std::move(group));
    for (auto& term : positions) positions_.push_back(std::move(term));
  }

  void flush() {
    if (groups_.empty()) return;
    BuiltTermShard& shard = parts_.term_shards.emplace_back();
    // The shortest string that is above the last shard and not above this one; the first shard begins at nothing.
    const std::string_view first = groups_.front().stem;
    if (parts_.term_shards.size() > 1) shard.first_stem = first.substr(0, shared_prefix(last_stem_, first) + 1);
    last_stem_ = groups_.back().stem;
    shard.terms = build_term_shard(groups_);
    shard.positions = build_position_shard(positions_);
    groups_.clear();
    positions_.clear();
    size_ = 0;
  }

 private:
  LanguageParts& parts_;
  std::vector<GroupPostings> groups_;
  std::vector<std::vector<std::vector<std::uint32_t>>> positions_;
  std::size_t size_ = 0;
  std::string last_stem_;
};

std::uint32_t count_distinct(std::vector<std::uint32_t>& pages) {
  std::sort(pages.begin(), pages.end());
  return static_cast<std::uint32_t>(std::unique(pages.begin(), pages.end()) - pages.begin());
}

void build_terms(const CorpusLanguage& language, const SectionTable& sections,
                 const IdentifierFrequencies& identifiers, const FieldWeights& weights, LanguageParts& parts) {
  const std::vector<MergedTerm>& terms = language.vocabulary.terms;
  PostingMerge merge(language, sections, weights);
  TermShards shards(parts);
  std::map<std::string_view, std::uint32_t> words;
  std::vector<std::uint32_t> group_pages, term_pages;
  for (std::size_t i = 0; i < terms.size();) {
    GroupPostings group;
    group.stem = terms[i].stem;
    group_pages.clear();
    std::uint32_t most = 0;
    std::vector<std::vector<std::vector<std::uint32_t>>> positions;
    for (; i < terms.size() && terms[i].stem == group.stem; ++i) {
      TermPostings entry;
      std::vector<std::vector<std::uint32_t>> places;
      merge.read(i, entry.postings, places);
      if (entry.postings.empty()) continue;  // its pages were dropped
      term_pages.clear();
      for (const Posting& posting : entry.postings) term_pages.push_back(sections.page_of(posting.section));
      group_pages.insert(group_pages.end(), term_pages.begin(), term_pages.end());
      entry.term.surface = terms[i].surface;
      entry.term.flags = term_flags(terms[i].seen_as);
      entry.term.document_frequency = count_distinct(term_pages);
      if (is_correctable(terms[i].surface, terms[i].seen_as)) {
        std::uint32_t& frequency = words[terms[i].surface];
        frequency = std::max(frequency, entry.term.document_frequency);
      }
      if ((entry.term.flags & kIdentifierTerm) != 0) {
        const auto everywhere = identifiers.find(terms[i].surface);
        if (everywhere != identifiers.end()) {
          entry.term.document_frequency = std::max(entry.term.document_frequency, everywhere->second);
        }
      }
      most = std::max(most, entry.term.document_frequency);
      group.terms.push_back(std::move(entry));
      positions.push_back(std::move(places));
    }
    if (group.terms.empty()) continue;
    group.document_frequency = std::max(most, count_distinct(group_pages));
    shards.add(std::move(group), std::move(positions));
  }
  shards.flush();

  std::vector<WordEntry> entries;
  for (const auto& [word, frequency] : words) entries.push_back({std::string(word), frequency});
  parts.words = build_word_list(entries);
}

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
    if (size + bytes > kPageShardBytes) flush(i);
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

}  // namespace

IdentifierFrequencies count_identifiers(const Corpus& corpus) {
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> groups_of;
  SegmentPosting posting;
  for (const CorpusLanguage& language : corpus.languages) {
    for (const MergedTerm& term : language.vocabulary.terms) {
      if ((term_flags(term.seen_as) & kIdentifierTerm) == 0) continue;
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
  for (auto& [surface, groups] : groups_of) frequencies.emplace(surface, count_distinct(groups));
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
  return parts;
}

}  // namespace crossglot
