// vector/table.h - all rows of a collection in memory, and the exact scan over them.
//
// Rows come shard by shard, in any order. 10,000 rows of 384 dimensions are 2 MB and a third of a millisecond at the
// most; below 300,000 rows nothing beats reading them all.
//
// Exact    Scores are integers times two scales: the same bits on every machine.
// Threads  const methods may run at the same time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "simd/scan.h"
#include "vector/query.h"

namespace crossglot {

inline constexpr float kNoScore = -2;  // of a row that is not there or not wanted: below every cosine

class VectorTable {
 public:
  VectorTable() = default;
  VectorTable(std::size_t rows, std::size_t dimensions);

  std::size_t size() const { return present_.size(); }
  std::size_t dimensions() const { return dimensions_; }
  bool has(std::size_t row) const { return present_[row] != 0; }

  // Puts rows in their places. nibbles: as int4.h lays them out, rows behind one another.
  // Precondition: first + scales.size() <= size(), and nibbles are of as many rows.
  void set_rows(std::size_t first, std::span<const std::uint8_t> nibbles, std::span<const float> scales);

  // scores[row] = cosine of query and row, for the rows that are there and wanted; kNoScore for the others.
  // wanted  a byte a row, 0: is not read; empty: all are wanted.
  // Precondition: scores.size() == size(), the query is of as many dimensions.
  void score(const VectorQuery& query, std::span<const std::uint8_t> wanted, std::span<float> scores,
             const ScanKernels& kernels = active_scan()) const;

 private:
  std::size_t dimensions_ = 0;
  std::size_t row_bytes_ = 0;
  std::vector<std::uint8_t> nibbles_;
  std::vector<float> scales_;
  std::vector<std::uint8_t> present_;
  std::size_t absent_ = 0;  // rows that are not there yet
};

// One bit a number: 48 bytes a row of 384. Good enough to say which shards hold the best rows before any has arrived:
// on pivots of fastapi the best row is among the codes' best 30 in 99.0 % of queries, the best ten are among their
// best 300 to 99.9 % (DECISIONS.md). The query keeps its eight bits, which costs a table a query and halves what is
// missed.
class BitTable {
 public:
  BitTable() = default;
  BitTable(std::size_t rows, std::size_t dimensions);

  std::size_t size() const { return present_.size(); }
  bool has(std::size_t row) const { return present_[row] != 0; }
  // bytes: 8 * bit_words() a row, as sign_bits() in little-endian words.
  void set_rows(std::size_t first, std::size_t count, std::span<const std::uint8_t> bytes);
  // scores[row] = about the cosine, from the row's signs alone, as VectorTable::score() otherwise. Rows whose score
  // is not kNoScore already keep it: exact scores are never replaced by guesses.
  void score(const VectorQuery& query, std::span<const std::uint8_t> wanted, std::span<float> scores) const;

 private:
  std::size_t dimensions_ = 0;
  std::size_t row_bytes_ = 0;
  std::vector<std::uint8_t> bits_;
  std::vector<std::uint8_t> present_;
};

struct ScoredRow {
  std::uint32_t row = 0;
  float score = 0;
};

// The best k rows, best first, equal scores by lower row; fewer where fewer have a score.
std::vector<ScoredRow> best_rows(std::span<const float> scores, std::size_t k);

}  // namespace crossglot
