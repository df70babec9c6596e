#include "vector/query.h"

#include <algorithm>

#include "base/check.h"
#include "vector/int4.h"
#include "vector/numbers.h"

namespace crossglot {

void sign_bits(std::span<const float> row, std::span<std::uint64_t> out) {
  CG_CHECK(out.size() == bit_words(row.size()));
  std::fill(out.begin(), out.end(), std::uint64_t{0});
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] > 0) out[i / 64] |= std::uint64_t{1} << i % 64;
  }
}

VectorQuery make_vector_query(std::span<const float> vector) {
  std::vector<float> row(vector.begin(), vector.end());
  normalise(row);
  VectorQuery query;
  query.codes.assign(padded_dimensions(row.size()), 0);
  const float largest = largest_magnitude(row);
  if (largest == 0) return query;
  query.scale = largest / 127;
  for (std::size_t i = 0; i < row.size(); ++i) {
    query.codes[i] = static_cast<std::int8_t>(round_to_step(row[i], 127 / largest));
    query.sum += query.codes[i];
  }
  return query;
}

}  // namespace crossglot
