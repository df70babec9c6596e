// A list of vectors and its shards, fed as files arrive: what is asked for, what is scored, what is refused.
#include <catch_amalgamated.hpp>
#include <limits>

#include "format/vector_shard.h"
#include "vector/int4.h"
#include "vector/numbers.h"
#include "vector/samples.h"
#include "vector/vector_index.h"

namespace crossglot::test {
namespace {

constexpr std::uint32_t kDimensions = 130;
constexpr std::uint32_t kGroups = 20;  // of one unit each, the first one of two rows

// A bundle's vectors of random rows; shards of 7 rows, files of one shard, bits in file 3.
struct Sample {
  Sample() {
    VectorNumbers numbers(1);
    list.model = "m";
    list.dimensions = kDimensions;
    list.group_begin = {0};
    list.unit_begin = {0};
    for (std::uint32_t group = 0; group < kGroups; ++group) {
      list.group_begin.push_back(group + 1);
      list.unit_begin.push_back(group + 2);
    }
    for (const char* lang : {"de", "en"}) {
      VectorLanguage& language = list.languages.emplace_back();
      language.lang = lang;
      language.passage_mean.assign(kDimensions, 0);
      language.query_mean.assign(kDimensions, lang == std::string_view("de") ? 0.02F : 0.0F);
    }
    list.languages[0].exceptions.push_back({3, {kNoSection}});
    for (std::uint32_t row = 0; row < list.row_count(); ++row) {
      rows.push_back(numbers.normals(kDimensions));
      normalise(rows.back());
    }
    for (std::uint32_t first = 0; first < list.row_count(); first += 7) {
      add(list.shards, first, shard(first, std::min(first + 7, list.row_count())));
    }
    ByteWriter bits;
    std::vector<std::uint64_t> words(bit_words(kDimensions));
    for (const std::vector<float>& row : rows) {
      sign_bits(row, words);
      for (const std::uint64_t word : words) {
        bits.u32(static_cast<std::uint32_t>(word));
        bits.u32(static_cast<std::uint32_t>(word >> 32));
      }
    }
    add(list.bit_shards, 0, build_bit_shard(bits.bytes()));
    list.held_out.push_back({"de", {}});
    add(list.held_out[0].shards, 0, shard(0, list.row_count(), true));
  }

  Bytes shard(std::uint32_t first, std::uint32_t end, bool zeros = false) const {
    Bytes nibbles((end - first) * int4_row_bytes(kDimensions));
    std::vector<float> scales;
    for (std::uint32_t row = first; row < end; ++row) {
      const std::span<std::uint8_t> out(nibbles.data() + (row - first) * int4_row_bytes(kDimensions),
                                        int4_row_bytes(kDimensions));
      scales.push_back(quantise_int4(zeros ? std::vector<float>(kDimensions) : rows[row], out));
    }
    return build_vector_shard(nibbles, scales);
  }
  void add(std::vector<VectorShardRef>& refs, std::uint32_t first, Bytes bytes) {
    const auto file = static_cast<std::uint32_t>(files.size());
    const auto size = static_cast<std::uint32_t>(bytes.size());
    refs.push_back({first, {file, 0, size}});
    FileEntry& entry = list.files.emplace_back();
    entry.raw_size = size;
    entry.hash[0] = static_cast<std::uint8_t>(file);
    files.push_back(std::move(bytes));
  }
  std::unique_ptr<VectorIndex> open() const {
    auto index = VectorIndex::open(build_vector_list(list, {}));
    REQUIRE(index);
    return std::move(*index);
  }

