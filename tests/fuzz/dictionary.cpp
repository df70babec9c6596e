#include "format/dictionary.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<DictionaryShard> shard = DictionaryShard::open({data, size});
  if (!shard) return 0;
  for (std::size_t i = 0; i < shard->sources().size(); ++i) {
    CG_CHECK(shard->lower_bound(shard->sources()[i]) == i);
    CG_CHECK(!shard->translations(i).empty());
    for (const TranslatedStem& translation : shard->translations(i)) {
      (void)shard->target(translation.target).size();
      CG_CHECK(decode_probability(translation.code) > 0 && decode_probability(translation.code) <= 1);
    }
  }
  return 0;
}
