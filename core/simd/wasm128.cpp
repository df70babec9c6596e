// WebAssembly SIMD as every engine has it. It multiplies int16 in pairs: activations are stored as int16, weights are
// widened as they are loaded, once for all tokens of a tile.
#include "simd/kernels.h"

#if defined(__wasm_simd128__)
#  include "simd/float_steps.h"
#  include "simd/lanes_wasm.h"
#  include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Lanes : LanesBase {
  static constexpr std::size_t kActivationSize = 2;
  static void store_activations(I q, std::uint8_t* to) {
    const v128_t most = wasm_i16x8_splat(127);
    const v128_t least = wasm_i16x8_splat(0);
    const v128_t low = wasm_i16x8_narrow_i32x4(q.part[0], q.part[1]);
    const v128_t high = wasm_i16x8_narrow_i32x4(q.part[2], q.part[3]);
    wasm_v128_store(to, wasm_i16x8_max(wasm_i16x8_min(low, most), least));
    wasm_v128_store(to + 16, wasm_i16x8_max(wasm_i16x8_min(high, most), least));
  }
};

struct Unit : UnitBase {
  static constexpr std::size_t kGroup = 2;
  // A product needs a register before it joins its sum, and engines keep one: with 6 tokens they spill.
  static constexpr std::size_t kTokens = 4;
  static constexpr std::size_t kBlock = 64;
  static constexpr std::size_t kActivationSize = 2;
  static Weights weights(const std::int8_t* from) { return wasm_i16x8_load8x8(from); }
  static Sums dot(Sums sums, Weights weights, v128_t values) {
    return wasm_i32x4_add(sums, wasm_i32x4_dot_i16x8(weights, values));
  }
};

constexpr Kernels kKernels = {
    "wasm128",       Unit::kPanel,       Unit::kGroup,   Unit::kActivationSize, product_blocked<Unit>,
    quantise<Lanes>, product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,           layer_norm<Lanes>,
    dot_i8};

}  // namespace

const Kernels* wasm128_kernels() {
  return &kKernels;
}

const ScanKernels* wasm128_scan() {
  static constexpr ScanKernels kScan = {"wasm128", dots_i4};
  return &kScan;
}

}  // namespace crossglot

#else

const crossglot::Kernels* crossglot::wasm128_kernels() {
  return nullptr;
}
const crossglot::ScanKernels* crossglot::wasm128_scan() {
  return nullptr;
}

#endif
