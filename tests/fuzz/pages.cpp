#include "format/page_shard.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<PageShard> shard = PageShard::open({data, size});
  if (!shard) return 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < shard->page_count(); ++i) {
    const PageText& page = shard->page(i);
    bytes += page.url.size() + page.title.size();
    for (const SectionText& section : page.sections) bytes += section.text.size() + section.code.size();
  }
  CG_CHECK(bytes <= size);
  return 0;
}