  VectorList list;
  std::vector<std::vector<float>> rows;
  std::vector<Bytes> files;
};

}  // namespace

TEST_CASE("a query finds its row when all shards are there, and the better window speaks for its unit") {
  const Sample sample;
  const auto index = sample.open();
  std::vector<float> scores;
  const auto partial = index->score({sample.rows[1], "en"}, scores);
  REQUIRE(partial);
  CHECK_FALSE(*partial);
  CHECK(index->missing() == std::vector<std::uint32_t>{0, 1, 2});
  for (const std::uint32_t file : {0U, 1U, 2U}) REQUIRE(index->attach(file, sample.files[file]));
  index->clear_missing();
  CHECK(*index->score({sample.rows[1], "en"}, scores));
  CHECK(index->missing().empty());
  // Rows 0 and 1 are unit 0.
  CHECK(best_rows(scores, 1).front().row == 0);
  CHECK(scores[0] > 0.98F);
  CHECK(*index->score({sample.rows[20], "en"}, scores));
  CHECK(best_rows(scores, 1).front().row == kGroups - 1);
}

TEST_CASE("a query loses its language's mean, and the mean of all where the language is unknown") {
  const Sample sample;
  const auto index = sample.open();
  for (const std::uint32_t file : {0U, 1U, 2U}) REQUIRE(index->attach(file, sample.files[file]));
  std::vector<float> de, en, other;
  REQUIRE(index->score({sample.rows[5], "de"}, de));
  REQUIRE(index->score({sample.rows[5], "en"}, en));
  REQUIRE(index->score({sample.rows[5], "xx"}, other));
  CHECK(de != en);
  CHECK(other != en);
  CHECK(other != de);
}

TEST_CASE("a draft asks for one-bit codes first, then for the shards of the best rows alone") {
  const Sample sample;
  const auto index = sample.open();
  VectorRequest request{sample.rows[3], "en"};
  request.draft = true;
  std::vector<std::uint8_t> groups(kGroups, 0);
  groups[2] = groups[3] = 1;
  request.groups = groups;
  std::vector<float> scores;
  REQUIRE(index->score(request, scores));
  CHECK(index->missing() == std::vector<std::uint32_t>{3});
  REQUIRE(index->attach(3, sample.files[3]));
  index->clear_missing();
  REQUIRE(index->score(request, scores));
  CHECK(index->missing() == std::vector<std::uint32_t>{0});
  CHECK(scores[2] > 0.9F);
  CHECK(scores[5] == kNoScore);
}

TEST_CASE("held out rows are a table of their own, and asking for one that is not there is an error") {
  const Sample sample;
  const auto index = sample.open();
  for (std::uint32_t file = 0; file < 5; ++file) REQUIRE(index->attach(file, sample.files[file]));
  VectorRequest request{sample.rows[3], "en"};
  request.held_out = "de";
  std::vector<float> scores;
  REQUIRE(index->score(request, scores));
  CHECK(scores == std::vector<float>(kGroups, 0.0F));
  request.held_out = "en";
  CHECK(index->score(request, scores).error().code == ErrorCode::kArgument);
}

TEST_CASE("a vector of another size is refused, one of NaN finds nothing in particular") {
  const Sample sample;
  const auto index = sample.open();
  for (const std::uint32_t file : {0U, 1U, 2U}) REQUIRE(index->attach(file, sample.files[file]));
  std::vector<float> scores;
  CHECK(index->score({std::vector<float>(kDimensions - 1), "en"}, scores).error().code == ErrorCode::kArgument);
  const std::vector<float> broken(kDimensions, std::numeric_limits<float>::quiet_NaN());
  REQUIRE(index->score({broken, "en"}, scores));
  CHECK(scores == std::vector<float>(kGroups, 0.0F));
}

TEST_CASE("a shard that is cut off or of another kind leaves the index as it was") {
  const Sample sample;
  const auto index = sample.open();
  Bytes cut = sample.files[0];
  cut.pop_back();
  CHECK(index->attach(0, cut).error().code == ErrorCode::kCorrupt);
  CHECK(index->attach(0, sample.files[3]).error().code == ErrorCode::kCorrupt);
  CHECK_FALSE(index->attached(0));
  CHECK(index->attach(0, sample.files[0]));
}

TEST_CASE("a unit is the section of its number unless the language says otherwise") {
  const Sample sample;
  const VectorLanguage& german = sample.list.languages[0];
  CHECK(section_of_unit(german, 2, 0) == 0);
  CHECK(section_of_unit(german, 2, 5) == 5);
  CHECK(section_of_unit(german, 3, 0) == kNoSection);
  CHECK(section_of_unit(german, 3, 9) == kNoSection);
}

}  // namespace crossglot::test
