#include "format/position_shard.h"
#include "format/term_shard.h"
#include "fuzz/targets.h"

using namespace crossglot;

// The posting counts and codes are those of tests/format/samples.cpp, which the corpus was built from.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::uint32_t> posting_counts = {3, 1, 1, 1};
  const Bytes codes = {0xa0 | 9, 8, 31, 3, 0x60 | 12, kInHeading | 10};
  const Result<PositionShard> shard = PositionShard::open({data, size}, posting_counts, codes);
  if (!shard) return 0;
  std::vector<std::uint32_t> positions, ends;
  for (std::size_t term = 0; term < posting_counts.size(); ++term) {
    if (!shard->read(term, positions, ends)) continue;
    CG_CHECK(ends.size() == posting_counts[term] && ends.back() == positions.size());
  }
  return 0;
}
