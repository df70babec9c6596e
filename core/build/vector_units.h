// build/vector_units.h - the rows of a bundle's vectors: which texts of which versions each is made of.
//
// The sections of a group's versions are aligned with those of one of them, the reference: English where there is
// one. Sections that are not aligned are units of their own, behind the others. All versions of a unit are cut into
// the same number of windows, so that windows of one number say about the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "build/corpus.h"
#include "build/vector_source.h"
#include "format/vector_list.h"

namespace crossglot {

// A language's version of a row.
struct RowVersion {
  std::uint32_t language = 0;  // of the corpus
  std::uint32_t text = 0;      // index into VectorUnits::texts
};

// Groups that no language's means are made of, in bundles made to be evaluated: one fold (fold_of_group()) of so
// many.
struct MeansWithout {
  std::uint32_t fold = 0;  // 0: all groups count
  std::uint32_t folds = 0;
};

// The opening of a unit, in one language: that of the reference, where the reference has the unit.
struct UnitOpening {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t language = kNone;  // of the corpus
  std::uint32_t text = kNone;      // index into VectorUnits::texts; kNone: there is nothing to read
};

struct VectorUnits {
  std::vector<std::uint32_t> group_begin = {0};       // by the bundle's number of a group: its first unit
  std::vector<std::uint32_t> unit_begin = {0};        // by unit: its first row
  std::vector<std::uint32_t> row_begin = {0};         // by row: its first version
  std::vector<UnitOpening> openings;                  // by unit
  std::vector<std::uint8_t> unit_counts;              // by unit: 1 where the means are made of it
  std::vector<RowVersion> versions;                   // of a row: of the reference first, all texts different
  std::vector<std::vector<UnitSections>> exceptions;  // by language of the corpus
  std::vector<EmbedText> texts;                       // all different: passages, then queries
  std::vector<std::vector<std::uint32_t>> queries;    // by language: texts that its mean of queries is made of
};

// order: order_groups().
VectorUnits collect_vector_units(const Corpus& corpus, const std::vector<std::uint32_t>& order,
                                 const MeansWithout& without = {});

}  // namespace crossglot
