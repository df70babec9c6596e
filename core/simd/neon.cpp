// AArch64 as every chip has it: products in int16, added in pairs to int32.
#include "simd/kernels.h"

#if defined(__aarch64__)
#  include "simd/float_steps.h"
#  include "simd/lanes_neon.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Unit : UnitBase {
  static constexpr std::size_t kTokens = 4;  // two registers a sum
  // [output 0: pair, pair, output 1: pair, pair] and the same of outputs 2 and 3.
  struct Sums {
    int32x4_t low, high;
  };
  static Sums zero() { return {vdupq_n_s32(0), vdupq_n_s32(0)}; }
  static Sums dot(Sums sums, Weights weights, int8x16_t values) {
    return {vpadalq_s16(sums.low, vmull_s8(vget_low_s8(weights), vget_low_s8(values))),
            vpadalq_s16(sums.high, vmull_high_s8(weights, values))};
  }
  static void finish(Sums sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                     float* out) {
    finish4(vpaddq_s32(sums.low, sums.high), zero, scale, matrix, row, out);
  }
};

constexpr Kernels kKernels = {
    "neon",          Unit::kPanel,       Unit::kGroup,   Unit::kActivationSize, product<Unit>,
    quantise<Lanes>, product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,           layer_norm<Lanes>,
    dot_i8};

}  // namespace

const Kernels* neon_kernels() {
  return &kKernels;
}

const ScanKernels* neon_scan() {
  static constexpr ScanKernels kScan = {"neon", dots_i4};
  return &kScan;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::neon_kernels() {
  return nullptr;
}
const crossglot::ScanKernels* crossglot::neon_scan() {
  return nullptr;
}

#endif
