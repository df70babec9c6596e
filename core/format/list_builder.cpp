#include <algorithm>
#include <span>

#include "format/list.h"
#include "format/list_layout.h"
#include "format/part_table.h"

namespace crossglot {
namespace {

void write_term_shards(ByteWriter& writer, std::span<const TermShardRef> shards) {
  writer.varint(shards.size());
  for (const TermShardRef& shard : shards) {
    writer.string(shard.first_stem);
    write_part(writer, shard.terms);
    write_part(writer, shard.positions);
  }
}

void write_page_shards(ByteWriter& writer, const std::vector<PageShardRef>& shards) {
  writer.varint(shards.size());
  std::uint32_t next = 0;
  for (const PageShardRef& shard : shards) {
    writer.varint(shard.first_page - next);
    next = shard.first_page + 1;
    write_part(writer, shard.part);
  }
}

void write_shards(ByteWriter& writer, const List& list) {
  const std::span<const TermShardRef> shards(list.term_shards);
  write_term_shards(writer, shards.first(list.range_count()));
  write_term_shards(writer, shards.last(list.common_count));
  write_page_shards(writer, list.page_shards);
  write_page_shards(writer, list.tail_shards);
  write_part(writer, list.words);
  write_part(writer, list.filters);
  write_part(writer, list.lengths);
}

void write_dictionaries(ByteWriter& writer, const List& list) {
  writer.varint(list.dictionaries.size());
  for (const DictionaryRef& dictionary : list.dictionaries) {
    writer.string(dictionary.lang);
    writer.varint(dictionary.fold);
    writer.varint(dictionary.shards.size());
    for (const DictionaryShardRef& shard : dictionary.shards) {
      writer.string(shard.first_stem);
      write_part(writer, shard.part);
    }
  }
}

void write_pages(ByteWriter& writer, const List& list) {
  ByteWriter sections, groups, weights, lengths;
  bool weighted = false;
  std::uint32_t next_group = 0;
  for (const PageEntry& page : list.pages) {
    sections.varint(page.section_count);
    CG_CHECK(page.group >= next_group);
    groups.varint(page.group - next_group);
    next_group = page.group + 1;
    weights.u8(page.weight_code);
    weighted = weighted || page.weight_code != 0;
    lengths.u8(page.length_code);
  }
  writer.varint(list.pages.size());
  writer.string(as_text(sections.bytes()));
  writer.string(as_text(groups.bytes()));
  writer.string(weighted ? as_text(weights.bytes()) : std::string_view());
  writer.string(as_text(lengths.bytes()));
}

}  // namespace

Bytes build_list(const List& list, ByteSpan inline_area) {
  ByteWriter writer;
  writer.append(kListMagic);
  writer.u8(kFormatVersion);
  writer.u8(
      static_cast<std::uint8_t>((list.stemmed ? kListStemmed : 0) | (list.dir == "rtl" ? kListRightToLeft : 0)));
  writer.string(list.lang);
  writer.varint(list.section_count);
  writer.varint(list.group_count);
  writer.varint(static_cast<std::uint64_t>(list.average_page_length * kAverageScale + 0.5));
  writer.varint(static_cast<std::uint64_t>(static_cast<double>(list.k1) * kSaturationScale + 0.5));
  write_files(writer, list.files);
  write_shards(writer, list);
  write_dictionaries(writer, list);
  write_pages(writer, list);
  writer.string(as_text(inline_area));
  return writer.take();
}

}  // namespace crossglot
