// x86 with AVX-VNNI, the 256-bit form of the byte dot product: laptops since Alder Lake, which lack AVX-512.
#include "simd/kernels.h"

#if defined(__AVXVNNI__)
#  include "simd/float_steps.h"
#  include "simd/lanes_avx2.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Unit : UnitBase {
  static constexpr std::size_t kTokens = 6;  // 12 sums, 2 weights and a value in 16 registers
  static Sums dot(Sums sums, Weights weights, __m256i values) {
    return _mm256_dpbusd_avx_epi32(sums, values, weights);
  }
};

constexpr Kernels kKernels = {
    "avxvnni",          Unit::kPanel,   Unit::kGroup, Unit::kActivationSize, product<Unit>, quantise<Lanes>,
    product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,  layer_norm<Lanes>,     dot_i8};

}  // namespace

const Kernels* avx_vnni_kernels() {
  return &kKernels;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::avx_vnni_kernels() {
  return nullptr;
}

#endif
