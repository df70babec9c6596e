#include "build/section_table.h"

#include <algorithm>
#include <numeric>

#include "format/term_shard.h"

namespace crossglot {
namespace {

std::uint64_t words_of(const SegmentPage& page) {
  std::uint64_t words = 0;
  for (const auto& lengths : page.lengths) words = std::accumulate(lengths.begin(), lengths.end(), words);
  return words;
}

}  // namespace

SectionTable::SectionTable(const Corpus& corpus, const CorpusLanguage& language,
                           const std::vector<std::uint32_t>& rank_of_group, const FieldWeights& weights)
    : weights_(weights), pages_(language.pages) {
  const auto rank = [&](std::uint32_t page) { return rank_of_group[corpus.grouping.group_of[page]]; };
  std::sort(pages_.begin(), pages_.end(), [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });

  std::vector<std::uint32_t> first_section(corpus.pages.size(), UINT32_MAX);
  std::uint64_t words = 0;
  for (std::uint32_t i = 0; i < pages_.size(); ++i) {
    const SegmentPage& page = *corpus.pages[pages_[i]];
    PageEntry& entry = entries_.emplace_back();
    entry.first_section = static_cast<std::uint32_t>(page_of_.size());
    entry.section_count = static_cast<std::uint32_t>(page.text.sections.size());
    entry.group = rank(pages_[i]);
    entry.weight_code = encode_weight(page.weight);
    entry.length_code = encode_length(words_of(page));
    words += words_of(page);
    first_section[pages_[i]] = entry.first_section;
    page_of_.insert(page_of_.end(), entry.section_count, i);
  }
  if (!pages_.empty()) average_page_length_ = static_cast<double>(words) / static_cast<double>(pages_.size());

  for (const std::vector<std::uint32_t>& page_of : corpus.page_of_section) {
    std::vector<std::uint32_t>& numbers = numbers_.emplace_back(page_of.size(), UINT32_MAX);
    for (std::uint32_t i = 0; i < page_of.size(); ++i) {
      if (page_of[i] == UINT32_MAX || first_section[page_of[i]] == UINT32_MAX) continue;
      numbers[i] = first_section[page_of[i]] + (i - corpus.pages[page_of[i]]->first_section);
    }
  }
  normalise(corpus);
}

void SectionTable::normalise(const Corpus& corpus) {
  std::array<std::uint64_t, kFieldCount> total{};
  std::array<std::uint64_t, kFieldCount> with_words{};
  for (const std::uint32_t page : pages_) {
    for (const auto& lengths : corpus.pages[page]->lengths) {
      for (std::size_t field = 0; field < kFieldCount; ++field) {
        total[field] += lengths[field];
        with_words[field] += lengths[field] > 0 ? 1 : 0;
      }
    }
  }
  field_factor_.reserve(page_of_.size());
  for (const std::uint32_t page : pages_) {
    for (const auto& lengths : corpus.pages[page]->lengths) {
      title_place_.push_back(title_place(lengths[kTitle]));
      heading_place_.push_back(heading_place(lengths[kHeading]));
      auto& factors = field_factor_.emplace_back();
      for (std::size_t field = 0; field < kFieldCount; ++field) {
        if (lengths[field] == 0) continue;
        const double average = static_cast<double>(total[field]) / static_cast<double>(with_words[field]);
        const double b = weights_.b[field];
        factors[field] = weights_.weight[field] / (1 - b + b * static_cast<double>(lengths[field]) / average);
      }
    }
  }
}

double SectionTable::frequency(std::uint32_t section, const FieldCounts& counts, bool identifier) const {
  double sum = 0;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    const double count = static_cast<double>(counts.whole[field]) * (identifier ? weights_.identifier : 1.0) +
                         static_cast<double>(counts.part[field]) * weights_.part;
    sum += count * field_factor_[section][field];
  }
  return sum;
}

std::uint8_t SectionTable::place(std::uint32_t section, const FieldCounts& counts) const {
  const auto has = [&](Field field) { return counts.whole[field] + counts.part[field] > 0; };
  return has(kTitle) ? title_place_[section] : has(kHeading) ? heading_place_[section] : kInBody;
}

}  // namespace crossglot
