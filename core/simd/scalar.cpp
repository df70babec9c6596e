// The definition of every kernel: 16 lanes are an array, a register holds one sum.
#include <cstring>

#include "simd/float_steps.h"
#include "simd/kernels.h"
#include "simd/product_tiles.h"

namespace crossglot {
namespace {

struct Lanes {
  struct F {
    float lane[kLanes];
  };
  struct I {
    std::int32_t lane[kLanes];
  };
  static constexpr std::size_t kTileRows = 1;
  static constexpr std::size_t kActivationSize = 1;

  template <typename Out, typename Operation>
  static Out each(Operation operation) {
    Out out;
    for (std::size_t i = 0; i < kLanes; ++i) out.lane[i] = operation(i);
    return out;
  }
  template <typename Operation>
  static float fold(F x, Operation operation) {
    for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i) x.lane[i] = operation(x.lane[i], x.lane[i + half]);
    }
    return x.lane[0];
  }

  static F load(const float* from) {
    F out;
    std::memcpy(out.lane, from, sizeof out.lane);
    return out;
  }
  static void store(float* to, F x) { std::memcpy(to, x.lane, sizeof x.lane); }
  static F splat(float x) {
    return each<F>([&](std::size_t) { return x; });
  }
  static I splat_i(std::int32_t x) {
    return each<I>([&](std::size_t) { return x; });
  }
  static F add(F a, F b) {
    return each<F>([&](std::size_t i) { return a.lane[i] + b.lane[i]; });
  }
  static F sub(F a, F b) {
    return each<F>([&](std::size_t i) { return a.lane[i] - b.lane[i]; });
  }
  static F mul(F a, F b) {
    return each<F>([&](std::size_t i) { return a.lane[i] * b.lane[i]; });
  }
  static F div(F a, F b) {
    return each<F>([&](std::size_t i) { return a.lane[i] / b.lane[i]; });
  }
  static F larger(F a, F b) {
    return each<F>([&](std::size_t i) { return a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]; });
  }
  static F smaller(F a, F b) {
    return each<F>([&](std::size_t i) { return a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]; });
  }
  static I bits(F x) { return __builtin_bit_cast(I, x); }
  static F from_bits(I x) { return __builtin_bit_cast(F, x); }
  // Unsigned: what overflows wraps, as in a register.
  static I add_i(I a, I b) {
    return each<I>([&](std::size_t i) {
      return static_cast<std::int32_t>(static_cast<std::uint32_t>(a.lane[i]) + static_cast<std::uint32_t>(b.lane[i]));
    });
  }
  static I sub_i(I a, I b) {
    return each<I>([&](std::size_t i) {
      return static_cast<std::int32_t>(static_cast<std::uint32_t>(a.lane[i]) - static_cast<std::uint32_t>(b.lane[i]));
    });
  }
  static I shift_23(I x) {
    return each<I>(
        [&](std::size_t i) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(x.lane[i]) << 23U); });
  }
  static float sum(F x) {
    return fold(x, [](float a, float b) { return a + b; });
  }
  static float largest(F x) {
    return fold(x, [](float a, float b) { return a > b ? a : b; });
  }
  static float smallest(F x) {
    return fold(x, [](float a, float b) { return a < b ? a : b; });
  }
  static void store_activations(I q, std::uint8_t* to) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      const std::int32_t positive = q.lane[i] < 0 ? 0 : q.lane[i];
      to[i] = static_cast<std::uint8_t>(positive > 127 ? 127 : positive);
    }
  }
};

struct Unit {
  static constexpr std::size_t kPanel = 1;
  static constexpr std::size_t kGroup = kPackedMultiple;
  static constexpr std::size_t kTokens = 1;
  static constexpr std::size_t kOutputs = 1;
  static constexpr std::size_t kActivationSize = 1;
  using Sums = std::int32_t;
  using Weights = const std::int8_t*;

  static Sums zero() { return 0; }
  static Weights weights(const std::int8_t* from) { return from; }
  static const std::uint8_t* values(const std::uint8_t* from) { return from; }
  static Sums dot(Sums sums, Weights weights, const std::uint8_t* values) {
    for (std::size_t i = 0; i < kGroup; ++i) sums += std::int32_t{weights[i]} * std::int32_t{values[i]};
    return sums;
  }
  static void finish(Sums sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                     float* out) {
    const auto product = static_cast<float>(sums - zero * matrix.sums[row]);
    *out = product * (scale * matrix.scales[row]) + matrix.bias[row];
  }
};

std::int32_t dot_i8(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

void dots_i4(const std::int8_t* query, const std::uint8_t* rows, std::size_t count, std::size_t n,
             std::int32_t* out) {
  constexpr std::size_t kHalf = kNibbleBlock / 2;
  for (std::size_t row = 0; row < count; ++row) {
    std::int32_t sum = 0;
    for (std::size_t block = 0; block < n; block += kNibbleBlock, rows += kHalf) {
      for (std::size_t i = 0; i < kHalf; ++i) {
        sum +=
            std::int32_t{query[block + i]} * (rows[i] & 15) + std::int32_t{query[block + kHalf + i]} * (rows[i] >> 4);
      }
    }
    out[row] = sum;
  }
}

constexpr Kernels kKernels = {
    "scalar",           Unit::kPanel,   Unit::kGroup, Unit::kActivationSize, product<Unit>, quantise<Lanes>,
    product_f32<Lanes>, softmax<Lanes>, gelu<Lanes>,  layer_norm<Lanes>,     dot_i8};

}  // namespace

const Kernels* scalar_kernels() {
  return &kKernels;
}

const ScanKernels* scalar_scan() {
  static constexpr ScanKernels kScan = {"scalar", dots_i4};
  return &kScan;
}

}  // namespace crossglot
