#include "format/list.h"

#include <algorithm>

#include "base/hash.h"
#include "format/front_coding.h"
#include "format/list_layout.h"
#include "format/part_header.h"
#include "format/part_table.h"

namespace crossglot {
namespace {

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

// Appends to list.term_shards.
bool read_term_shards(ByteReader& reader, List& list, std::uint32_t& count) {
  count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  const std::size_t before = list.term_shards.size();
  list.term_shards.resize(before + count);
  for (std::size_t i = before; i < list.term_shards.size(); ++i) {
    TermShardRef& shard = list.term_shards[i];
    shard.first_stem = reader.string();
    shard.terms = read_part(reader);
    shard.positions = read_part(reader);
    if (reader.failed() || shard.first_stem.size() > kStringBytesMax || shard.terms.size == 0) return false;
    if (i > before && shard.first_stem <= list.term_shards[i - 1].first_stem) return false;
  }
  return true;
}

bool read_page_shards(ByteReader& reader, std::vector<PageShardRef>& shards) {
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  shards.resize(count);
  std::uint64_t next = 0;
  for (PageShardRef& shard : shards) {
    next += reader.varint32();
    if (next > UINT32_MAX) return false;
    shard.first_page = static_cast<std::uint32_t>(next++);
    shard.part = read_part(reader);
    if (reader.failed() || shard.part.size == 0) return false;
  }
  return true;
}

bool read_shards(ByteReader& reader, List& list) {
  std::uint32_t ranges = 0;
  if (!read_term_shards(reader, list, ranges) || !read_term_shards(reader, list, list.common_count)) return false;
  if (!read_page_shards(reader, list.page_shards) || !read_page_shards(reader, list.tail_shards)) return false;
  list.words = read_part(reader);
  list.filters = read_part(reader);
  list.lengths = read_part(reader);
  return !reader.failed();
}

bool read_dictionaries(ByteReader& reader, List& list) {
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  list.dictionaries.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    DictionaryRef& dictionary = list.dictionaries[i];
    dictionary.lang = reader.string();
    dictionary.fold = reader.varint32();
    const std::uint32_t shards = reader.varint32();
    if (reader.failed() || shards > reader.remaining()) return false;
    dictionary.shards.resize(shards);
    for (std::size_t j = 0; j < shards; ++j) {
      DictionaryShardRef& shard = dictionary.shards[j];
      shard.first_stem = reader.string();
      shard.part = read_part(reader);
      if (reader.failed() || shard.part.size == 0 || shard.first_stem.size() > kStringBytesMax) return false;
      if (j > 0 && shard.first_stem <= dictionary.shards[j - 1].first_stem) return false;
    }
    if (i == 0) continue;
    const DictionaryRef& last = list.dictionaries[i - 1];
    if (dictionary.lang < last.lang || (dictionary.lang == last.lang && dictionary.fold <= last.fold)) return false;
  }
  return !reader.failed();
}

// Four columns of one entry a page. Every page but the first of a shard may share nothing with its neighbours.
bool read_pages(ByteReader& reader, List& list) {
  const std::uint32_t count = reader.varint32();
  ByteReader sections(as_bytes(reader.string()));
  ByteReader groups(as_bytes(reader.string()));
  const ByteSpan weights = as_bytes(reader.string());
  const ByteSpan lengths = as_bytes(reader.string());
  if (reader.failed() || count != lengths.size()) return false;
  if (!weights.empty() && weights.size() != count) return false;
  list.pages.resize(count);
  std::uint64_t first = 0;
  std::uint64_t group = 0;
  for (std::size_t i = 0; i < count; ++i) {
    PageEntry& page = list.pages[i];
    page.first_section = static_cast<std::uint32_t>(first);
    page.section_count = sections.varint32();
    first += page.section_count;
    group += groups.varint32();
    if (page.section_count == 0 || first > list.section_count || group >= list.group_count) return false;
    page.group = static_cast<std::uint32_t>(group++);
    page.weight_code = weights.empty() ? 0 : weights[i];
    page.length_code = lengths[i];
  }
  return sections.finished() && groups.finished() && first == list.section_count;
}

// Shards of pages begin at page 0 and end with the last one.
bool cover_pages(const std::vector<PageShardRef>& shards, const List& list, std::size_t inline_size) {
  if (shards.empty()) return true;
  const auto fits = [&](const PageShardRef& shard) { return part_fits(shard.part, list.files, inline_size); };
  return shards.front().first_page == 0 && shards.back().first_page < list.pages.size() &&
         std::all_of(shards.begin(), shards.end(), fits);
}

bool parts_fit(const List& list, std::size_t inline_size) {
  for (const TermShardRef& shard : list.term_shards) {
    if (!part_fits(shard.terms, list.files, inline_size) || !part_fits(shard.positions, list.files, inline_size))
      return false;
  }
  for (const DictionaryRef& dictionary : list.dictionaries) {
    for (const DictionaryShardRef& shard : dictionary.shards) {
      if (!part_fits(shard.part, list.files, inline_size)) return false;
    }
  }
  if (list.pages.empty() != list.page_shards.empty()) return false;
  if (!cover_pages(list.page_shards, list, inline_size) || !cover_pages(list.tail_shards, list, inline_size)) {
    return false;
  }
  return part_fits(list.words, list.files, inline_size) && part_fits(list.filters, list.files, inline_size) &&
         part_fits(list.lengths, list.files, inline_size);
}

}  // namespace

Result<List> List::open(Bytes bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.take(kListMagic.size())) != kListMagic) return corrupt("this is not a list of an index");
  const std::uint8_t version = reader.u8();
  if (reader.failed()) return corrupt("the list is cut off");
  if (Status status = check_version(version); !status) return status.error();

  List list;
  const std::uint8_t flags = reader.u8();
  list.stemmed = (flags & kListStemmed) != 0;
  list.dir = (flags & kListRightToLeft) != 0 ? "rtl" : "ltr";
  list.lang = reader.string();
  list.section_count = reader.varint32();
  list.group_count = reader.varint32();
  list.average_page_length = static_cast<double>(reader.varint32()) / kAverageScale;
  list.k1 = static_cast<float>(reader.varint32()) / static_cast<float>(kSaturationScale);
  if (reader.failed() || flags > (kListStemmed | kListRightToLeft) || list.section_count > kSectionsMax ||
      list.group_count > kSectionsMax) {
    return corrupt("the list's head is broken");
  }
  if (!read_files(reader, list.files)) return corrupt("the list's files are broken");
  if (!read_shards(reader, list)) return corrupt("the list's shards are broken");
  if (!read_dictionaries(reader, list)) return corrupt("the list's dictionaries are broken");
  if (!read_pages(reader, list)) return corrupt("the list's page table is broken");
  const ByteSpan area = as_bytes(reader.string());
  if (!reader.finished()) return corrupt("the list is cut off or too long");
  if (!parts_fit(list, area.size())) return corrupt("the list names a part outside its file");
  list.inline_area_.assign(area.begin(), area.end());
  return list;
}

FileHash file_hash(const Sha256& digest) {
  FileHash hash;
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

std::uint32_t fold_of_group(std::string_view group, std::uint32_t folds) {
  const std::uint32_t h = fnv1a(group);
  return 1 + (h ^ h >> 16) % folds;
}

ByteSpan List::inline_bytes(const Part& part) const {
  CG_CHECK(part.file == kInlineFile && part.begin <= inline_area_.size() &&
           part.size <= inline_area_.size() - part.begin);
  return ByteSpan(inline_area_).subspan(part.begin, part.size);
}

}  // namespace crossglot
