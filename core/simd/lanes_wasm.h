// simd/lanes_wasm.h - 16 lanes in four WebAssembly registers (float_steps.h says what for).
#pragma once

#include <wasm_simd128.h>

#include <cstddef>
#include <cstdint>

namespace crossglot {
namespace {

struct LanesBase {
  static constexpr std::size_t kRegisters = 4;
  struct F {
    v128_t part[kRegisters];
  };
  using I = F;
  static constexpr std::size_t kTileRows = 2;  // 8 sums, 4 elements of b and one of a in 16 registers

  template <typename Operation>
  static F each(Operation operation) {
    return {{operation(0), operation(1), operation(2), operation(3)}};
  }

  static F load(const float* from) {
    return each([&](std::size_t i) { return wasm_v128_load(from + 4 * i); });
  }
  static void store(float* to, F x) {
    for (std::size_t i = 0; i < kRegisters; ++i) wasm_v128_store(to + 4 * i, x.part[i]);
  }
  static F splat(float x) {
    return each([&](std::size_t) { return wasm_f32x4_splat(x); });
  }
  static I splat_i(std::int32_t x) {
    return each([&](std::size_t) { return wasm_i32x4_splat(x); });
  }
  static F add(F a, F b) {
    return each([&](std::size_t i) { return wasm_f32x4_add(a.part[i], b.part[i]); });
  }
  static F sub(F a, F b) {
    return each([&](std::size_t i) { return wasm_f32x4_sub(a.part[i], b.part[i]); });
  }
  static F mul(F a, F b) {
    return each([&](std::size_t i) { return wasm_f32x4_mul(a.part[i], b.part[i]); });
  }
  static F div(F a, F b) {
    return each([&](std::size_t i) { return wasm_f32x4_div(a.part[i], b.part[i]); });
  }
  // pmax(x, y) is x < y ? y : x, pmin(x, y) is y < x ? y : x.
  static v128_t larger4(v128_t a, v128_t b) { return wasm_f32x4_pmax(b, a); }
  static v128_t smaller4(v128_t a, v128_t b) { return wasm_f32x4_pmin(b, a); }
  static F larger(F a, F b) {
    return each([&](std::size_t i) { return larger4(a.part[i], b.part[i]); });
  }
  static F smaller(F a, F b) {
    return each([&](std::size_t i) { return smaller4(a.part[i], b.part[i]); });
  }
  static I bits(F x) { return x; }
  static F from_bits(I x) { return x; }
  static I add_i(I a, I b) {
    return each([&](std::size_t i) { return wasm_i32x4_add(a.part[i], b.part[i]); });
  }
  static I sub_i(I a, I b) {
    return each([&](std::size_t i) { return wasm_i32x4_sub(a.part[i], b.part[i]); });
  }
  static I shift_23(I x) {
    return each([&](std::size_t i) { return wasm_i32x4_shl(x.part[i], 23); });
  }

  template <typename Operation>
  static float fold(F x, Operation operation) {
    const v128_t four = operation(operation(x.part[0], x.part[2]), operation(x.part[1], x.part[3]));
    const v128_t two = operation(four, wasm_i32x4_shuffle(four, four, 2, 3, 0, 1));
    return wasm_f32x4_extract_lane(operation(two, wasm_i32x4_shuffle(two, two, 1, 0, 3, 2)), 0);
  }
  static float sum(F x) {
    return fold(x, [](v128_t a, v128_t b) { return wasm_f32x4_add(a, b); });
  }
  static float largest(F x) { return fold(x, larger4); }
  static float smallest(F x) { return fold(x, smaller4); }
};

// A register of sums holds 4 outputs. The files say how the products join them (dot).
struct UnitBase {
  static constexpr std::size_t kPanel = 8;
  static constexpr std::size_t kOutputs = 4;
  using Sums = v128_t;
  using Weights = v128_t;

  static Sums zero() { return wasm_i32x4_splat(0); }
  static v128_t values(const std::uint8_t* from) { return wasm_v128_load32_splat(from); }
  static void finish(Sums sums, std::int32_t zero, float scale, const PackedMatrix& matrix, std::size_t row,
                     float* out) {
    const v128_t of_row = wasm_v128_load(matrix.sums + row);
    const v128_t exact = wasm_i32x4_sub(sums, wasm_i32x4_mul(wasm_i32x4_splat(zero), of_row));
    const v128_t factor = wasm_f32x4_mul(wasm_f32x4_splat(scale), wasm_v128_load(matrix.scales + row));
    const v128_t product = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(exact), factor);
    wasm_v128_store(out, wasm_f32x4_add(product, wasm_v128_load(matrix.bias + row)));
  }
};

inline std::int32_t dot_i8(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  v128_t sums = wasm_i32x4_splat(0);
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    const v128_t x = wasm_v128_load(a + i);
    const v128_t y = wasm_v128_load(b + i);
    sums = wasm_i32x4_add(sums, wasm_i32x4_dot_i16x8(wasm_i16x8_extend_low_i8x16(x), wasm_i16x8_extend_low_i8x16(y)));
    sums =
        wasm_i32x4_add(sums, wasm_i32x4_dot_i16x8(wasm_i16x8_extend_high_i8x16(x), wasm_i16x8_extend_high_i8x16(y)));
  }
  std::int32_t sum = wasm_i32x4_extract_lane(sums, 0) + wasm_i32x4_extract_lane(sums, 1) +
                     wasm_i32x4_extract_lane(sums, 2) + wasm_i32x4_extract_lane(sums, 3);
  for (; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

// A block adds up sixteen products of 15 * 128 a lane: 30,720, which int16 holds.
inline void dots_i4(const std::int8_t* query, const std::uint8_t* rows, std::size_t count, std::size_t n,
                    std::int32_t* out) {
  const v128_t mask = wasm_i8x16_splat(15);
  for (std::size_t row = 0; row < count; ++row) {
    v128_t sums = wasm_i32x4_splat(0);
    for (std::size_t block = 0; block < n; block += kNibbleBlock, rows += kNibbleBlock / 2) {
      v128_t products = wasm_i16x8_splat(0);
      const auto add = [&products](v128_t numbers, const std::int8_t* from) {
        const v128_t other = wasm_v128_load(from);
        products = wasm_i16x8_add(products, wasm_i16x8_extmul_low_i8x16(numbers, other));
        products = wasm_i16x8_add(products, wasm_i16x8_extmul_high_i8x16(numbers, other));
      };
      for (std::size_t i = 0; i < kNibbleBlock / 2; i += 16) {
        const v128_t both = wasm_v128_load(rows + i);
        add(wasm_v128_and(both, mask), query + block + i);
        add(wasm_u8x16_shr(both, 4), query + block + kNibbleBlock / 2 + i);
      }
      sums = wasm_i32x4_add(sums, wasm_i32x4_extadd_pairwise_i16x8(products));
    }
    out[row] = wasm_i32x4_extract_lane(sums, 0) + wasm_i32x4_extract_lane(sums, 1) +
               wasm_i32x4_extract_lane(sums, 2) + wasm_i32x4_extract_lane(sums, 3);
  }
}

}  // namespace
}  // namespace crossglot
