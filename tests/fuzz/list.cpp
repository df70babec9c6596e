#include "format/list.h"

#include "fuzz/targets.h"
#include "lexical/language_index.h"

using namespace crossglot;

namespace {

void read(const List& list, const Part& part) {
  if (part.size > 0 && part.file == kInlineFile) (void)list.inline_bytes(part).back();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<List> list = List::open(Bytes(data, data + size));
  const auto index = LanguageIndex::open(Bytes(data, data + size));
  if (!list) return 0;
  if (index) {
    for (std::uint32_t section = 0; section < list->section_count; ++section) {
      CG_CHECK((*index)->page_of_section(section) < list->pages.size());
    }
  }
  for (const TermShardRef& shard : list->term_shards) {
    read(*list, shard.terms);
    read(*list, shard.positions);
  }
  CG_CHECK(list->common_count <= list->term_shards.size());
  for (const auto* shards : {&list->page_shards, &list->tail_shards}) {
    for (const PageShardRef& shard : *shards) {
      CG_CHECK(shard.first_page < list->pages.size());
      read(*list, shard.part);
    }
  }
  read(*list, list->words);
  read(*list, list->filters);
  read(*list, list->lengths);
  for (const DictionaryRef& dictionary : list->dictionaries) {
    for (const DictionaryShardRef& shard : dictionary.shards) read(*list, shard.part);
  }
  for (const PageEntry& page : list->pages) {
    CG_CHECK(page.section_count > 0 && page.first_section + page.section_count <= list->section_count);
  }
  return 0;
}
