#include "build/vector_parts.h"

#include <algorithm>
#include <set>

#include "build/centring.h"
#include "format/vector_shard.h"
#include "text/language.h"
#include "vector/int4.h"
#include "vector/numbers.h"
#include "vector/query.h"

namespace crossglot {
namespace {

// 100 KB of four-bit rows of 384: a first answer of meaning wants the shards of its best rows.
constexpr std::size_t kRowsOfAShard = 512;
// 400 KB of one-bit rows, which are all wanted.
constexpr std::size_t kRowsOfABitShard = 8192;
// A mean of fewer texts is mostly the prior's.
constexpr std::uint64_t kTextsOfASite = 64;

constexpr std::uint32_t kNoLanguage = 0xffffffff;

// How far a row is drawn to its unit's opening: the length of what is added to a row of length 1.
constexpr float kOpeningShare = 0.5F;

// Of what the site's queries differ in from generic ones, in the languages that both know, so much holds for others.
constexpr float kShiftShare = 0.5F;
constexpr float kStepsOfAMean = 1024;

// The means of what rows are made of, by language.
struct RowMeans {
  std::vector<std::vector<float>> passages;
  std::vector<std::vector<float>> openings;
};

class Rows {
 public:
  Rows(const VectorUnits& units, std::size_t dimensions, std::span<const std::int8_t> vectors, const RowMeans& means)
      : units_(units), dimensions_(dimensions), vectors_(vectors), means_(means), pivot_(dimensions) {
    for (std::uint32_t unit = 0; unit < units.openings.size(); ++unit) {
      unit_of_.insert(unit_of_.end(), units.unit_begin[unit + 1] - units.unit_begin[unit], unit);
    }
  }

  std::size_t size() const { return units_.row_begin.size() - 1; }

  // The pivot of a row, of length 1; zeros where no version is left. without: a language that is left out.
  std::span<const float> pivot(std::size_t row, std::uint32_t without) {
    std::fill(pivot_.begin(), pivot_.end(), 0.0F);
    bool some = false;
    for (std::size_t i = units_.row_begin[row]; i < units_.row_begin[row + 1]; ++i) {
      const RowVersion& version = units_.versions[i];
      if (version.language == without) continue;
      some = true;
      add(version.text, means_.passages[version.language], 1);
    }
    if (!some) return pivot_;
    normalise(pivot_);
    const UnitOpening& opening = units_.openings[unit_of_[row]];
    if (opening.text != UnitOpening::kNone && opening.language != without) {
      add(opening.text, means_.openings[opening.language], kOpeningShare);
      normalise(pivot_);
    }
    return pivot_;
  }

 private:
  // A text's centred vector, brought to length `share`.
  void add(std::size_t text, std::span<const float> mean, float share) {
    std::vector<float> vector = unit_vector(vectors_.subspan(text * dimensions_, dimensions_));
    for (std::size_t i = 0; i < dimensions_; ++i) vector[i] -= mean[i];
    normalise(vector);
    for (std::size_t i = 0; i < dimensions_; ++i) pivot_[i] += share * vector[i];
  }

