// simd/lanes_neon.h - 16 lanes in four NEON registers, for AArch64 (float_steps.h says what for).
#pragma once

#include <arm_neon.h>

#include <cstddef>
#include <cstdint>

namespace crossglot {
namespace {

struct Lanes {
  static constexpr std::size_t kRegisters = 4;
  struct F {
    float32x4_t part[kRegisters];
  };
  struct I {
    int32x4_t part[kRegisters];
  };
  static constexpr std::size_t kTileRows = 4;
  static constexpr std::size_t kActivationSize = 1;

  template <typename Out, typename Operation>
  static Out each(Operation operation) {
    return {{operation(0), operation(1), operation(2), operation(3)}};
  }

  static F load(const float* from) {
    return each<F>([&](std::size_t i) { return vld1q_f32(from + 4 * i); });
  }
  static void store(float* to, F x) {
    for (std::size_t i = 0; i < kRegisters; ++i) vst1q_f32(to + 4 * i, x.part[i]);
  }
  static F splat(float x) {
    return each<F>([&](std::size_t) { return vdupq_n_f32(x); });
  }
  static I splat_i(std::int32_t x) {
    return each<I>([&](std::size_t) { return vdupq_n_s32(x); });
  }
  static F add(F a, F b) {
    return each<F>([&](std::size_t i) { return vaddq_f32(a.part[i], b.part[i]); });
  }
  static F sub(F a, F b) {
    return each<F>([&](std::size_t i) { return vsubq_f32(a.part[i], b.part[i]); });
  }
  static F mul(F a, F b) {
    return each<F>([&](std::size_t i) { return vmulq_f32(a.part[i], b.part[i]); });
  }
  static F div(F a, F b) {
    return each<F>([&](std::size_t i) { return vdivq_f32(a.part[i], b.part[i]); });
  }
  // Compare and select: the maximum instruction treats NaN and -0 otherwise.
  static float32x4_t larger4(float32x4_t a, float32x4_t b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
  static float32x4_t smaller4(float32x4_t a, float32x4_t b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
  static F larger(F a, F b) {
    return each<F>([&](std::size_t i) { return larger4(a.part[i], b.part[i]); });
  }
  static F smaller(F a, F b) {
    return each<F>([&](std::size_t i) { return smaller4(a.part[i], b.part[i]); });
  }
  static I bits(F x) {
    return each<I>([&](std::size_t i) { return vreinterpretq_s32_f32(x.part[i]); });
  }
  static F from_bits(I x) {
    return each<F>([&](std::size_t i) { return vreinterpretq_f32_s32(x.part[i]); });
  }
  static I add_i(I a, I b) {
    return each<I>([&](std::size_t i) { return vaddq_s32(a.part[i], b.part[i]); });
  }
  static I sub_i(I a, I b) {
    return each<I>([&](std::size_t i) { return vsubq_s32(a.part[i], b.part[i]); });
  }
  static I shift_23(I x) {
    return each<I>([&](std::size_t i) { return vshlq_n_s32(x.part[i], 23); });
  }

  template <typename Operation>
  static float fold(F x, Operation operation) {
    const float32x4_t four = operation(operation(x.part[0], x.part[2]), operation(x.part[1], x.part[3]));
    const float32x4_t two = operation(four, vextq_f32(four, four, 2));
    return vgetq_lane_f32(operation(two, vextq_f32(two, two, 1)), 0);
  }
  static float sum(F x) {
    return fold(x, [](float32x4_t a, float32x4_t b) { return vaddq_f32(a, b); });
  }
  static float largest(F x) { return fold(x, larger4); }
  static float smallest(F x) { return fold(x, smaller4); }

  static void store_activations(I q, std::uint8_t* to) {
    const int16x8_t low = vcombine_s16(vqmovn_s32(q.part[0]), vqmovn_s32(q.part[1]));
    const int16x8_t high = vcombine_s16(vqmovn_s32(q.part[2]), vqmovn_s32(q.part[3]));
    const uint8x16_t bytes = vcombine_u8(vqmovun_s16(low), vqmovun_s16(high));
    vst1q_u8(to, vminq_u8(bytes, vdupq_n_u8(127)));
  }
};

// A register of weights holds 4 outputs. The files say how four products join their sum (dot).
struct UnitBase {
  static constexpr std::size_t kPanel = 8;
  static constexpr std::size_t kGroup = 4;
  static constexpr std::size_t kTokens = 6;
  static constexpr std::size_t kOutputs = 4;
  static constexpr std::size_t kActivationSize = 1;
  using Weights = int8x16_t;

  static Weights weights(const std::int8_t* from) { return vld1q_s8(from); }
  static int8x16_t values(const std::uint8_t* from) {
    std::int32_t four;
    __builtin_memcpy(&four, from, sizeof four);
    return vreinterpretq_s8_s32(vdupq_n_s32(four));
  }
  static void finish4(int32x4_t sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                      float* out) {
    const int32x4_t exact = vsubq_s32(sums, vmulq_n_s32(vld1q_s32(matrix.sums + row), zero));
    const float32x4_t factor = vmulq_f32(vdupq_n_f32(scale), vld1q_f32(matrix.scales + row));
    const float32x4_t product = vmulq_f32(vcvtq_f32_s32(exact), factor);
    vst1q_f32(out, vaddq_f32(product, vld1q_f32(matrix.bias + row)));
  }
};

inline std::int32_t dot_i8(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  int32x4_t sums = vdupq_n_s32(0);
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    const int8x16_t x = vld1q_s8(a + i);
    const int8x16_t y = vld1q_s8(b + i);
    sums = vpadalq_s16(sums, vmull_s8(vget_low_s8(x), vget_low_s8(y)));
    sums = vpadalq_s16(sums, vmull_high_s8(x, y));
  }
  std::int32_t sum = vaddvq_s32(sums);
  for (; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

// A block adds up sixteen products of 15 * 128 a lane: 30,720, which int16 holds.
inline void dots_i4(const std::int8_t* query, const std::uint8_t* rows, std::size_t count, std::size_t n,
                    std::int32_t* out) {
  const uint8x16_t mask = vdupq_n_u8(15);
  for (std::size_t row = 0; row < count; ++row) {
    int32x4_t sums = vdupq_n_s32(0);
    for (std::size_t block = 0; block < n; block += kNibbleBlock, rows += kNibbleBlock / 2) {
      int16x8_t products = vdupq_n_s16(0);
      const auto add = [&products](uint8x16_t halves, const std::int8_t* from) {
        const int8x16_t numbers = vreinterpretq_s8_u8(halves);
        const int8x16_t other = vld1q_s8(from);
        products = vmlal_s8(products, vget_low_s8(numbers), vget_low_s8(other));
        products = vmlal_high_s8(products, numbers, other);
      };
      for (std::size_t i = 0; i < kNibbleBlock / 2; i += 16) {
        const uint8x16_t both = vld1q_u8(rows + i);
        add(vandq_u8(both, mask), query + block + i);
        add(vshrq_n_u8(both, 4), query + block + kNibbleBlock / 2 + i);
      }
      sums = vpadalq_s16(sums, products);
    }
    out[row] = vaddvq_s32(sums);
  }
}

}  // namespace
}  // namespace crossglot
