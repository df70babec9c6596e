// search/fusion.h - words and meaning in one list.
//
//   score = vector * (1 + cosine) / 2 + (1 - vector) * words
//
// Both legs propose candidates, and every candidate gets both exact scores: `words` is the share of its theoretical
// maximum (lexical/ranking.h), 0 where no word matches, and the cosine is that of the group's best section, with some of
// the mean of all of its sections. Neither depends on what else was found, so that scores of all languages compare, and
// a query without any word that the site knows is carried by its vector alone.
//
//   A group that is there in the reader's language and in English has the mean of both versions' words: each says
//   what the other's translator did not. Where every version or section is a row, it has its own words alone.
//   A query of identifiers alone is not fuzzy: what holds all of them, whole, stands above what means something like
//   them.
//
// Source: convex combination of scores over theoretical bounds (Bruch, Gai & Ingber 2023, arXiv 2210.11934).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "format/vector_list.h"
#include "search/language_state.h"
#include "search/row.h"

namespace crossglot {

// All that fusion turns on. DECISIONS.md says what they were tuned on, and what others lost.
struct FusionParameters {
  // Share of the vectors where rows are pages, and where they are sections.
  float vector = 0.66f;
  float vector_sections = 0.57f;
  // Where rows are pages: what the mean cosine of a page's sections counts beside the best one's. A section that fits
  // in a page about something else is found less than one whose neighbours agree.
  float whole_page = 0.33f;
  // What words of another language's version are worth, where the reader's has none and several are searched.
  float foreign = 0.8f;
  // Groups (or units) that the vectors propose, beside as many as rows are asked for.
  std::size_t proposals = 100;
};

// What of an answer's languages may become rows. Spans are borrowed.
struct FusionCandidates {
  std::span<const std::unique_ptr<LanguageState>> languages;
  std::span<const std::uint32_t> searched;  // whose words were evaluated
  std::span<const std::uint32_t> shown;     // whose versions may be shown, the reader's first
  std::uint32_t own = kNone;                // the reader's, where it may be shown
  std::size_t rows = 0;                     // wanted
  bool words = true;                        // false: vectors alone
  bool collapse = true;                     // one row a group
  bool sections = false;                    // rows are sections

  bool is_searched(std::uint32_t language) const;
};

struct FusionInput {
  const FusionCandidates& candidates;
  const VectorList& vectors;
  std::span<const std::uint8_t> groups;  // admitted_groups()
  std::span<const float> unit_scores;    // VectorIndex::score(), of those groups
};

// A byte a group of the shown languages, and of `group_count` at the least: whether it may be a row. Filters,
// exclusions and phrases are judged by the version that the reader reads best among those that were searched, or each
// by itself where every version is a row. What no searched language has, as in a draft, is in where there are none.
std::vector<std::uint8_t> admitted_groups(const FusionCandidates& candidates, std::size_t group_count);

struct FusedRows {
  std::vector<Row> rows;    // best first, ties by language, page and section; as many as were wanted
  std::uint64_t total = 0;  // that hold words of the query, or as many as are shown where these are more
  std::vector<std::vector<SectionScore>> sections = {};  // of rows that are pages: of the matched page, best first
};

FusedRows fuse_pages(const FusionInput& input, const FusionParameters& parameters);
// Rows are sections, each by its own words and its own unit.
FusedRows fuse_sections(const FusionInput& input, const FusionParameters& parameters);

}  // namespace crossglot
