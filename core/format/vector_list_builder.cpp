#include <bit>
#include <span>

#include "format/list_layout.h"
#include "format/part_header.h"
#include "format/part_table.h"
#include "format/vector_list.h"

namespace crossglot {
namespace {

void write_floats(ByteWriter& writer, std::span<const float> numbers) {
  for (const float x : numbers) writer.u32(std::bit_cast<std::uint32_t>(x));
}

void write_counts(ByteWriter& writer, std::span<const std::uint32_t> begin, std::uint32_t least) {
  ByteWriter counts;
  for (std::size_t i = 0; i + 1 < begin.size(); ++i) {
    CG_CHECK(begin[i + 1] >= begin[i] + least);
    counts.varint(begin[i + 1] - begin[i] - least);
  }
  writer.string(as_text(counts.bytes()));
}

void write_exceptions(ByteWriter& writer, const std::vector<UnitSections>& exceptions) {
  ByteWriter out;
  std::uint32_t next = 0;
  for (const UnitSections& exception : exceptions) {
    CG_CHECK(exception.group >= next);
    out.varint(exception.group - next);
    next = exception.group + 1;
    for (const std::uint32_t section : exception.sections) {
      out.varint(section == kNoSection ? 0 : std::uint64_t{section} + 1);
    }
  }
  writer.string(as_text(out.bytes()));
}

void write_shards(ByteWriter& writer, const std::vector<VectorShardRef>& shards) {
  writer.varint(shards.size());
  std::uint32_t next = 0;
  for (const VectorShardRef& shard : shards) {
    writer.varint(shard.first_row - next);
    next = shard.first_row + 1;
    write_part(writer, shard.part);
  }
}

}  // namespace

Bytes build_vector_list(const VectorList& list, ByteSpan inline_area) {
  ByteWriter writer;
  writer.append(kVectorListMagic);
  writer.u8(kFormatVersion);
  writer.string(list.model);
  writer.varint(list.dimensions);
  write_files(writer, list.files);
  writer.varint(list.group_count());
  write_counts(writer, list.group_begin, 0);
  write_counts(writer, list.unit_begin, 1);
  writer.varint(list.languages.size());
  for (const VectorLanguage& language : list.languages) {
    CG_CHECK(language.passage_mean.size() == list.dimensions && language.query_mean.size() == list.dimensions);
    writer.string(language.lang);
    writer.u8(static_cast<std::uint8_t>(language.source));
    writer.varint(language.passage_count);
    writer.varint(language.query_count);
    write_floats(writer, language.passage_mean);
    write_floats(writer, language.query_mean);
    write_exceptions(writer, language.exceptions);
  }
  write_shards(writer, list.shards);
  write_shards(writer, list.bit_shards);
  writer.varint(list.held_out.size());
  for (const HeldOutVectors& held_out : list.held_out) {
    writer.string(held_out.lang);
    write_shards(writer, held_out.shards);
  }
  writer.string(as_text(inline_area));
  return writer.take();
}

}  // namespace crossglot
