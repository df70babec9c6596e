// vector/query.h - a query's vector as the scans read it, and the signs of a row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace crossglot {

struct VectorQuery {
  std::vector<std::int8_t> codes;  // padded_dimensions() of them, zeros behind the last
  float scale = 0;                 // what a code of 1 stands for
  std::int32_t sum = 0;            // of the codes
};

// vector  of any length and size; it is normalised, so that scores are cosines where the rows have length 1. A NaN
//         counts as 0.
VectorQuery make_vector_query(std::span<const float> vector);

// One bit a number, 1 where it is above 0: number i is bit i % 64 of word i / 64.
constexpr std::size_t bit_words(std::size_t dimensions) {
  return (dimensions + 63) / 64;
}
void sign_bits(std::span<const float> row, std::span<std::uint64_t> out);

}  // namespace crossglot
