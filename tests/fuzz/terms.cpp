#include "format/term_shard.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint32_t kSections = 400;
  const Result<TermShard> shard = TermShard::open({data, size}, kSections);
  if (!shard) return 0;
  std::vector<Posting> postings;
  for (const TermGroup& group : shard->groups()) {
    CG_CHECK(shard->lower_bound(group.stem) < shard->groups().size());
    for (const Term& term : group.terms) {
      if (!shard->read_postings(term, postings)) continue;
      CG_CHECK(postings.size() == term.posting_count && postings.back().section < kSections);
    }
  }
  return 0;
}
