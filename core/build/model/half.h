// build/model/half.h - into float16, and out of bfloat16, by bits: no compiler's own types, the same results
// everywhere. Out of float16: embed/block_matrix.h.
#pragma once

#include <cstdint>

namespace crossglot {

// False for infinities and what is not a number.
bool is_finite_half(std::uint16_t half);
// Rounds to nearest, ties to even. What is too large becomes infinite, as IEEE 754 says.
std::uint16_t float_to_half(float value);
float bfloat16_to_float(std::uint16_t bits);

}  // namespace crossglot
