// build/vector_parts.h - vectors of texts to the bytes of a bundle: one pivot a row, in shards.
//
// A row's pivot is the mean of its versions' centred vectors, so that a manual in 34 languages has the vectors of one
// (DESIGN decision 2), and a query in any of them finds it. All rows of a unit are drawn to the unit's opening, one
// text of one language, so that of passages that speak of the same things the one that is about them comes first.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "build/generic_means.h"
#include "build/vector_source.h"
#include "build/vector_units.h"
#include "format/vector_list.h"

namespace crossglot {

struct BuiltVectorShard {
  std::uint32_t first_row = 0;
  Bytes bytes;
};

// Rows without a language's versions.
struct BuiltHeldOut {
  std::string lang;
  std::vector<BuiltVectorShard> shards;
};

struct VectorParts {
  VectorList list;  // without files and shards
  std::vector<BuiltVectorShard> shards;
  std::vector<BuiltVectorShard> bit_shards;
  std::vector<BuiltHeldOut> held_out;  // ascending by lang; empty where none was asked for
};

// vectors: of units.texts, [texts][dimensions]. generic: of the same model, or null. held_out: rows without each
// language's version, too, to be evaluated.
VectorParts build_vector_parts(const Corpus& corpus, const VectorUnits& units, const VectorSource& source,
                               std::span<const std::int8_t> vectors, const GenericMeans* generic, bool held_out);

}  // namespace crossglot
