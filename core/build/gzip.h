// build/gzip.h - gzip files in memory, by libdeflate from source: the same bytes natively and in wasm.
//
// The header is fixed (no time, no name), so equal content gives equal files.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

// The best that libdeflate has: a site is built once and fetched often (DECISIONS.md, "About 130 files").
Bytes gzip(ByteSpan content);

// size_max  the most bytes that the content may have; more is an error before memory is taken for it.
// Errors: kCorrupt (not gzip, cut off, wrong checksum, bytes behind the end, larger than size_max).
Result<Bytes> gunzip(ByteSpan file, std::size_t size_max);

}  // namespace crossglot
