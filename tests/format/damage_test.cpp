// Bytes are hostile until open() returns: cut anywhere, with any byte flipped, a part is an error or a valid answer,
// and no reader leaves its bytes (the sanitizers of the `asan` preset watch).
#include <catch_amalgamated.hpp>
#include <functional>
#include <limits>

#include "format/samples.h"

namespace crossglot::test {
namespace {

// Opens and reads everything there is; the result's error code, or kOk.
using ReadAll = std::function<ErrorCode(const Bytes&)>;

ErrorCode read_terms(const Bytes& bytes) {
  const Result<TermShard> shard = TermShard::open(bytes, kSampleSections);
  if (!shard) return shard.error().code;
  std::vector<Posting> postings;
  for (const TermGroup& group : shard->groups()) {
    for (const Term& term : group.terms) {
      if (Status status = shard->read_postings(term, postings); !status) return status.error().code;
    }
  }
  return ErrorCode::kOk;
}

ErrorCode read_positions(const Bytes& bytes) {
  const Result<PositionShard> shard = PositionShard::open(bytes, sample_posting_counts(), sample_codes());
  if (!shard) return shard.error().code;
  std::vector<std::uint32_t> positions, ends;
  for (std::size_t term = 0; term < sample_posting_counts().size(); ++term) {
    if (Status status = shard->read(term, positions, ends); !status) return status.error().code;
  }
  return ErrorCode::kOk;
}

ErrorCode read_pages(const Bytes& bytes) {
  const Result<PageShard> shard = PageShard::open(bytes);
  if (!shard) return shard.error().code;
  std::size_t size = 0;
  for (std::size_t i = 0; i < shard->page_count(); ++i) {
    for (const SectionText& section : shard->page(i).sections) size += std::string(section.text).size();
  }
  return size <= bytes.size() ? ErrorCode::kOk : ErrorCode::kArgument;
}

ErrorCode read_tails(const Bytes& bytes) {
  const Result<TailShard> shard = TailShard::open(bytes, sample_tails().size());
  return shard ? ErrorCode::kOk : shard.error().code;
}

ErrorCode read_words(const Bytes& bytes) {
  const Result<WordList> list = WordList::open(bytes);
  return list ? ErrorCode::kOk : list.error().code;
}

ErrorCode read_filters(const Bytes& bytes) {
  const Result<FilterTable> table = FilterTable::open(bytes, kSamplePages);
  return table ? ErrorCode::kOk : table.error().code;
}

ErrorCode read_dictionary(const Bytes& bytes) {
  const Result<DictionaryShard> shard = DictionaryShard::open(bytes);
  if (!shard) return shard.error().code;
  for (std::size_t i = 0; i < shard->sources().size(); ++i) {
    for (const TranslatedStem& translation : shard->translations(i)) {
      if (shard->target(translation.target).size() > bytes.size()) return ErrorCode::kArgument;
    }
  }
  return ErrorCode::kOk;
}

ErrorCode read_lengths(const Bytes& bytes) {
  const Result<SectionLengths> lengths = SectionLengths::open(bytes, 3);
  return lengths ? ErrorCode::kOk : lengths.error().code;
}

ErrorCode read_list(const Bytes& bytes) {
  const Result<List> list = List::open(bytes);
  if (!list) return list.error().code;
  if (list->words.size > 0 && list->words.file == kInlineFile) list->inline_bytes(list->words);
  for (const PageShardRef& shard : list->page_shards) {
    if (shard.part.file == kInlineFile) list->inline_bytes(shard.part);
  }
  return ErrorCode::kOk;
}

ErrorCode read_vector_list(const Bytes& bytes) {
  const Result<VectorList> list = VectorList::open(bytes);
  if (!list) return list.error().code;
  for (const VectorShardRef& shard : list->shards) {
    if (shard.part.file == kInlineFile) list->inline_bytes(shard.part);
  }
  for (std::uint32_t group = 0; group < list->group_count(); ++group) {
    for (const VectorLanguage& language : list->languages) section_of_unit(language, group, 0);
    if (list->unit_begin[list->group_begin[group + 1]] > list->row_count()) return ErrorCode::kArgument;
  }
  return ErrorCode::kOk;
}

ErrorCode read_vectors(const Bytes& bytes) {
  const Result<VectorShard> shard = VectorShard::open(bytes, 3, kSampleDimensions);
  return shard ? ErrorCode::kOk : shard.error().code;
}

ErrorCode read_bits(const Bytes& bytes) {
  const Result<BitShard> shard = BitShard::open(bytes, 3, kSampleDimensions);
  return shard ? ErrorCode::kOk : shard.error().code;
}

struct Kind {
  const char* name;
  Bytes bytes;
  std::size_t version_at;
  ReadAll read;
};

std::vector<Kind> kinds() {
  return {
      {"terms", build_term_shard(sample_groups()), 1, read_terms},
      {"positions", build_position_shard(sample_positions(), sample_codes()), 1, read_positions},
      {"pages", build_page_shard(sample_pages()), 1, read_pages},
      {"tails", build_tail_shard(sample_tails()), 1, read_tails},
      {"words", build_word_list(sample_words()), 1, read_words},
      {"filters", build_filter_table(sample_filters()), 1, read_filters},
      {"dictionary", build_dictionary_shard(sample_dictionary()), 1, read_dictionary},
      {"lengths", build_section_lengths(std::vector<std::uint64_t>{3, 0, 90}), 1, read_lengths},
      {"vectors", sample_vector_shard(3), 1, read_vectors},
      {"bits", build_bit_shard(Bytes(3 * bit_row_bytes(kSampleDimensions), 9)), 1, read_bits},
      {"vector list", build_vector_list(sample_vectors(), sample_vector_area()), 4, read_vector_list},
      {"list", build_list(sample_list(), sample_inline_area()), 4, read_list},
  };
}

TEST_CASE("a part cut off at any byte is corrupt") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    REQUIRE(kind.read(kind.bytes) == ErrorCode::kOk);
    for (std::size_t size = 0; size < kind.bytes.size(); ++size) {
      CAPTURE(size);
      CHECK(kind.read(Bytes(kind.bytes.begin(), kind.bytes.begin() + static_cast<std::ptrdiff_t>(size))) ==
            ErrorCode::kCorrupt);
    }
  }
}

