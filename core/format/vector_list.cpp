#include "format/vector_list.h"

#include <algorithm>
#include <bit>

#include "format/list_layout.h"
#include "format/part_header.h"
#include "format/part_table.h"
#include "format/vector_shard.h"

namespace crossglot {
namespace {

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

// False where a number is not finite.
bool read_floats(ByteReader& reader, std::size_t count, std::vector<float>& numbers) {
  if (reader.remaining() / 4 < count) return false;
  numbers.resize(count);
  for (float& x : numbers) {
    x = std::bit_cast<float>(reader.u32());
    if (x - x != 0) return false;
  }
  return true;
}

// Numbers of things per owner, as where each owner's things begin.
bool read_counts(ByteReader& reader, std::size_t owners, std::uint32_t least, std::vector<std::uint32_t>& begin) {
  begin.assign(1, 0);
  begin.reserve(owners + 1);
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < owners; ++i) {
    next += std::uint64_t{reader.varint32()} + least;
    if (reader.failed() || next > kVectorRowsMax) return false;
    begin.push_back(static_cast<std::uint32_t>(next));
  }
  return reader.finished();
}

bool read_tables(ByteReader& reader, VectorList& list) {
  const std::uint32_t groups = reader.varint32();
  ByteReader units(as_bytes(reader.string()));
  if (reader.failed() || groups > units.remaining()) return false;
  if (!read_counts(units, groups, 0, list.group_begin)) return false;
  const std::uint32_t count = list.group_begin.back();
  ByteReader rows(as_bytes(reader.string()));
  if (reader.failed() || count > rows.remaining()) return false;
  return read_counts(rows, count, 1, list.unit_begin);
}

bool read_exceptions(ByteReader& reader, const VectorList& list, std::vector<UnitSections>& exceptions) {
  std::uint64_t group = 0;
  while (reader.remaining() > 0) {
    group += reader.varint32();
    if (reader.failed() || group >= list.group_count()) return false;
    UnitSections& exception = exceptions.emplace_back();
    exception.group = static_cast<std::uint32_t>(group);
    const std::uint32_t units = list.group_begin[group + 1] - list.group_begin[group];
    ++group;
    for (std::uint32_t i = 0; i < units; ++i) {
      const std::uint32_t section = reader.varint32();
      exception.sections.push_back(section == 0 ? kNoSection : section - 1);
    }
  }
  return reader.finished();
}

bool read_languages(ByteReader& reader, VectorList& list) {
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    VectorLanguage& language = list.languages.emplace_back();
    language.lang = reader.string();
    const std::uint8_t source = reader.u8();
    language.source = static_cast<MeanSource>(source);
    language.passage_count = reader.varint32();
    language.query_count = reader.varint32();
    if (reader.failed() || source > static_cast<std::uint8_t>(MeanSource::kBlend) || language.lang.empty())
      return false;
    if (i > 0 && language.lang <= list.languages[i - 1].lang) return false;
    if (!read_floats(reader, list.dimensions, language.passage_mean)) return false;
    if (!read_floats(reader, list.dimensions, language.query_mean)) return false;
    ByteReader exceptions(as_bytes(reader.string()));
    if (reader.failed() || !read_exceptions(exceptions, list, language.exceptions)) return false;
  }
  return true;
}

bool read_shards(ByteReader& reader, const VectorList& list, bool may_lack, std::vector<VectorShardRef>& shards) {
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    next += reader.varint32();
    VectorShardRef& shard = shards.emplace_back();
    shard.first_row = static_cast<std::uint32_t>(next++);
    shard.part = read_part(reader);
    if (reader.failed() || shard.part.size == 0 || next > list.row_count()) return false;
  }
  if (shards.empty()) return may_lack || list.row_count() == 0;
  return shards.front().first_row == 0;
}

bool read_all_shards(ByteReader& reader, VectorList& list) {
  if (!read_shards(reader, list, false, list.shards) || !read_shards(reader, list, true, list.bit_shards))
    return false;
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    HeldOutVectors& held_out = list.held_out.emplace_back();
    held_out.lang = reader.string();
    if (i > 0 && held_out.lang <= list.held_out[i - 1].lang) return false;
    if (!read_shards(reader, list, false, held_out.shards)) return false;
  }
  return true;
}

// A shard is as long as its rows are: so nothing larger than the files is made room for.
bool shards_fit(const VectorList& list, const std::vector<VectorShardRef>& shards, std::size_t row_bytes,
                std::size_t inline_size) {
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const std::size_t rows = list.shard_end(shards, i) - shards[i].first_row;
    if (shards[i].part.size != kPartHeaderBytes + rows * row_bytes) return false;
    if (!part_fits(shards[i].part, list.files, inline_size)) return false;
  }
  return true;
}

bool parts_fit(const VectorList& list, std::size_t inline_size) {
  const std::size_t row_bytes = vector_row_bytes(list.dimensions) + 4;
  for (const HeldOutVectors& held_out : list.held_out) {
    if (!shards_fit(list, held_out.shards, row_bytes, inline_size)) return false;
  }
  return shards_fit(list, list.shards, row_bytes, inline_size) &&
         shards_fit(list, list.bit_shards, bit_row_bytes(list.dimensions), inline_size);
}

}  // namespace

Result<VectorList> VectorList::open(Bytes bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.take(kVectorListMagic.size())) != kVectorListMagic) {
    return corrupt("this is not a list of vectors");
  }
  const std::uint8_t version = reader.u8();
  if (reader.failed()) return corrupt("the list of vectors is cut off");
  if (Status status = check_version(version); !status) return status.error();
  VectorList list;
  list.model = reader.string();
  list.dimensions = reader.varint32();
  if (reader.failed() || list.dimensions == 0 || list.dimensions > kVectorDimensionsMax) {
    return corrupt("the head of the list of vectors is broken");
  }
  if (!read_files(reader, list.files)) return corrupt("the files of the list of vectors are broken");
  if (!read_tables(reader, list)) return corrupt("the units of the list of vectors are broken");
  if (!read_languages(reader, list)) return corrupt("the languages of the list of vectors are broken");
  if (!read_all_shards(reader, list)) return corrupt("the shards of the list of vectors are broken");
  const ByteSpan area = as_bytes(reader.string());
  if (!reader.finished()) return corrupt("the list of vectors is cut off or too long");
  if (!parts_fit(list, area.size())) return corrupt("the list of vectors names a part outside its file");
  list.inline_area_.assign(area.begin(), area.end());
  return list;
}

const VectorLanguage* VectorList::find_language(std::string_view lang) const {
  const auto found = std::find_if(languages.begin(), languages.end(),
                                  [&](const VectorLanguage& language) { return language.lang == lang; });
  return found == languages.end() ? nullptr : &*found;
}

ByteSpan VectorList::inline_bytes(const Part& part) const {
  CG_CHECK(part.file == kInlineFile && part.begin <= inline_area_.size() &&
           part.size <= inline_area_.size() - part.begin);
  return ByteSpan(inline_area_).subspan(part.begin, part.size);
}

std::uint32_t section_of_unit(const VectorLanguage& language, std::uint32_t group, std::uint32_t unit) {
  const auto& exceptions = language.exceptions;
  const auto found =
      std::lower_bound(exceptions.begin(), exceptions.end(), group,
                       [](const UnitSections& exception, std::uint32_t number) { return exception.group < number; });
  if (found == exceptions.end() || found->group != group) return unit;
  return unit < found->sections.size() ? found->sections[unit] : kNoSection;
}

}  // namespace crossglot