  const VectorUnits& units_;
  std::size_t dimensions_;
  std::span<const std::int8_t> vectors_;
  const RowMeans& means_;
  std::vector<std::uint32_t> unit_of_;  // by row
  std::vector<float> pivot_;
};

std::vector<BuiltVectorShard> build_shards(Rows& rows, std::size_t dimensions, std::uint32_t without) {
  std::vector<BuiltVectorShard> shards;
  const std::size_t row_bytes = int4_row_bytes(dimensions);
  for (std::size_t begin = 0; begin < rows.size(); begin += kRowsOfAShard) {
    const std::size_t end = std::min(rows.size(), begin + kRowsOfAShard);
    Bytes nibbles((end - begin) * row_bytes);
    std::vector<float> scales;
    for (std::size_t row = begin; row < end; ++row) {
      const std::span<std::uint8_t> out(nibbles.data() + (row - begin) * row_bytes, row_bytes);
      scales.push_back(quantise_int4(rows.pivot(row, without), out));
    }
    shards.push_back({static_cast<std::uint32_t>(begin), build_vector_shard(nibbles, scales)});
  }
  return shards;
}

std::vector<BuiltVectorShard> build_bit_shards(Rows& rows, std::size_t dimensions) {
  std::vector<BuiltVectorShard> shards;
  std::vector<std::uint64_t> words(bit_words(dimensions));
  for (std::size_t begin = 0; begin < rows.size(); begin += kRowsOfABitShard) {
    ByteWriter bits;
    for (std::size_t row = begin; row < std::min(rows.size(), begin + kRowsOfABitShard); ++row) {
      sign_bits(rows.pivot(row, kNoLanguage), words);
      for (const std::uint64_t word : words) {
        bits.u32(static_cast<std::uint32_t>(word));
        bits.u32(static_cast<std::uint32_t>(word >> 32));
      }
    }
    shards.push_back({static_cast<std::uint32_t>(begin), build_bit_shard(bits.bytes())});
  }
  return shards;
}

// Short numbers: a reader of one language carries the means of all.
void round_mean(std::vector<float>& mean) {
  for (float& x : mean) x = static_cast<float>(round_to_step(x, kStepsOfAMean)) / kStepsOfAMean;
}

// The means of queries. Where a site says little of a language, others' documentation does (generic_means.h).
void set_query_means(const LanguageMeans& queries, const GenericMeans& generic, VectorList& list) {
  std::vector<std::vector<float>> known;
  for (const VectorLanguage& language : list.languages) {
    const GenericMean* mean = generic.find(language.lang);
    known.push_back(mean == nullptr ? std::vector<float>() : mean->mean);
  }
  const std::vector<float> shift = queries.shift(known);
  const auto drawn = [&](std::vector<float> mean) {
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += kShiftShare * shift[i];
    return mean;
  };
  std::set<std::string> own;
  for (std::size_t i = 0; i < list.languages.size(); ++i) {
    VectorLanguage& language = list.languages[i];
    own.insert(std::string(primary_language(language.lang)));
    language.query_mean = known[i].empty() ? queries.mean(i) : queries.mean(i, drawn(known[i]));
  }
  for (const GenericMean& mean : generic.languages()) {
    if (own.contains(std::string(primary_language(mean.lang)))) continue;
    VectorLanguage& language = list.languages.emplace_back();
    language.lang = mean.lang;
    language.source = MeanSource::kGeneric;
    language.query_count = mean.count;
    language.passage_mean.assign(list.dimensions, 0);
    language.query_mean = drawn(mean.mean);
    round_mean(language.query_mean);
  }
  std::sort(list.languages.begin(), list.languages.end(),
            [](const VectorLanguage& a, const VectorLanguage& b) { return a.lang < b.lang; });
}

}  // namespace

VectorParts build_vector_parts(const Corpus& corpus, const VectorUnits& units, const VectorSource& source,
                               std::span<const std::int8_t> vectors, const GenericMeans* generic, bool held_out) {
  const std::size_t dimensions = source.dimensions;
  const std::size_t languages = corpus.languages.size();
  const auto vector_of = [&](std::uint32_t text) {
    return unit_vector(vectors.subspan(text * dimensions, dimensions));
  };
  LanguageMeans passages(languages, dimensions);
  LanguageMeans openings(languages, dimensions);
  for (std::size_t unit = 0; unit < units.unit_counts.size(); ++unit) {
    if (units.unit_counts[unit] == 0) continue;
    const std::size_t end = units.row_begin[units.unit_begin[unit + 1]];
    for (std::size_t i = units.row_begin[units.unit_begin[unit]]; i < end; ++i) {
      passages.add(units.versions[i].language, vector_of(units.versions[i].text));
    }
    const UnitOpening& opening = units.openings[unit];
    if (opening.text != UnitOpening::kNone) openings.add(opening.language, vector_of(opening.text));
  }
  LanguageMeans queries(languages, dimensions);
  for (std::size_t i = 0; i < languages; ++i) {
    for (const std::uint32_t text : units.queries[i]) queries.add(i, vector_of(text));
  }

  VectorParts parts;
  parts.list.model = source.model;
  parts.list.dimensions = static_cast<std::uint32_t>(dimensions);
  parts.list.group_begin = units.group_begin;
  parts.list.unit_begin = units.unit_begin;
  RowMeans means;
  for (std::size_t i = 0; i < languages; ++i) {
    VectorLanguage& language = parts.list.languages.emplace_back();
    language.lang = corpus.languages[i].lang;
    language.source = queries.count(i) < kTextsOfASite ? MeanSource::kBlend : MeanSource::kSite;
    language.passage_count = static_cast<std::uint32_t>(passages.count(i));
    language.query_count = static_cast<std::uint32_t>(queries.count(i));
    language.passage_mean = passages.mean(i);
    language.exceptions = units.exceptions[i];
    means.passages.push_back(language.passage_mean);
    means.openings.push_back(openings.mean(i));
  }
  set_query_means(queries, generic != nullptr ? *generic : GenericMeans(), parts.list);
  Rows rows(units, dimensions, vectors, means);
  parts.shards = build_shards(rows, dimensions, kNoLanguage);
  parts.bit_shards = build_bit_shards(rows, dimensions);
  for (std::uint32_t i = 0; held_out && i < languages; ++i) {
    parts.held_out.push_back({corpus.languages[i].lang, build_shards(rows, dimensions, i)});
  }
  return parts;
}

}  // namespace crossglot
