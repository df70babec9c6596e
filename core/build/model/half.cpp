#include "build/model/half.h"

#include <bit>

namespace crossglot {
namespace {

// Exponents of both formats, so that the shifts below can be read.
constexpr int kFloatBias = 127;
constexpr int kHalfBias = 15;
constexpr int kMantissaBitsLost = 23 - 10;

}  // namespace

bool is_finite_half(std::uint16_t half) {
  return (half & 0x7c00) != 0x7c00;
}

std::uint16_t float_to_half(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
  const std::uint32_t magnitude = bits & 0x7fff'ffff;
  if (magnitude > 0x7f80'0000) return static_cast<std::uint16_t>(sign | 0x7e00);  // not a number
  const int exponent = static_cast<int>(magnitude >> 23) - kFloatBias + kHalfBias;
  if (exponent >= 0x1f) return static_cast<std::uint16_t>(sign | 0x7c00);
  std::uint32_t mantissa = magnitude & 0x7f'ffff;
  int lost = kMantissaBitsLost;
  std::uint32_t result = 0;
  if (exponent > 0) {
    result = static_cast<std::uint32_t>(exponent) << 10;
  } else {  // subnormal: the leading one becomes a digit, and more are lost
    mantissa |= 0x80'0000;
    lost += 1 - exponent;
    if (lost > 24) return sign;
  }
  result += mantissa >> lost;
  const std::uint32_t rest = mantissa & ((1u << lost) - 1);
  const std::uint32_t middle = 1u << (lost - 1);
  if (rest > middle || (rest == middle && (result & 1) != 0))
    ++result;  // a carry moves on to the exponent, as it should
  return static_cast<std::uint16_t>(sign | result);
}

float bfloat16_to_float(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

}  // namespace crossglot
