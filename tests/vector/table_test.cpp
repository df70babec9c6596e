// Rows in four bits, the exact scan, one-bit codes: against plain arithmetic, on every kernel variant.
#include "vector/table.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>

#include "vector/int4.h"
#include "vector/numbers.h"
#include "vector/samples.h"

namespace crossglot::test {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

struct Rows {
  Rows(std::size_t count, std::size_t dimensions, std::uint32_t seed)
      : table(count, dimensions), bits(count, dimensions) {
    VectorNumbers numbers(seed);
    std::vector<std::uint8_t> nibbles(count * int4_row_bytes(dimensions));
    std::vector<std::uint8_t> bit_bytes;
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<float> row = numbers.normals(dimensions);
      normalise(row);
      const std::span<std::uint8_t> out(nibbles.data() + i * int4_row_bytes(dimensions), int4_row_bytes(dimensions));
      scales.push_back(quantise_int4(row, out));
      std::vector<float> stored(dimensions);
      dequantise_int4(out, scales.back(), stored);
      std::vector<std::uint64_t> words(bit_words(dimensions));
      sign_bits(row, words);
      for (const std::uint64_t word : words) {
        for (unsigned shift = 0; shift < 64; shift += 8)
          bit_bytes.push_back(static_cast<std::uint8_t>(word >> shift));
      }
      exact.push_back(row);
      rows.push_back(stored);
    }
    table.set_rows(0, nibbles, scales);
    bits.set_rows(0, count, bit_bytes);
  }

  VectorTable table;
  BitTable bits;
  std::vector<float> scales;
  std::vector<std::vector<float>> exact, rows;
};

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * double(b[i]);
  return sum;
}

}  // namespace

TEST_CASE("a row in four bits is within half a step of its numbers, and zeros stay zeros") {
  VectorNumbers numbers(1);
  for (const std::size_t n :
       {std::size_t{1}, std::size_t{127}, std::size_t{128}, std::size_t{129}, std::size_t{384}}) {
    std::vector<float> row = numbers.normals(n);
    std::vector<std::uint8_t> stored(int4_row_bytes(n));
    const float scale = quantise_int4(row, stored);
    std::vector<float> back(n);
    dequantise_int4(stored, scale, back);
    for (std::size_t i = 0; i < n; ++i) CHECK(std::abs(row[i] - back[i]) <= scale * 0.5001F);
    CHECK(quantise_int4(std::vector<float>(n, 0.0F), stored) == 0);
  }
}

TEST_CASE("a number that is not finite counts as nothing") {
  std::vector<float> row = {kNaN, 1, -1, std::numeric_limits<float>::infinity()};
  std::vector<std::uint8_t> stored(int4_row_bytes(row.size()));
  const float scale = quantise_int4(row, stored);
  std::vector<float> back(row.size());
  dequantise_int4(stored, scale, back);
  CHECK(back == std::vector<float>{0, 1, -1, 0});
  CHECK(make_vector_query(row).codes[0] == 0);
  CHECK(make_vector_query(std::vector<float>(384, kNaN)).scale == 0);
}

TEST_CASE("scores are the cosines of the stored rows, and the same bits on every variant") {
  const Rows rows(300, 384, 2);
  VectorNumbers numbers(3);
  std::vector<float> vector = numbers.normals(384);
  const VectorQuery query = make_vector_query(vector);
  normalise(vector);
  std::vector<float> expected(300);
  rows.table.score(query, {}, expected, *usable_scans()[0]);
  for (std::size_t i = 0; i < 300; ++i) CHECK(std::abs(double(expected[i]) - dot(vector, rows.rows[i])) < 0.004);
  for (const ScanKernels* kernels : usable_scans()) {
    std::vector<float> scores(300);
    rows.table.score(query, {}, scores, *kernels);
    INFO(kernels->name);
    CHECK(scores == expected);
  }
}

TEST_CASE("rows that are filtered out or have not arrived have no score, and the others keep theirs") {
  const Rows rows(40, 130, 4);
  VectorTable partial(40, 130);
  CHECK_FALSE(partial.has(3));
  VectorNumbers numbers(5);
  const VectorQuery query = make_vector_query(numbers.normals(130));
  std::vector<float> all(40), some(40);
  rows.table.score(query, {}, all);
  std::vector<std::uint8_t> wanted(40, 0);
  for (const std::size_t row : {0, 7, 8, 39}) wanted[row] = 1;
  rows.table.score(query, wanted, some);
  for (std::size_t i = 0; i < 40; ++i) CHECK(some[i] == (wanted[i] != 0 ? all[i] : kNoScore));
  partial.score(query, {}, some);
  CHECK(std::all_of(some.begin(), some.end(), [](float score) { return score == kNoScore; }));
  rows.table.score(query, std::vector<std::uint8_t>(40, 0), some);
  CHECK(best_rows(some, 10).empty());
}

TEST_CASE("the best rows are the best, ties go to the lower row, and k may be larger than the collection") {
  const std::vector<float> scores = {0.5F, 0.9F, kNoScore, 0.9F, -1, 0.5F, 0.7F};
  const auto numbers = [&](std::size_t k) {
    std::vector<std::uint32_t> rows;
    for (const ScoredRow& row : best_rows(scores, k)) rows.push_back(row.row);
    return rows;
  };
  CHECK(numbers(0).empty());
  CHECK(numbers(3) == std::vector<std::uint32_t>{1, 3, 6});
  CHECK(numbers(4) == std::vector<std::uint32_t>{1, 3, 6, 0});
  CHECK(numbers(100) == std::vector<std::uint32_t>{1, 3, 6, 0, 5, 4});
  VectorNumbers random(6);
  std::vector<float> many = random.normals(2000);
  std::vector<float> sorted = many;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const std::vector<ScoredRow> best = best_rows(many, 50);
  for (std::size_t i = 0; i < 50; ++i) CHECK(best[i].score == sorted[i]);
}

TEST_CASE("one-bit codes keep exact scores, and find among few candidates what the exact scan finds") {
  const Rows rows(2000, 384, 7);
  VectorNumbers numbers(8);
  std::size_t found = 0;
  for (int round = 0; round < 50; ++round) {
    // A query near one of the rows, as far as a question is from its answer.
    std::vector<float> vector = rows.exact[numbers.next() % 2000];
    for (float& x : vector) x = 0.5F * x + 0.05F * numbers.normal();
    const VectorQuery query = make_vector_query(vector);
    std::vector<float> exact(2000), guessed(2000, kNoScore);
    rows.table.score(query, {}, exact);
    rows.bits.score(query, {}, guessed);
    const std::uint32_t wanted = best_rows(exact, 1).front().row;
    for (const ScoredRow& row : best_rows(guessed, 30)) found += row.row == wanted ? 1 : 0;
    CHECK(std::abs(guessed[wanted] - exact[wanted]) < 0.1F);
    std::vector<float> kept(2000, 0.25F);
    rows.bits.score(query, {}, kept);
    CHECK(kept == std::vector<float>(2000, 0.25F));
  }
  CHECK(found >= 48);
}

}  // namespace crossglot::test
