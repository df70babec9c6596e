// x86 with AVX2: bytes are multiplied and added in pairs to int16 (exact for 7-bit activations), then in fours.
#include "simd/kernels.h"

#if defined(__AVX2__)
#  include "simd/float_steps.h"
#  include "simd/lanes_avx2.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Unit : UnitBase {
  static constexpr std::size_t kTokens = 5;  // 10 sums, 2 weights, a value, ones and two products in 16 registers
  static Sums dot(Sums sums, Weights weights, __m256i values) {
    const __m256i pairs = _mm256_maddubs_epi16(values, weights);
    return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
};

constexpr Kernels kKernels = {
    "avx2",          Unit::kPanel,       Unit::kGroup,   Unit::kActivationSize, product<Unit>,
    quantise<Lanes>, product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,           layer_norm<Lanes>,
    dot_i8};

}  // namespace

const Kernels* avx2_kernels() {
  return &kKernels;
}

const ScanKernels* avx2_scan() {
  static constexpr ScanKernels kScan = {"avx2", dots_i4};
  return &kScan;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::avx2_kernels() {
  return nullptr;
}
const crossglot::ScanKernels* crossglot::avx2_scan() {
  return nullptr;
}

#endif
