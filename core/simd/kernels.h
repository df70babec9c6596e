// simd/kernels.h - inner loops of the encoder and of vector search, and the one place that chooses between variants.
//
// Exact    Every variant returns the same bits as the scalar one, which is the definition; a faster but different
//          kernel is a bug. Integers are exact in any order. Floats use + - * / and square root, each rounded once
//          (never fused), in an order that is part of the definition:
//            sums over a row   16 partial sums, element i into sum i % 16; then sum i + sum i+8, i+4, i+2, i+1
//            products          one sum an output, inner index ascending, from +0
//          exp, erf and rounding are our own (simd/float_steps.h): libm differs from machine to machine.
// Choice   native: by CPU, once. wasm: by a known-answer test at load, since a module that contains an unknown opcode
//          does not load at all, and one engine computes a known opcode wrongly.
// Shapes   Rows of floats hold a multiple of kLanes elements unless said otherwise; no alignment is needed but for
//          packed weights (kPackedAlignment).
// Threads  Kernels have no state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "simd/scan.h"

namespace crossglot {

inline constexpr std::size_t kLanes = 16;
// Rows and columns of a packed matrix are multiples of this.
inline constexpr std::size_t kPackedMultiple = 32;
inline constexpr std::size_t kPackedAlignment = 64;
// 127 * 127 a product, twice (the correction for the zero point): sums stay below 2^31.
inline constexpr std::size_t kColumnsMax = 65536;
inline constexpr std::size_t kDotMax = 65536;  // |sum| of dot_i8 <= 2^30

// Activations of some tokens, quantised to seven bits, one scale and one zero point a token:
//   x = scale * (q - zero), q and zero in 0..127, and x = 0 is met exactly.
// Seven bits because the relaxed dot of WebAssembly wants one operand below 128 and sums pairs in int16:
// 127 * 127 * 2 < 2^15 is exact on every engine; a zero point a token because GELU's output is nearly all positive,
// where a fixed one in the middle wastes half of the range (DECISIONS.md).
struct Activations {
  std::uint8_t* values;  // [tokens][columns] elements of Kernels::activation_size bytes, little-endian
  float* scales;         // [tokens]
  std::int32_t* zeros;   // [tokens]
  std::size_t columns;
};

// Weights of `rows` outputs: weight(r, c) = scales[r] * q, q in -127..127.
struct PackedMatrix {
  const std::int8_t* weights;  // in the variant's layout (pack), kPackedAlignment
  const std::int32_t* sums;    // [rows]: of q over a row
  const float* scales;         // [rows]
  const float* bias;           // [rows]
  std::size_t rows;
  std::size_t columns;
};

struct Kernels {
  const char* name;  // "scalar", "avx2", "avxvnni", "avx512vnni", "neon", "neondot", "wasm128", "wasmrelaxed"

  // Layout of packed weights: [rows / panel][columns / group][panel][group].
  std::size_t panel;
  std::size_t group;
  std::size_t activation_size;  // bytes of a stored activation: 1, or 2 where the product reads int16

  // The matrix product:
  //   out[t * rows + r] = float(sum of (q - zero) * w) * (activation scale * weight scale) + bias
  void (*product)(const Activations& in, std::size_t tokens, const PackedMatrix& matrix, float* out);

  // Rows of `columns` floats to Activations. low = min(0, row), high = max(0, row), scale = (high - low) / 127,
  // zero = round(-low * inverse), q = min(127, max(0, round(x * inverse) + zero)) with inverse = 127 / (high - low)
  // and round to nearest, ties to even. A row of zeros has scale 0.
  void (*quantise)(const float* rows, std::size_t tokens, const Activations& out);

  // out[i][j] = sum over k of a[i][k] * b[k][j]; j < columns, a multiple of kLanes; `inner` is any number.
  void (*product_f32)(const float* a, std::size_t a_stride, const float* b, std::size_t b_stride, std::size_t rows,
                      std::size_t inner, std::size_t columns, float* out, std::size_t out_stride);

  // row[i] = exp(scale * row[i] - max) / sum, 0 < n; elements up to the next multiple of kLanes become 0.
  void (*softmax)(float* row, std::size_t n, float scale);

  // x * (1 + erf(x / sqrt(2))) / 2, in place; within 2e-7 * |x| of the real thing.
  void (*gelu)(float* x, std::size_t n);

  // row += other (may be null), then row = (row - mean) / sqrt(variance + epsilon) * scale + shift.
  void (*layer_norm)(float* row, const float* other, const float* scale, const float* shift, std::size_t n,
                     float epsilon);

  // Sum of a[i] * b[i]; any n <= kDotMax.
  std::int32_t (*dot_i8)(const std::int8_t* a, const std::int8_t* b, std::size_t n);
};

// The best of usable().
const Kernels& active();

// All that this machine can run, the best one last; [0] is scalar.
std::span<const Kernels* const> usable();

// Puts row-major weights q[rows][columns] into the layout of `kernels`.
void pack(const Kernels& kernels, const std::int8_t* q, std::size_t rows, std::size_t columns, std::int8_t* packed);

// Known-answer test: the kernel's product on run-time data, against plain arithmetic. usable() asks it of the variant
// with relaxed SIMD.
bool answers_right(const Kernels& kernels);

// What a variant's file gives, or null where it is not compiled in. For usable() alone.
const Kernels* scalar_kernels();
const Kernels* avx2_kernels();
const Kernels* avx_vnni_kernels();
const Kernels* avx512_vnni_kernels();
const Kernels* neon_kernels();
const Kernels* neon_dot_kernels();
const Kernels* wasm128_kernels();
const Kernels* wasm_relaxed_kernels();

}  // namespace crossglot
