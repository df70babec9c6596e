#include "vector/int4.h"

#include <algorithm>

#include "base/check.h"
#include "vector/numbers.h"

namespace crossglot {
namespace {

constexpr float kStepMax = 7;

// Where number i of a row lies: its byte, and by how many bits it is shifted there.
struct Place {
  std::size_t byte;
  unsigned shift;
};
Place place_of(std::size_t i) {
  constexpr std::size_t kHalf = kNibbleBlock / 2;
  const std::size_t in_block = i % kNibbleBlock;
  return {i / kNibbleBlock * kHalf + in_block % kHalf, in_block < kHalf ? 0U : 4U};
}

}  // namespace

float quantise_int4(std::span<const float> row, std::span<std::uint8_t> out) {
  CG_CHECK(out.size() == int4_row_bytes(row.size()));
  std::fill(out.begin(), out.end(), static_cast<std::uint8_t>(kInt4Zero << 4 | kInt4Zero));
  const float largest = largest_magnitude(row);
  if (largest == 0) return 0;
  const float inverse = kStepMax / largest;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto q = static_cast<unsigned>(kInt4Zero + round_to_step(row[i], inverse));
    const Place place = place_of(i);
    std::uint8_t& byte = out[place.byte];
    byte = static_cast<std::uint8_t>((byte & ~(15U << place.shift)) | q << place.shift);
  }
  return largest / kStepMax;
}

void dequantise_int4(std::span<const std::uint8_t> row, float scale, std::span<float> out) {
  CG_CHECK(row.size() == int4_row_bytes(out.size()));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Place place = place_of(i);
    out[i] = scale * static_cast<float>((row[place.byte] >> place.shift & 15) - kInt4Zero);
  }
}

}  // namespace crossglot
