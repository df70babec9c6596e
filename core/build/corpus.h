// build/corpus.h - all segments of a build as one collection: its pages, its languages, one vocabulary each.
//
// Numbers   A page is numbered in document order over all segments (duplicates gone). Groups are numbered first in
//           the order of their first pages (grouping.h), then, for the bundle, by order_groups().
// Lifetime  Everything here holds views into the segments' bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "build/grouping.h"
#include "build/segment.h"

namespace crossglot {

struct LoadedSegment {
  Bytes bytes;
  SegmentView view;
};

// The postings of one term in one segment.
struct TermSlice {
  std::uint32_t segment = 0;
  ByteSpan postings;
};

struct MergedTerm {
  std::string_view stem;
  std::string_view surface;
  std::uint8_t seen_as = 0;
  std::uint32_t posting_count = 0;  // of dropped pages too
  std::uint32_t slices_begin = 0;   // into Vocabulary::slices, ascending by segment
  std::uint32_t slices_end = 0;
};

struct Vocabulary {
  std::vector<MergedTerm> terms;  // ascending by (stem, surface)
  std::vector<TermSlice> slices;
  std::vector<std::uint32_t> stems;  // by number of a stem, in their order: its first term
  // stem_of[segment][number of a term in the segment's lines]: its stem. Empty where the segment lacks the language.
  std::vector<std::vector<std::uint32_t>> stem_of;
};

struct CorpusLanguage {
  std::string lang;
  bool stemmed = true;
  std::vector<std::uint32_t> pages;  // in document order
  Vocabulary vocabulary;
};

struct Corpus {
  std::vector<const SegmentPage*> pages;
  std::vector<std::uint32_t> segment_of;   // by page
  std::vector<std::uint32_t> language_of;  // by page
  std::vector<CorpusLanguage> languages;   // ascending by tag
  Grouping grouping;
  // page_of_section[segment][section]: the page, or UINT32_MAX for a page that was dropped.
  std::vector<std::vector<std::uint32_t>> page_of_section;
};

// Drops the later one of two pages of one URL, groups the rest, merges the vocabularies (on `threads` threads).
Corpus collect(const std::vector<LoadedSegment>& segments, unsigned threads, std::vector<std::string>& warnings);

// The bundle's order of groups, by name: order[n] is the n-th group's number in corpus.grouping. Pages of one folder
// share words, so neighbours answer the same queries and compress well: better than by recursive graph bisection
// over their words (DECISIONS.md).
std::vector<std::uint32_t> order_groups(const Corpus& corpus);

}  // namespace crossglot
