// simd/float_steps.h - softmax, GELU, layer norm, quantise and the float product, written once over 16 lanes.
//
// Each variant's file defines `Lanes`, kLanes floats in whatever registers it has, and includes this file; the scalar
// one (scalar.cpp) is an array, so that reading both is reading the definition. Everything here is static: the same
// template compiled for another instruction set must never stand in for this one.
//
// Lanes    F (floats), I (int32), and kTileRows, the rows of the float product that fit the registers
//   load store splat add sub mul div         each lane for itself
//   larger(a, b)                             a > b ? a : b; smaller likewise: also for NaN and -0
//   bits from_bits add_i sub_i shift_23      float <-> int32 bits; shift left by 23
//   sum largest smallest                     of all lanes: i with i + 8, then i + 4, i + 2, i + 1
//   store_activations(I, uint8_t*)           q clamped to 0..127, kActivationSize bytes each
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/kernels.h"

namespace crossglot {
namespace {

// 1.5 * 2^23: adding it rounds |x| < 2^22 to an integer, ties to even, which then stands in the low bits.
constexpr float kRounder = 12582912.0F;
constexpr std::int32_t kRounderBits = 0x4b400000;

inline float square_root(float x) {
  return __builtin_sqrtf(x);
}

// e^x for x <= 0; x below -87 counts as -87 (1.6e-38), which keeps results normal.
// x = n ln 2 + r, |r| <= ln 2 / 2; ln 2 in two parts, so that n * kLn2High is exact. The polynomial is a minimax fit
// of (e^r - 1 - r) / r^2; the whole is within 1e-7 of e^x, relatively.
template <typename Lanes>
inline typename Lanes::F exp_negative(typename Lanes::F x) {
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  x = Lanes::larger(x, Lanes::splat(-87.0F));
  const auto shifted = Lanes::add(Lanes::mul(x, Lanes::splat(1.44269504F)), Lanes::splat(kRounder));
  const auto n = Lanes::sub(shifted, Lanes::splat(kRounder));
  auto r = Lanes::sub(x, Lanes::mul(n, Lanes::splat(kLn2High)));
  r = Lanes::sub(r, Lanes::mul(n, Lanes::splat(kLn2Low)));
  auto p = Lanes::splat(0.00138145359F);
  p = Lanes::add(Lanes::mul(p, r), Lanes::splat(0.00836874545F));
  p = Lanes::add(Lanes::mul(p, r), Lanes::splat(0.0416683927F));
  p = Lanes::add(Lanes::mul(p, r), Lanes::splat(0.166665211F));
  p = Lanes::add(Lanes::mul(p, r), Lanes::splat(0.49999994F));
  p = Lanes::add(Lanes::mul(Lanes::mul(p, r), r), r);
  p = Lanes::add(p, Lanes::splat(1.0F));
  const auto exponent = Lanes::shift_23(Lanes::sub_i(Lanes::bits(shifted), Lanes::splat_i(kRounderBits)));
  return Lanes::from_bits(Lanes::add_i(Lanes::bits(p), exponent));
}

template <typename Lanes>
void softmax(float* row, std::size_t n, float scale) {
  const std::size_t end = (n + kLanes - 1) / kLanes * kLanes;
  // Lanes beyond the row repeat its first element: they change no maximum, and are zeroed before the sum.
  for (std::size_t i = n; i < end; ++i) row[i] = row[0];
  const auto factor = Lanes::splat(scale);
  auto top = Lanes::mul(Lanes::load(row), factor);
  for (std::size_t i = 0; i < end; i += kLanes) {
    const auto x = Lanes::mul(Lanes::load(row + i), factor);
    Lanes::store(row + i, x);
    top = Lanes::larger(x, top);
  }
  const auto largest = Lanes::splat(Lanes::largest(top));
  for (std::size_t i = 0; i < end; i += kLanes) {
    Lanes::store(row + i, exp_negative<Lanes>(Lanes::sub(Lanes::load(row + i), largest)));
  }
  for (std::size_t i = n; i < end; ++i) row[i] = 0;
  auto sum = Lanes::splat(0);
  for (std::size_t i = 0; i < end; i += kLanes) sum = Lanes::add(sum, Lanes::load(row + i));
  const auto inverse = Lanes::splat(1.0F / Lanes::sum(sum));
  for (std::size_t i = 0; i < end; i += kLanes) Lanes::store(row + i, Lanes::mul(Lanes::load(row + i), inverse));
}

// gelu(x) = max(x, 0) - |x| / 2 * erfc(|x| / sqrt(2)): no cancellation in the negative tail. erfc by Abramowitz and
// Stegun, Handbook of Mathematical Functions, 7.1.26: absolute error 1.5e-7.
template <typename Lanes>
void gelu(float* row, std::size_t n) {
  const auto one = Lanes::splat(1.0F);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const auto x = Lanes::load(row + i);
    const auto size = Lanes::larger(x, Lanes::sub(Lanes::splat(0), x));
    // 0.3275911 / sqrt(2)
    const auto t = Lanes::div(one, Lanes::add(one, Lanes::mul(size, Lanes::splat(0.231641888F))));
    auto p = Lanes::splat(1.061405429F);
    p = Lanes::add(Lanes::mul(p, t), Lanes::splat(-1.453152027F));
    p = Lanes::add(Lanes::mul(p, t), Lanes::splat(1.421413741F));
    p = Lanes::add(Lanes::mul(p, t), Lanes::splat(-0.284496736F));
    p = Lanes::add(Lanes::mul(p, t), Lanes::splat(0.254829592F));
    p = Lanes::mul(p, t);
    const auto half = Lanes::mul(size, Lanes::splat(-0.5F));
    const auto tail = Lanes::mul(p, exp_negative<Lanes>(Lanes::mul(half, size)));
    Lanes::store(row + i, Lanes::add(Lanes::larger(x, Lanes::splat(0)), Lanes::mul(half, tail)));
  }
}

template <typename Lanes>
void layer_norm(float* row, const float* other, const float* scale, const float* shift, std::size_t n,
                float epsilon) {
  const auto count = static_cast<float>(n);
  auto sum = Lanes::splat(0);
  for (std::size_t i = 0; i < n; i += kLanes) {
    auto x = Lanes::load(row + i);
    if (other != nullptr) {
      x = Lanes::add(x, Lanes::load(other + i));
      Lanes::store(row + i, x);
    }
    sum = Lanes::add(sum, x);
  }
  const auto mean = Lanes::splat(Lanes::sum(sum) / count);
  auto squares = Lanes::splat(0);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const auto d = Lanes::sub(Lanes::load(row + i), mean);
    squares = Lanes::add(squares, Lanes::mul(d, d));
  }
  const auto inverse = Lanes::splat(1.0F / square_root(Lanes::sum(squares) / count + epsilon));
  for (std::size_t i = 0; i < n; i += kLanes) {
    const auto d = Lanes::mul(Lanes::sub(Lanes::load(row + i), mean), inverse);
    Lanes::store(row + i, Lanes::add(Lanes::mul(d, Lanes::load(scale + i)), Lanes::load(shift + i)));
  }
}

