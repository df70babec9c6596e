#include "format/page_shard.h"
#include "fuzz/targets.h"

using namespace crossglot;

// The number of sections is that of tests/format/samples.cpp, which the corpus was built from.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::size_t sections = 3;
  const Result<TailShard> shard = TailShard::open({data, size}, sections);
  if (!shard) return 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < sections; ++i) {
    const SectionTail& section = shard->section(i);
    bytes += section.anchor.size() + section.text.size() + section.code.size();
  }
  CG_CHECK(bytes <= size);
  return 0;
}
