// simd/lanes_avx2.h - 16 lanes in two AVX2 registers, for the files compiled for AVX2 (float_steps.h says what for).
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace crossglot {
namespace {

struct Lanes {
  struct F {
    __m256 low, high;
  };
  struct I {
    __m256i low, high;
  };
  static constexpr std::size_t kTileRows = 4;
  static constexpr std::size_t kActivationSize = 1;

  static F load(const float* from) { return {_mm256_loadu_ps(from), _mm256_loadu_ps(from + 8)}; }
  static void store(float* to, F x) {
    _mm256_storeu_ps(to, x.low);
    _mm256_storeu_ps(to + 8, x.high);
  }
  static F splat(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
  static I splat_i(std::int32_t x) { return {_mm256_set1_epi32(x), _mm256_set1_epi32(x)}; }
  static F add(F a, F b) { return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)}; }
  static F sub(F a, F b) { return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)}; }
  static F mul(F a, F b) { return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)}; }
  static F div(F a, F b) { return {_mm256_div_ps(a.low, b.low), _mm256_div_ps(a.high, b.high)}; }
  // The instructions are a > b ? a : b and a < b ? a : b, for every a and b.
  static F larger(F a, F b) { return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)}; }
  static F smaller(F a, F b) { return {_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)}; }
  static I bits(F x) { return {_mm256_castps_si256(x.low), _mm256_castps_si256(x.high)}; }
  static F from_bits(I x) { return {_mm256_castsi256_ps(x.low), _mm256_castsi256_ps(x.high)}; }
  static I add_i(I a, I b) { return {_mm256_add_epi32(a.low, b.low), _mm256_add_epi32(a.high, b.high)}; }
  static I sub_i(I a, I b) { return {_mm256_sub_epi32(a.low, b.low), _mm256_sub_epi32(a.high, b.high)}; }
  static I shift_23(I x) { return {_mm256_slli_epi32(x.low, 23), _mm256_slli_epi32(x.high, 23)}; }

  static float sum(F x) {
    const __m256 eight = _mm256_add_ps(x.low, x.high);
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  static float largest(F x) {
    const __m256 eight = _mm256_max_ps(x.low, x.high);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  static float smallest(F x) {
    const __m256 eight = _mm256_min_ps(x.low, x.high);
    __m128 four = _mm_min_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_min_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_min_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  static void store_activations(I q, std::uint8_t* to) {
    // Narrowing saturates to int16, and from there to 0..255: only the upper bound is left to do.
    const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(q.low, q.high), 0xd8);
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_min_epu8(bytes, _mm_set1_epi8(127)));
  }
};

// A register of the product holds 8 outputs. The files say how four products join their sum (dot_four).
struct UnitBase {
  static constexpr std::size_t kPanel = 16;
  static constexpr std::size_t kGroup = 4;
  static constexpr std::size_t kOutputs = 8;
  static constexpr std::size_t kActivationSize = 1;
  using Sums = __m256i;
  using Weights = __m256i;

  static Sums zero() { return _mm256_setzero_si256(); }
  static Weights weights(const std::int8_t* from) {
    return _mm256_load_si256(reinterpret_cast<const __m256i*>(from));
  }
  static __m256i values(const std::uint8_t* from) {
    std::int32_t four;
    __builtin_memcpy(&four, from, sizeof four);
    return _mm256_set1_epi32(four);
  }
  static void finish(Sums sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                     float* out) {
    const __m256i of_row = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(matrix.sums + row));
    const __m256i exact = _mm256_sub_epi32(sums, _mm256_mullo_epi32(_mm256_set1_epi32(zero), of_row));
    const __m256 factor = _mm256_mul_ps(_mm256_set1_ps(scale), _mm256_loadu_ps(matrix.scales + row));
    const __m256 product = _mm256_mul_ps(_mm256_cvtepi32_ps(exact), factor);
    _mm256_storeu_ps(out, _mm256_add_ps(product, _mm256_loadu_ps(matrix.bias + row)));
  }
};

inline std::int32_t dot_i8(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  __m256i sums = _mm256_setzero_si256();
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    const __m256i x = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i)));
    const __m256i y = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i)));
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(x, y));
  }
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
  std::int32_t sum = _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 0xb1)));
  for (; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

// Halves are unsigned, as the byte product wants its first operand; a block's sums of eight products, 15,360 at most,
// stay in int16.
inline void dots_i4(const std::int8_t* query, const std::uint8_t* rows, std::size_t count, std::size_t n,
                    std::int32_t* out) {
  const __m256i mask = _mm256_set1_epi8(15);
  const auto load = [](const void* from) { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); };
  for (std::size_t row = 0; row < count; ++row) {
    __m256i sums = _mm256_setzero_si256();
    for (std::size_t block = 0; block < n; block += kNibbleBlock, rows += kNibbleBlock / 2) {
      __m256i pairs = _mm256_setzero_si256();
      for (std::size_t i = 0; i < kNibbleBlock / 2; i += 32) {
        const __m256i both = load(rows + i);
        const __m256i low = _mm256_maddubs_epi16(_mm256_and_si256(both, mask), load(query + block + i));
        const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(both, 4), mask);
        const __m256i high = _mm256_maddubs_epi16(upper, load(query + block + kNibbleBlock / 2 + i));
        pairs = _mm256_add_epi16(pairs, _mm256_add_epi16(low, high));
      }
      sums = _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    out[row] = _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 0xb1)));
  }
}

}  // namespace
}  // namespace crossglot
