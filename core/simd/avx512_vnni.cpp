// x86 with AVX-512 (F, BW, VL, VNNI): 16 lanes are one register, and four products join a sum in one instruction.
#include "simd/kernels.h"

#if defined(__AVX512VNNI__) && defined(__AVX512BW__)
#  if defined(__GNUC__) && !defined(__clang__)
// g++ 12 takes its own "undefined" vectors for mistakes (its bug 105593).
#    pragma GCC diagnostic ignored "-Wuninitialized"
#    pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#  endif
#  include <immintrin.h>

#  include "simd/float_steps.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Lanes {
  using F = __m512;
  using I = __m512i;
  static constexpr std::size_t kTileRows = 8;
  static constexpr std::size_t kActivationSize = 1;

  static F load(const float* from) { return _mm512_loadu_ps(from); }
  static void store(float* to, F x) { _mm512_storeu_ps(to, x); }
  static F splat(float x) { return _mm512_set1_ps(x); }
  static I splat_i(std::int32_t x) { return _mm512_set1_epi32(x); }
  static F add(F a, F b) { return _mm512_add_ps(a, b); }
  static F sub(F a, F b) { return _mm512_sub_ps(a, b); }
  static F mul(F a, F b) { return _mm512_mul_ps(a, b); }
  static F div(F a, F b) { return _mm512_div_ps(a, b); }
  // The instructions are a > b ? a : b and a < b ? a : b, for every a and b.
  static F larger(F a, F b) { return _mm512_max_ps(a, b); }
  static F smaller(F a, F b) { return _mm512_min_ps(a, b); }
  static I bits(F x) { return _mm512_castps_si512(x); }
  static F from_bits(I x) { return _mm512_castsi512_ps(x); }
  static I add_i(I a, I b) { return _mm512_add_epi32(a, b); }
  static I sub_i(I a, I b) { return _mm512_sub_epi32(a, b); }
  static I shift_23(I x) { return _mm512_slli_epi32(x, 23); }

  static __m256 upper(F x) { return _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(x), 1)); }
  static float sum(F x) {
    const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(x), upper(x));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  static float largest(F x) {
    const __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(x), upper(x));
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  static float smallest(F x) {
    const __m256 eight = _mm256_min_ps(_mm512_castps512_ps256(x), upper(x));
    __m128 four = _mm_min_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_min_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_min_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  static void store_activations(I q, std::uint8_t* to) {
    const I clamped = _mm512_min_epi32(_mm512_max_epi32(q, _mm512_setzero_si512()), _mm512_set1_epi32(127));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtepi32_epi8(clamped));
  }
};

struct Unit {
  static constexpr std::size_t kPanel = 32;
  static constexpr std::size_t kGroup = 4;
  static constexpr std::size_t kTokens = 12;  // 24 sums, 2 weights and a value in 32 registers
  static constexpr std::size_t kOutputs = 16;
  static constexpr std::size_t kActivationSize = 1;
  using Sums = __m512i;
  using Weights = __m512i;

  static Sums zero() { return _mm512_setzero_si512(); }
  static Weights weights(const std::int8_t* from) { return _mm512_load_si512(from); }
  static __m512i values(const std::uint8_t* from) {
    std::int32_t four;
    __builtin_memcpy(&four, from, sizeof four);
    return _mm512_set1_epi32(four);
  }
  static Sums dot(Sums sums, Weights weights, __m512i values) { return _mm512_dpbusd_epi32(sums, values, weights); }
  static void finish(Sums sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                     float* out) {
    const __m512i of_row = _mm512_loadu_si512(matrix.sums + row);
    const __m512i exact = _mm512_sub_epi32(sums, _mm512_mullo_epi32(_mm512_set1_epi32(zero), of_row));
    const __m512 factor = _mm512_mul_ps(_mm512_set1_ps(scale), _mm512_loadu_ps(matrix.scales + row));
    const __m512 product = _mm512_mul_ps(_mm512_cvtepi32_ps(exact), factor);
    _mm512_storeu_ps(out, _mm512_add_ps(product, _mm512_loadu_ps(matrix.bias + row)));
  }
};

std::int32_t dot_i8(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  __m512i sums = _mm512_setzero_si512();
  std::size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    const __m512i x = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i)));
    const __m512i y = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i)));
    sums = _mm512_dpwssd_epi32(sums, x, y);
  }
  std::int32_t sum = _mm512_reduce_add_epi32(sums);
  for (; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

// Four sums of 16 lanes each to four numbers.
__m128i reduce4(__m512i a, __m512i b, __m512i c, __m512i d) {
  const auto halves = [](__m512i x) {
    return _mm256_add_epi32(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64(x, 1));
  };
  const __m256i four =
      _mm256_hadd_epi32(_mm256_hadd_epi32(halves(a), halves(b)), _mm256_hadd_epi32(halves(c), halves(d)));
  return _mm_add_epi32(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
}

// kRows rows at once share the loads of the query; each has a sum for low and one for high halves.
template <std::size_t kRows>
void dots_i4_rows(const std::int8_t* query, const std::uint8_t* rows, std::size_t n, __m512i* sums) {
  const __m512i mask = _mm512_set1_epi8(15);
  __m512i high_sums[kRows];
  for (std::size_t r = 0; r < kRows; ++r) sums[r] = high_sums[r] = _mm512_setzero_si512();
  for (std::size_t block = 0; block < n; block += kNibbleBlock) {
    const __m512i low = _mm512_loadu_si512(query + block);
    const __m512i high = _mm512_loadu_si512(query + block + kNibbleBlock / 2);
    for (std::size_t r = 0; r < kRows; ++r) {
      const __m512i both = _mm512_loadu_si512(rows + r * (n / 2) + block / 2);
      sums[r] = _mm512_dpbusd_epi32(sums[r], _mm512_and_si512(both, mask), low);
      const __m512i upper = _mm512_and_si512(_mm512_srli_epi16(both, 4), mask);
      high_sums[r] = _mm512_dpbusd_epi32(high_sums[r], upper, high);
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) sums[r] = _mm512_add_epi32(sums[r], high_sums[r]);
}

void dots_i4(const std::int8_t* query, const std::uint8_t* rows, std::size_t count, std::size_t n,
             std::int32_t* out) {
  __m512i sums[4];
  std::size_t row = 0;
  for (; row + 4 <= count; row += 4) {
    dots_i4_rows<4>(query, rows + row * (n / 2), n, sums);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + row), reduce4(sums[0], sums[1], sums[2], sums[3]));
  }
  for (; row < count; ++row) {
    dots_i4_rows<1>(query, rows + row * (n / 2), n, sums);
    out[row] = _mm512_reduce_add_epi32(sums[0]);
  }
}

constexpr Kernels kKernels = {
    "avx512vnni",       Unit::kPanel,   Unit::kGroup, Unit::kActivationSize, product<Unit>, quantise<Lanes>,
    product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,  layer_norm<Lanes>,     dot_i8};

}  // namespace

const Kernels* avx512_vnni_kernels() {
  return &kKernels;
}

const ScanKernels* avx512_vnni_scan() {
  static constexpr ScanKernels kScan = {"avx512vnni", dots_i4};
  return &kScan;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::avx512_vnni_kernels() {
  return nullptr;
}
const crossglot::ScanKernels* crossglot::avx512_vnni_scan() {
  return nullptr;
}

#endif
