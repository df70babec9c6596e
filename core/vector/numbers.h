// vector/numbers.h - the few float steps of this layer: in one order everywhere, so that the browser's bits are the
// native ones.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace crossglot {

inline float finite_or_zero(float x) {
  return x - x == 0 ? x : 0;  // neither infinite nor a NaN
}

inline float largest_magnitude(std::span<const float> row) {
  float largest = 0;
  for (const float number : row) {
    const float x = finite_or_zero(number);
    largest = x > largest ? x : -x > largest ? -x : largest;
  }
  // Smaller ones have no inverse.
  return largest > 1e-30F ? largest : 0;
}

// round(x * inverse), ties away from 0.
inline std::int32_t round_to_step(float x, float inverse) {
  const float step = finite_or_zero(x) * inverse;
  return static_cast<std::int32_t>(step < 0 ? step - 0.5F : step + 0.5F);
}

// To length 1, summing in the order of the numbers; zeros stay zeros, and what is not finite becomes 0.
inline void normalise(std::span<float> row) {
  double sum = 0;
  for (float& x : row) {
    x = finite_or_zero(x);
    sum += static_cast<double>(x) * static_cast<double>(x);
  }
  if (sum == 0) return;
  const double inverse = 1 / std::sqrt(sum);
  for (float& x : row) x = static_cast<float>(static_cast<double>(x) * inverse);
}

}  // namespace crossglot