template <typename Lanes>
void quantise(const float* rows, std::size_t tokens, const Activations& out) {
  const std::size_t columns = out.columns;
  for (std::size_t t = 0; t < tokens; ++t) {
    const float* row = rows + t * columns;
    auto low = Lanes::splat(0);
    auto high = Lanes::splat(0);
    for (std::size_t i = 0; i < columns; i += kLanes) {
      const auto x = Lanes::load(row + i);
      low = Lanes::smaller(x, low);
      high = Lanes::larger(x, high);
    }
    const float lowest = Lanes::smallest(low);
    const float range = Lanes::largest(high) - lowest;
    // A range that is no normal number has no inverse: such a row counts as zeros.
    const bool flat = !(range > 1e-30F && range < 1e30F);
    const float inverse = flat ? 0 : 127.0F / range;
    out.scales[t] = flat ? 0 : range / 127.0F;
    const float shifted = (0 - lowest) * inverse + kRounder;
    const auto zero = flat ? 0 : __builtin_bit_cast(std::int32_t, shifted) - kRounderBits;
    out.zeros[t] = zero;
    std::uint8_t* to = out.values + t * columns * Lanes::kActivationSize;
    for (std::size_t i = 0; i < columns; i += kLanes) {
      const auto x = Lanes::mul(Lanes::load(row + i), Lanes::splat(inverse));
      const auto q =
          Lanes::sub_i(Lanes::bits(Lanes::add(x, Lanes::splat(kRounder))), Lanes::splat_i(kRounderBits - zero));
      Lanes::store_activations(q, to + i * Lanes::kActivationSize);
    }
  }
}

template <typename Lanes, std::size_t kRows>
void product_f32_rows(const float* a, std::size_t a_stride, const float* b, std::size_t b_stride, std::size_t inner,
                      std::size_t columns, float* out, std::size_t out_stride) {
  for (std::size_t j = 0; j < columns; j += kLanes) {
    typename Lanes::F sums[kRows];
    for (std::size_t i = 0; i < kRows; ++i) sums[i] = Lanes::splat(0);
    for (std::size_t k = 0; k < inner; ++k) {
      const auto x = Lanes::load(b + k * b_stride + j);
      for (std::size_t i = 0; i < kRows; ++i) {
        sums[i] = Lanes::add(sums[i], Lanes::mul(Lanes::splat(a[i * a_stride + k]), x));
      }
    }
    for (std::size_t i = 0; i < kRows; ++i) Lanes::store(out + i * out_stride + j, sums[i]);
  }
}

template <typename Lanes>
void product_f32(const float* a, std::size_t a_stride, const float* b, std::size_t b_stride, std::size_t rows,
                 std::size_t inner, std::size_t columns, float* out, std::size_t out_stride) {
  constexpr std::size_t kRows = Lanes::kTileRows;
  std::size_t i = 0;
  for (; i + kRows <= rows; i += kRows) {
    product_f32_rows<Lanes, kRows>(a + i * a_stride, a_stride, b, b_stride, inner, columns, out + i * out_stride,
                                   out_stride);
  }
  for (; i < rows; ++i) {
    product_f32_rows<Lanes, 1>(a + i * a_stride, a_stride, b, b_stride, inner, columns, out + i * out_stride,
                               out_stride);
  }
}

}  // namespace
}  // namespace crossglot
