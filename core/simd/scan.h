// simd/scan.h - the inner loop of vector search. A table of its own, so that a page which searches by meaning with
// vectors from elsewhere links no encoder. Rules, choice and tests as in simd/kernels.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace crossglot {

// Rows of int4 hold a multiple of so many numbers, two a byte: byte i of a block has number i in its low half and
// number i + 64 in its high half, so that every register's worth of halves meets neighbours of the query.
inline constexpr std::size_t kNibbleBlock = 128;
inline constexpr std::size_t kScanMax = 65536;  // numbers of a row: |sum| <= 2^27

struct ScanKernels {
  const char* name;

  // out[r] = sum of query[i] * row r's number i, taken as 0..15; n <= kScanMax, a multiple of kNibbleBlock; rows lie
  // n / 2 bytes apart. Whoever stores signed numbers takes their offset off: it is the same sum for all rows.
  void (*dots_i4)(const std::int8_t* query, const std::uint8_t* rows, std::size_t count, std::size_t n,
                  std::int32_t* out);
};

// The best of usable_scans(), which are all that this machine can run, the best one last; [0] is scalar.
const ScanKernels& active_scan();
std::span<const ScanKernels* const> usable_scans();

// What a variant's file gives, or null where it is not compiled in. For usable_scans() alone.
const ScanKernels* scalar_scan();
const ScanKernels* avx2_scan();
const ScanKernels* avx512_vnni_scan();
const ScanKernels* neon_scan();
const ScanKernels* wasm128_scan();

}  // namespace crossglot
