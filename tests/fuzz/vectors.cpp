#include "format/vector_list.h"
#include "format/vector_shard.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<VectorList> list = VectorList::open(Bytes(data, data + size));
  if (!list) return 0;
  CG_CHECK(list->group_begin.back() == list->unit_count() && list->row_count() <= kVectorRowsMax);
  const auto rows_of = [&](const std::vector<VectorShardRef>& shards, std::size_t shard) {
    CG_CHECK(shards[shard].first_row < list->shard_end(shards, shard));
    return list->shard_end(shards, shard) - shards[shard].first_row;
  };
  for (std::size_t i = 0; i < list->shards.size(); ++i) {
    const std::uint32_t rows = rows_of(list->shards, i);
    if (list->shards[i].part.file != kInlineFile) continue;
    const auto shard = VectorShard::open(list->inline_bytes(list->shards[i].part), rows, list->dimensions);
    if (shard) CG_CHECK(shard->scales.size() == rows);
  }
  for (std::size_t i = 0; i < list->bit_shards.size(); ++i) {
    const std::uint32_t rows = rows_of(list->bit_shards, i);
    if (list->bit_shards[i].part.file != kInlineFile) continue;
    (void)BitShard::open(list->inline_bytes(list->bit_shards[i].part), rows, list->dimensions);
  }
  for (const VectorLanguage& language : list->languages) {
    CG_CHECK(language.passage_mean.size() == list->dimensions && language.query_mean.size() == list->dimensions);
    for (const UnitSections& exception : language.exceptions) CG_CHECK(exception.group < list->group_count());
  }
  return 0;
}
