// AArch64 with the dot product extension (ARMv8.2 and newer: every phone and laptop of recent years).
#include "simd/kernels.h"

#if defined(__ARM_FEATURE_DOTPROD)
#  include "simd/float_steps.h"
#  include "simd/lanes_neon.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Unit : UnitBase {
  using Sums = int32x4_t;
  static Sums zero() { return vdupq_n_s32(0); }
  static Sums dot(Sums sums, Weights weights, int8x16_t values) { return vdotq_s32(sums, weights, values); }
  static void finish(Sums sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                     float* out) {
    finish4(sums, zero, scale, matrix, row, out);
  }
};

constexpr Kernels kKernels = {
    "neondot",          Unit::kPanel,   Unit::kGroup, Unit::kActivationSize, product<Unit>, quantise<Lanes>,
    product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,  layer_norm<Lanes>,     dot_i8};

}  // namespace

const Kernels* neon_dot_kernels() {
  return &kKernels;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::neon_dot_kernels() {
  return nullptr;
}

#endif
