#include "simd/kernels.h"

#include <cstring>

#include "base/check.h"

#if defined(__aarch64__) && defined(__linux__)
#  include <asm/hwcap.h>
#  include <sys/auxv.h>
#endif

namespace crossglot {
namespace {

template <typename Table>
struct Usable {
  const Table* variants[4] = {};
  std::size_t count = 0;

  void add(const Table* table, bool runs) {
    if (table != nullptr && runs) variants[count++] = table;
  }
};

#if defined(__x86_64__)
bool has_avx2() {
  return __builtin_cpu_supports("avx2");
}
bool has_avx512_vnni() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}
#endif

Usable<Kernels> find_usable() {
  Usable<Kernels> found;
  found.add(scalar_kernels(), true);
#if defined(__x86_64__)
  found.add(avx2_kernels(), has_avx2());
  found.add(avx_vnni_kernels(), __builtin_cpu_supports("avxvnni"));
  found.add(avx512_vnni_kernels(), has_avx512_vnni());
#elif defined(__aarch64__)
  found.add(neon_kernels(), true);
#  if defined(__linux__)
  found.add(neon_dot_kernels(), (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0);
#  else
  found.add(neon_dot_kernels(), true);  // Apple's: all of them
#  endif
#else
  found.add(wasm128_kernels(), true);
  found.add(wasm_relaxed_kernels(), wasm_relaxed_kernels() != nullptr && answers_right(*wasm_relaxed_kernels()));
#endif
  return found;
}

Usable<ScanKernels> find_usable_scans() {
  Usable<ScanKernels> found;
  found.add(scalar_scan(), true);
#if defined(__x86_64__)
  found.add(avx2_scan(), has_avx2());
  found.add(avx512_vnni_scan(), has_avx512_vnni());
#elif defined(__aarch64__)
  found.add(neon_scan(), true);
#else
  found.add(wasm128_scan(), true);
#endif
  return found;
}

}  // namespace

std::span<const Kernels* const> usable() {
  static const Usable<Kernels> found = find_usable();
  return {found.variants, found.count};
}

const Kernels& active() {
  return *usable().back();
}

std::span<const ScanKernels* const> usable_scans() {
  static const Usable<ScanKernels> found = find_usable_scans();
  return {found.variants, found.count};
}

const ScanKernels& active_scan() {
  return *usable_scans().back();
}

namespace {

// A group of constant size is one load and one store: a browser packs 21 MB before its first query.
template <std::size_t kGroup>
void pack_groups(std::size_t panel_rows, const std::int8_t* q, std::size_t rows, std::size_t columns,
                 std::int8_t* packed) {
  for (std::size_t panel = 0; panel < rows; panel += panel_rows) {
    for (std::size_t column = 0; column < columns; column += kGroup) {
      for (std::size_t row = panel; row < panel + panel_rows; ++row, packed += kGroup) {
        std::memcpy(packed, q + row * columns + column, kGroup);
      }
    }
  }
}

}  // namespace

void pack(const Kernels& kernels, const std::int8_t* q, std::size_t rows, std::size_t columns, std::int8_t* packed) {
  CG_CHECK(rows % kPackedMultiple == 0 && columns % kPackedMultiple == 0);
  switch (kernels.group) {
    case 2:
      return pack_groups<2>(kernels.panel, q, rows, columns, packed);
    case 4:
      return pack_groups<4>(kernels.panel, q, rows, columns, packed);
    case kPackedMultiple:
      return pack_groups<kPackedMultiple>(kernels.panel, q, rows, columns, packed);
    default:
      CG_CHECK(false);
  }
}

// Data come from a generator that starts at a volatile: a compiler or wasm-opt that could compute the answer would
// not test the engine. 64 columns are enough for sums that are not zero when the next products join them; 13 tokens
// touch tiles of several heights.
bool answers_right(const Kernels& kernels) {
  constexpr std::size_t kTokens = 13;
  constexpr std::size_t kRows = 32;
  constexpr std::size_t kColumns = 64;
  volatile std::uint32_t seed = 2463534242U;
  std::uint32_t state = seed;
  const auto next = [&state] {  // xorshift32, Marsaglia 2003
    state ^= state << 13U;
    state ^= state >> 17U;
    state ^= state << 5U;
    return state;
  };
  alignas(kPackedAlignment) std::int8_t packed[kRows * kColumns];
  std::int8_t weights[kRows * kColumns];
  std::uint8_t values[kTokens * kColumns * 2] = {};
  std::int32_t sums[kRows] = {};
  std::int32_t zeros[kTokens] = {};
  float ones[kRows];
  float bias[kRows] = {};
  float out[kTokens * kRows];
  for (float& one : ones) one = 1;
  for (std::int8_t& weight : weights) weight = static_cast<std::int8_t>(static_cast<int>(next() % 255U) - 127);
  for (std::size_t i = 0; i < kTokens * kColumns; ++i) {
    values[i * kernels.activation_size] = static_cast<std::uint8_t>(next() & 127U);
  }
  pack(kernels, weights, kRows, kColumns, packed);
  kernels.product({values, ones, zeros, kColumns}, kTokens, {packed, sums, ones, bias, kRows, kColumns}, out);
  for (std::size_t t = 0; t < kTokens; ++t) {
    for (std::size_t r = 0; r < kRows; ++r) {
      std::int32_t expected = 0;
      for (std::size_t c = 0; c < kColumns; ++c) {
        expected += std::int32_t{weights[r * kColumns + c]} * values[(t * kColumns + c) * kernels.activation_size];
      }
      if (out[t * kRows + r] != static_cast<float>(expected)) return false;
    }
  }
  return true;
}

}  // namespace crossglot
