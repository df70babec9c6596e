#include "build/gzip.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kSizeMax = 1 << 16;
  const Result<Bytes> content = gunzip({data, size}, kSizeMax);
  if (content) CG_CHECK(content->size() <= kSizeMax);
  return 0;
}
