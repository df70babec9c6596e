// Which variants ran. The other tests of this folder loop over usable(): what is missing here is tested nowhere.
#include <catch2/catch_amalgamated.hpp>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "simd/kernels.h"

using namespace crossglot;

namespace {

[[maybe_unused]] bool usable_has(std::string_view name) {
  for (const Kernels* kernels : usable()) {
    if (kernels->name == name) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the variants that this machine can run are these, and the best of them is chosen") {
  std::printf("kernel variants:");
  for (const Kernels* kernels : usable()) std::printf(" %s", kernels->name);
  std::printf("; chosen: %s\n", active().name);
  REQUIRE(std::string_view(usable()[0]->name) == "scalar");
  CHECK(&active() == usable().back());
#if defined(__x86_64__)
  CHECK(usable_has("avx2") == (__builtin_cpu_supports("avx2") != 0));
  CHECK(usable_has("avx512vnni") == (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl")));
#elif defined(__aarch64__)
  CHECK(usable_has("neon"));
#elif defined(__wasm_relaxed_simd__)
  CHECK(usable_has("wasm128"));
#  if defined(CROSSGLOT_RELAXED_WORKS)
  CHECK(std::string_view(active().name) == "wasmrelaxed");
#  else
  // Node 20 computes relaxed products wrongly: then the known-answer test must have left the variant out.
  CHECK(usable_has("wasmrelaxed") == answers_right(*wasm_relaxed_kernels()));
#  endif
#elif defined(__wasm_simd128__)
  CHECK(std::string_view(active().name) == "wasm128");
#endif
}

TEST_CASE("every usable variant answers the known-answer test") {
  for (const Kernels* kernels : usable()) {
    INFO(kernels->name);
    CHECK(answers_right(*kernels));
  }
}

TEST_CASE("the known-answer test sees a product that loses its sums or doubles a product") {
  static const Kernels* scalar = scalar_kernels();
  Kernels wrong = *scalar;
  SECTION("loses") {
    wrong.product = [](const Activations& in, std::size_t tokens, const PackedMatrix& matrix, float* out) {
      PackedMatrix half = matrix;
      scalar->product(in, tokens, half, out);
      out[tokens * matrix.rows - 1] -= 1;
    };
  }
  SECTION("doubles") {
    wrong.product = [](const Activations& in, std::size_t tokens, const PackedMatrix& matrix, float* out) {
      scalar->product(in, tokens, matrix, out);
      for (std::size_t i = 0; i < tokens * matrix.rows; ++i) out[i] *= 2;
    };
  }
  CHECK_FALSE(answers_right(wrong));
}
