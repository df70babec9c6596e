#include "build/posting_merge.h"

#include <algorithm>
#include <unordered_map>

#include "build/compounds.h"

namespace crossglot {
namespace {

// Words, not names of things: an identifier is found by its parts already.
bool is_plain_word(const MergedTerm& term) {
  return (term.seen_as & kSeenWord) != 0 && (term.seen_as & (kSeenIdentifier | kSeenNumber | kSeenBigram)) == 0;
}

}  // namespace

PostingMerge::PostingMerge(const CorpusLanguage& language, const SectionTable& sections, const FieldWeights& weights)
    : language_(language), sections_(sections), weights_(weights) {
  if (joins_compounds(language.lang)) find_compounds();
}

void PostingMerge::find_compounds() {
  const std::vector<MergedTerm>& terms = language_.vocabulary.terms;
  std::unordered_map<std::string_view, std::uint32_t> words;
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    if (is_plain_word(terms[i])) words.emplace(terms[i].surface, i);
  }
  const auto find = [&](std::string_view word) {
    const auto at = words.find(word);
    return at == words.end() ? UINT32_MAX : at->second;
  };
  std::vector<std::vector<std::uint32_t>> parts_of(terms.size());
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    if (is_plain_word(terms[i])) parts_of[i] = split_compound(terms[i].surface, language_.lang, find);
  }
  compounds_of_.resize(terms.size());
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    // Parts may be compounds themselves; every part is shorter than its whole, so this ends.
    open = parts_of[i];
    for (std::size_t k = 0; k < open.size(); ++k) {
      open.insert(open.end(), parts_of[open[k]].begin(), parts_of[open[k]].end());
    }
    std::sort(open.begin(), open.end());
    open.erase(std::unique(open.begin(), open.end()), open.end());
    for (const std::uint32_t part : open) {
      // An inflection of the whole is in its stem's group anyway.
      if (terms[part].stem != terms[i].stem) compounds_of_[part].push_back(i);
    }
  }
}

std::size_t PostingMerge::posting_count(std::size_t term) const {
  const std::vector<MergedTerm>& terms = language_.vocabulary.terms;
  std::size_t count = terms[term].posting_count;
  if (!compounds_of_.empty()) {
    for (const std::uint32_t compound : compounds_of_[term]) count += terms[compound].posting_count;
  }
  return count;
}

void PostingMerge::collect(std::size_t term, double factor, bool with_positions) {
  const MergedTerm& merged = language_.vocabulary.terms[term];
  const bool identifier = (merged.seen_as & kSeenIdentifier) != 0;
  for (std::uint32_t i = merged.slices_begin; i < merged.slices_end; ++i) {
    const TermSlice& slice = language_.vocabulary.slices[i];
    SegmentPostingReader reader(slice.postings);
    while (reader.next(posting_)) {
      const std::uint32_t section = sections_.number(slice.segment, posting_.section);
      if (section == UINT32_MAX) continue;
      Entry& entry = entries_.emplace_back();
      entry.section = section;
      entry.frequency = factor * sections_.frequency(section, posting_.counts, identifier);
      entry.place = sections_.place(section, posting_.counts);
      entry.order = static_cast<std::uint32_t>(entries_.size());
      entry.places_begin = places_.size();
      if (with_positions) places_.insert(places_.end(), posting_.positions.begin(), posting_.positions.end());
      entry.places_end = places_.size();
    }
  }
}

void PostingMerge::read(std::size_t term, std::vector<Posting>& postings,
                        std::vector<std::vector<std::uint32_t>>& positions) {
  entries_.clear();
  places_.clear();
  collect(term, 1.0, true);
  if (!compounds_of_.empty()) {
    for (const std::uint32_t compound : compounds_of_[term]) collect(compound, weights_.compound, false);
  }
  // Of one section, the term's own posting comes first, then its compounds' in order of the vocabulary: sums of
  // frequencies then have one order.
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.section != b.section ? a.section < b.section : a.order < b.order;
  });
  postings.clear();
  positions.clear();
  for (std::size_t i = 0; i < entries_.size();) {
    double frequency = 0;
    std::uint8_t place = kInBody;
    const Entry& own = entries_[i];
    const std::uint32_t section = own.section;
    positions.emplace_back(places_.begin() + static_cast<std::ptrdiff_t>(own.places_begin),
                           places_.begin() + static_cast<std::ptrdiff_t>(own.places_end));
    for (; i < entries_.size() && entries_[i].section == section; ++i) {
      frequency += entries_[i].frequency;
      place = std::max(place, entries_[i].place);
    }
    postings.push_back({section, static_cast<std::uint8_t>(encode_frequency(frequency) | place)});
  }
}

}  // namespace crossglot
