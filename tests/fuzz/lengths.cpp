#include "format/section_lengths.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint32_t kSections = 3;
  const Result<SectionLengths> lengths = SectionLengths::open({data, size}, kSections);
  if (!lengths) return 0;
  CG_CHECK(lengths->average() >= 1);
  for (std::uint32_t section = 0; section < kSections; ++section) CG_CHECK(lengths->words(section) >= 0);
  return 0;
}
