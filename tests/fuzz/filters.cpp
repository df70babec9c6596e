#include "format/filter_table.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint32_t kPages = 3;
  const Result<FilterTable> table = FilterTable::open({data, size}, kPages);
  if (!table) return 0;
  for (const FilterValue& value : table->values()) {
    for (const std::uint32_t page : value.pages) CG_CHECK(page < kPages);
  }
  return 0;
}
