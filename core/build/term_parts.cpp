#include "build/term_parts.h"

#include <algorithm>
#include <map>
#include <span>

#include "build/posting_merge.h"
#include "build/shard_size.h"
#include "format/front_coding.h"
#include "format/position_shard.h"
#include "format/term_shard.h"
#include "format/word_list.h"

namespace crossglot {
namespace {

constexpr std::size_t kWordBytesMax = 48;  // nobody types longer ones
constexpr std::size_t kWordLettersMin = 3;
// About what a term and a posting take in a shard.
constexpr std::size_t kTermBytes = 12;
constexpr std::size_t kPostingBytes = 2;

std::uint8_t term_flags(std::uint8_t seen_as) {
  std::uint8_t flags = 0;
  if (is_identifier_term(seen_as)) flags |= kIdentifierTerm;
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

using Positions = std::vector<std::vector<std::vector<std::uint32_t>>>;  // by term and posting

Bytes codes_of(std::span<const GroupPostings> groups) {
  Bytes codes;
  for (const GroupPostings& group : groups) {
    for (const TermPostings& term : group.terms) {
      for (const Posting& posting : term.postings) codes.push_back(posting.code);
    }
  }
  return codes;
}

class TermShards {
 public:
  // total: about the size of all groups to come.
  TermShards(LanguageParts& parts, std::size_t total) : parts_(parts), cutter_(kTermShard, total) {}

  void add_common(GroupPostings group, const Positions& positions) {
    count(group);
    BuiltTermShard& shard = parts_.common_shards.emplace_back();
    shard.first_stem = group.stem;
    const std::vector<GroupPostings> groups(1, std::move(group));
    shard.terms = build_term_shard(groups);
    shard.positions = build_position_shard(positions, codes_of(groups));
  }

  void add(GroupPostings group, Positions positions) {
    count(group);
    if (cutter_.begins_shard(size_of(group))) flush();
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
    shard.positions = build_position_shard(positions_, codes_of(groups_));
    groups_.clear();
    positions_.clear();
  }

 private:
  static std::size_t size_of(const GroupPostings& group) {
    std::size_t size = 0;
    for (const TermPostings& term : group.terms) size += kTermBytes + term.postings.size() * kPostingBytes;
    return size;
  }

  void count(const GroupPostings& group) {
    parts_.terms += group.terms.size();
    for (const TermPostings& term : group.terms) parts_.postings += term.postings.size();
  }

  LanguageParts& parts_;
  ShardCutter cutter_;
  std::vector<GroupPostings> groups_;
  Positions positions_;
  std::string last_stem_;
};

std::uint32_t count_distinct(std::vector<std::uint32_t>& pages) {
  std::sort(pages.begin(), pages.end());
  return static_cast<std::uint32_t>(std::unique(pages.begin(), pages.end()) - pages.begin());
}

bool is_common(std::size_t postings, std::size_t pages, std::size_t page_count) {
  return postings >= kCommonPostings && static_cast<double>(pages) > kCommonShare * static_cast<double>(page_count);
}

// About the size of all groups that are not common words.
std::size_t total_size(const std::vector<MergedTerm>& terms, const SectionTable& sections, PostingMerge& merge) {
  std::vector<Posting> postings;
  std::vector<std::vector<std::uint32_t>> places;
  std::vector<std::uint32_t> pages;
  std::size_t total = 0;
  for (std::size_t begin = 0, end = 0; begin < terms.size(); begin = end) {
    std::size_t count = 0;
    for (; end < terms.size() && terms[end].stem == terms[begin].stem; ++end) count += merge.posting_count(end);
    if (count >= kCommonPostings) {
      count = 0;
      pages.clear();
      for (std::size_t i = begin; i < end; ++i) {
        merge.read(i, postings, places);
        count += postings.size();
        for (const Posting& posting : postings) pages.push_back(sections.page_of(posting.section));
      }
      if (is_common(count, count_distinct(pages), sections.pages().size())) continue;
    }
    total += (end - begin) * kTermBytes + count * kPostingBytes;
  }
  return total;
}

}  // namespace

void build_terms(const CorpusLanguage& language, const SectionTable& sections,
                 const IdentifierFrequencies& identifiers, const FieldWeights& weights, LanguageParts& parts) {
  const std::vector<MergedTerm>& terms = language.vocabulary.terms;
  PostingMerge merge(language, sections, weights);
  TermShards shards(parts, total_size(terms, sections, merge));
  std::map<std::string_view, std::uint32_t> words;
  std::vector<std::uint32_t> group_pages, term_pages;
  for (std::size_t i = 0; i < terms.size();) {
    GroupPostings group;
    group.stem = terms[i].stem;
    group_pages.clear();
    std::uint32_t most = 0;
    Positions positions;
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
    const std::uint32_t pages = count_distinct(group_pages);
    group.document_frequency = std::max(most, pages);
    std::size_t postings = 0;
    for (const TermPostings& term : group.terms) postings += term.postings.size();
    if (is_common(postings, pages, sections.pages().size())) {
      shards.add_common(std::move(group), positions);
    } else {
      shards.add(std::move(group), std::move(positions));
    }
  }
  shards.flush();

  std::vector<WordEntry> entries;
  for (const auto& [word, frequency] : words) entries.push_back({std::string(word), frequency});
  parts.words = build_word_list(entries);
}

}  // namespace crossglot