TEST_CASE("a part with a byte behind its end is corrupt") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    Bytes longer = kind.bytes;
    longer.push_back(0);
    CHECK(kind.read(longer) == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a part with any byte changed to any value is an error of its own or still readable") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    std::size_t rejected = 0;
    for (std::size_t at = 0; at < kind.bytes.size(); ++at) {
      Bytes changed = kind.bytes;
      for (int value = 0; value < 256; ++value) {
        changed[at] = static_cast<std::uint8_t>(value);
        const ErrorCode code = kind.read(changed);
        const bool expected = code == ErrorCode::kOk || code == ErrorCode::kCorrupt ||
                              (at == kind.version_at && (code == ErrorCode::kTooNew || code == ErrorCode::kTooOld));
        if (!expected) FAIL_CHECK("byte " << at << " value " << value << " gives " << static_cast<int>(code));
        rejected += code == ErrorCode::kOk ? 0 : 1;
      }
    }
    CHECK(rejected > kind.bytes.size());
  }
}

TEST_CASE("newer and older versions are told apart from corruption") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    Bytes other = kind.bytes;
    other[kind.version_at] = kFormatVersion + 1;
    CHECK(kind.read(other) == ErrorCode::kTooNew);
    other[kind.version_at] = kFormatVersion - 1;
    CHECK(kind.read(other) == ErrorCode::kTooOld);
  }
}

TEST_CASE("a part of one kind is not read as another") {
  for (const Kind& kind : kinds()) {
    for (const Kind& other : kinds()) {
      if (kind.name == std::string_view(other.name)) continue;
      CAPTURE(kind.name, other.name);
      CHECK(kind.read(other.bytes) == ErrorCode::kCorrupt);
    }
  }
}

TEST_CASE("a list that names a part outside its file is corrupt") {
  const auto code_of = [](const List& list) { return read_list(build_list(list, sample_inline_area())); };
  REQUIRE(code_of(sample_list()) == ErrorCode::kOk);
  List list = sample_list();
  list.term_shards[1].terms.size += 1;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.page_shards[1].part.begin = UINT32_MAX;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.term_shards[2].terms.size = 3000;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.tail_shards[1].part.size = 100;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.words.file = 2;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.files[0].raw_size = kRawBytesMax + 1;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
}

TEST_CASE("a list whose page table contradicts its counts is corrupt") {
  const auto code_of = [](const List& list) { return read_list(build_list(list, sample_inline_area())); };
  List list = sample_list();
  list.section_count = 7;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.group_count = 9;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.pages[2].section_count = 0;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.page_shards[1].first_page = 3;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.tail_shards[1].first_page = 3;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.tail_shards.erase(list.tail_shards.begin());
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_list();
  list.page_shards.clear();
  CHECK(code_of(list) == ErrorCode::kCorrupt);
}

TEST_CASE("a list that asks for more memory than any index has is corrupt") {
  List list = sample_list();
  list.group_count = kSectionsMax + 1;
  CHECK(read_list(build_list(list, sample_inline_area())) == ErrorCode::kCorrupt);
  list = sample_list();
  list.section_count = 0xffffffff;
  list.pages.back().section_count = list.section_count - list.pages.back().first_section;
  CHECK(read_list(build_list(list, sample_inline_area())) == ErrorCode::kCorrupt);
}

TEST_CASE("a list of vectors that contradicts itself is corrupt") {
  const auto code_of = [](const VectorList& list) {
    return read_vector_list(build_vector_list(list, sample_vector_area()));
  };
  REQUIRE(code_of(sample_vectors()) == ErrorCode::kOk);
  VectorList list = sample_vectors();
  list.shards[1].first_row = 5;  // the shards are not as long as their rows
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.shards[0].first_row = 1;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.shards.pop_back();
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.shards.clear();
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.held_out[0].shards[0].part.begin = 900;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.languages[1].query_mean[2] = std::numeric_limits<float>::infinity();
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.languages[1].lang = "de";
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.languages[0].exceptions[1].group = 2;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.unit_begin.back() = kVectorRowsMax + 1;
  CHECK(code_of(list) == ErrorCode::kCorrupt);
  list = sample_vectors();
  list.bit_shards.clear();
  CHECK(code_of(list) == ErrorCode::kOk);
}

TEST_CASE("a scale that is no number, below 0 or that no row of length 1 has, is corrupt") {
  const Bytes nibbles(vector_row_bytes(kSampleDimensions));
  for (const float scale :
       {-1.0F, 1.5F, 3e38F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    const Bytes bytes = build_vector_shard(nibbles, std::vector<float>{scale});
    CHECK(VectorShard::open(bytes, 1, kSampleDimensions).error().code == ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace crossglot::test
