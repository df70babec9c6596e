// format/vector_list.h - what a bundle's vectors are of: rows, units, groups, languages, and the files they lie in.
//
//   group   a page in all its languages, numbered as in every list of the bundle
//   unit    a section of the group in all its languages: aligned sections are one unit
//   row     a window of a unit's text, one vector; the best window speaks for its unit
//
// Rows stand in the order of groups, units and windows, so that a shard holds neighbours. Queries and rows are
// centred: each language has the mean that its queries lose.
//
// Bytes: core/format/FORMAT.md, "Vector list". open() validates everything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "format/list.h"

namespace crossglot {

inline constexpr std::uint32_t kNoSection = 0xffffffff;
inline constexpr std::uint32_t kVectorDimensionsMax = 4096;
inline constexpr std::uint32_t kVectorRowsMax = 1u << 22;  // of groups, units and rows: 4 million, 0.8 GB at 384

// Where the means of a language come from.
enum class MeanSource : std::uint8_t { kSite = 0, kGeneric = 1, kBlend = 2 };

// Where unit i of a group is not section i of this language's page.
struct UnitSections {
  std::uint32_t group = 0;
  std::vector<std::uint32_t> sections;  // by unit of the group: section of the page, or kNoSection
};

struct VectorLanguage {
  std::string lang;
  MeanSource source = MeanSource::kSite;
  std::uint32_t passage_count = 0;  // what the means are of
  std::uint32_t query_count = 0;
  std::vector<float> passage_mean;       // [dimensions]: what rows have lost
  std::vector<float> query_mean;         // [dimensions]: what queries lose
  std::vector<UnitSections> exceptions;  // ascending by group
};

// Shard i holds the rows from first_row on to the next shard's.
struct VectorShardRef {
  std::uint32_t first_row = 0;
  Part part;
};

// Rows of an evaluation: every group without its version in this language.
struct HeldOutVectors {
  std::string lang;
  std::vector<VectorShardRef> shards;
};

class VectorList {
 public:
  // Errors: kCorrupt, kTooNew, kTooOld.
  static Result<VectorList> open(Bytes bytes);

  std::string model;  // what vectors these are: only a query of the same model may meet them
  std::uint32_t dimensions = 0;
  std::vector<FileEntry> files;
  std::vector<VectorLanguage> languages;   // ascending by lang
  std::vector<VectorShardRef> shards;      // int4 (vector_shard.h); cover all rows
  std::vector<VectorShardRef> bit_shards;  // one bit a number: none, or all rows
  std::vector<HeldOutVectors> held_out;    // ascending by lang, in bundles made to be evaluated
  std::vector<std::uint32_t> group_begin;  // by group: its first unit; one more at the end
  std::vector<std::uint32_t> unit_begin;   // by unit: its first row; one more at the end

  std::uint32_t group_count() const { return static_cast<std::uint32_t>(group_begin.size()) - 1; }
  std::uint32_t unit_count() const { return static_cast<std::uint32_t>(unit_begin.size()) - 1; }
  std::uint32_t row_count() const { return unit_begin.back(); }
  // Row behind the last one of a shard of `of`.
  std::uint32_t shard_end(const std::vector<VectorShardRef>& of, std::size_t shard) const {
    return shard + 1 < of.size() ? of[shard + 1].first_row : row_count();
  }
  const VectorLanguage* find_language(std::string_view lang) const;
  // The bytes of a part that lies in the list. Precondition: part.file == kInlineFile.
  ByteSpan inline_bytes(const Part& part) const;

 private:
  Bytes inline_area_;
};

// Of the language's page in a group: which section unit `unit` of the group is. It may be beyond the page's last one
// where the page has fewer sections: then there is none.
std::uint32_t section_of_unit(const VectorLanguage& language, std::uint32_t group, std::uint32_t unit);

// vector_list_builder.cpp: the same structure to bytes (not gzipped).
Bytes build_vector_list(const VectorList& list, ByteSpan inline_area);

}  // namespace crossglot
