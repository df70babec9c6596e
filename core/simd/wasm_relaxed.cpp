// WebAssembly with relaxed SIMD: one instruction for sixteen products, exact because activations have seven bits
// (only the second operand is bounded by the specification, and sums of pairs stay in int16).
#include "simd/kernels.h"

#if defined(__wasm_relaxed_simd__)
#  include "simd/float_steps.h"
#  include "simd/lanes_wasm.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Lanes : LanesBase {
  static constexpr std::size_t kActivationSize = 1;
  static void store_activations(I q, std::uint8_t* to) {
    const v128_t low = wasm_i16x8_narrow_i32x4(q.part[0], q.part[1]);
    const v128_t high = wasm_i16x8_narrow_i32x4(q.part[2], q.part[3]);
    wasm_v128_store(to, wasm_u8x16_min(wasm_u8x16_narrow_i16x8(low, high), wasm_i8x16_splat(127)));
  }
};

struct Unit : UnitBase {
  static constexpr std::size_t kGroup = 4;
  static constexpr std::size_t kActivationSize = 1;
  static Weights weights(const std::int8_t* from) { return wasm_v128_load(from); }
  static Sums dot(Sums sums, Weights weights, v128_t values) {
    return wasm_i32x4_relaxed_dot_i8x16_i7x16_add(weights, values, sums);
  }
};

constexpr Kernels kKernels = {
    "wasmrelaxed",      Unit::kPanel,   Unit::kGroup, Unit::kActivationSize, product<Unit>, quantise<Lanes>,
    product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,  layer_norm<Lanes>,     dot_i8};

}  // namespace

const Kernels* wasm_relaxed_kernels() {
  return &kKernels;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::wasm_relaxed_kernels() {
  return nullptr;
}

#endif
