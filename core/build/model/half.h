// build/model/half.h - float16 and bfloat16, by bits: no compiler's own types, the same results everywhere.
#pragma once

#include <cstdint>

namespace crossglot {

float half_to_float(std::uint16_t half);
// Rounds to nearest, ties to even. What is too large becomes infinite, as IEEE 754 says.
std::uint16_t float_to_half(float value);
float bfloat16_to_float(std::uint16_t bits);

}  // namespace crossglot
