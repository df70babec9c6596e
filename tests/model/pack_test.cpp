// A pack holds the model that it was written of, in the same bytes every time.
#include <catch_amalgamated.hpp>

#include "base/sha256.h"
#include "build/gzip.h"
#include "build/model/e5s1.h"
#include "build/model/hugging_face.h"
#include "build/model/pack_reader.h"
#include "build/model/pack_writer.h"
#include "build/model/row_order.h"
#include "embed/pack_header.h"
#include "model/samples.h"

namespace crossglot::test {
namespace {

Model sample_model() {
  Result<Model> model = import_e5s1(e5s1_file(), {});
  REQUIRE(model);
  return std::move(*model);
}

std::vector<BundleFile> pack_of(const Model& model, const PackOptions& options = {}) {
  Result<std::vector<BundleFile>> files = write_pack(model, options);
  REQUIRE(files);
  return std::move(*files);
}

PackReader open(const std::vector<BundleFile>& files) {
  Result<PackReader> reader = PackReader::open(reader_of(folder_of(files)));
  REQUIRE(reader);
  return std::move(*reader);
}

template <typename T>
bool equal(std::span<const T> a, std::span<const T> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool equal(const BlockMatrix& a, const BlockMatrix& b) {
  return a.rows == b.rows && a.columns == b.columns && a.encoding == b.encoding && equal(a.scales, b.scales) &&
         equal(a.codes, b.codes);
}

bool equal(const LinearWeights& a, const LinearWeights& b) {
  return equal(a.matrix, b.matrix) && equal(a.bias, b.bias);
}

bool equal(const NormWeights& a, const NormWeights& b) {
  return equal(a.scale, b.scale) && equal(a.shift, b.shift);
}

bool equal(const LayerWeights& a, const LayerWeights& b) {
  return equal(a.query, b.query) && equal(a.key, b.key) && equal(a.value, b.value) &&
         equal(a.attention_output, b.attention_output) && equal(a.attention_norm, b.attention_norm) &&
         equal(a.feed_forward, b.feed_forward) && equal(a.output, b.output) && equal(a.output_norm, b.output_norm);
}

void check_equal(const Model& a, const Model& b) {
  CHECK(a.weights.shape == b.weights.shape);
  CHECK(equal(a.weights.positions, b.weights.positions));
  CHECK(equal(a.weights.type, b.weights.type));
  CHECK(equal(a.weights.embedding_norm, b.weights.embedding_norm));
  REQUIRE(a.weights.layers.size() == b.weights.layers.size());
  for (std::size_t i = 0; i < a.weights.layers.size(); ++i) {
    CHECK(equal(a.weights.layers[i], b.weights.layers[i]));
  }
  CHECK(equal(a.rows, b.rows));
  CHECK(a.tokenizer == b.tokenizer);
  CHECK(a.tokenizer_kind == b.tokenizer_kind);
  CHECK(a.card.name == b.card.name);
  CHECK(a.card.query_prefix == b.card.query_prefix);
  CHECK(a.card.passage_prefix == b.card.passage_prefix);
}

TEST_CASE("a pack holds every number of the model") {
  const Model model = sample_model();
  const Result<Model> read = open(pack_of(model)).read_model();
  REQUIRE(read);
  check_equal(model, *read);
  CHECK(read->order.labels == model.order.labels);
  CHECK(read->order.group_of_piece == model.order.group_of_piece);
}

TEST_CASE("the blocks of an E5S1 file are taken as they are") {
  const Model model = sample_model();
  const BlockMatrix& query = model.weights.layers[0].query.matrix;
  CHECK(model.weights.shape.pieces == 40);  // rows without a piece are left out
  CHECK(model.rows.rows == 40);
  CHECK(query.encoding == BlockEncoding::kInt4);
  CHECK(query.scales.size() == 64 * 2);
  CHECK(model.weights.layers[0].query.bias[3] == sample_value(6, 3));
}

TEST_CASE("importing twice, or with other numbers of threads, gives the same bytes") {
  for (const bool e5s1 : {true, false}) {
    std::vector<Folder> packs;
    for (const unsigned threads : {1u, 1u, 3u}) {
      Result<Model> model = e5s1 ? import_e5s1(e5s1_file(), {})
                                 : import_hugging_face(reader_of(hugging_face_folder()),
                                                       {{"tiny", "", "", "", ""}, {}}, BlockEncoding::kInt8);
      REQUIRE(model);
      PackOptions options;
      options.threads = threads;
      packs.push_back(folder_of(pack_of(*model, options)));
    }
    CHECK(packs[0] == packs[1]);
    CHECK(packs[0] == packs[2]);
  }
}

TEST_CASE("a pack that is imported again is the same pack") {
  const std::vector<BundleFile> files = pack_of(sample_model());
  const Result<Model> read = open(files).read_model();
  REQUIRE(read);
  CHECK(folder_of(pack_of(*read)) == folder_of(files));
}

TEST_CASE("another order of rows changes pages and table, and nothing else") {
  Model model = sample_model();
  const std::vector<BundleFile> files = pack_of(model);
  CountsByLanguage counts;
  counts["en"].resize(model.rows.rows);
  counts["en"][7] = 5;
  counts["en"][20] = 9;
  model.order = order_by_use(model.order, counts, std::vector<std::uint32_t>{0, 2}, 1);
  const std::vector<BundleFile> ordered = pack_of(model);
  const PackReader before = open(files);
  const PackReader after = open(ordered);
  CHECK(after.description().id == before.description().id);
  CHECK(after.description().tokenizer.name == before.description().tokenizer.name);
  CHECK(after.description().rows.name != before.description().rows.name);
  for (std::size_t i = 0; i < before.description().encoder.size(); ++i) {
    CHECK(after.description().encoder[i].name == before.description().encoder[i].name);
  }
  const Result<Model> read = after.read_model();
  REQUIRE(read);
  check_equal(model, *read);
  CHECK(read->order.labels[0] == "first");
  CHECK(read->order.group_of_piece[20] == 0);
  CHECK(read->order.group_of_piece[0] == 0);
  CHECK(read->order.labels[read->order.group_of_piece[7]] == "en");
}

TEST_CASE("pages of scripts that a site does not write are left out, and the others stay") {
  const Model model = sample_model();
  PackOptions options;
  options.languages = {"fr", "ru"};
  const PackReader reader = open(pack_of(model, options));
  const Result<RowTable> table = reader.read_rows();
  REQUIRE(table);
  std::uint64_t present = 0;
  for (const RowGroup& group : table->groups()) {
    const bool kept = group.label == "Zyyy" || group.label == "Latn" || group.label == "Cyrl";
    for (std::uint32_t page = group.first_page; page < group.first_page + group.page_count; ++page) {
      CHECK(table->pages()[page].present() == kept);
      if (!kept) continue;
      ++present;
      CHECK(reader.read_page(*table, page));
    }
  }
  CHECK(present == reader.description().pages);
  CHECK(present < table->pages().size());
  const Result<Model> again = reader.read_model();
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::kInput);
}

TEST_CASE("files are named by their content, and the description counts them") {
  const std::vector<BundleFile> files = pack_of(sample_model());
  REQUIRE(files.back().name == kDescriptionName);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i + 1 < files.size(); ++i) {
    const Result<Bytes> content = gunzip(files[i].bytes, kPackRawBytesMax);
    REQUIRE(content);
    CHECK(files[i].name == hex(sha256(*content)).substr(0, 16) + ".cgm");
    bytes += files[i].bytes.size();
  }
  const PackReader reader = open(files);
  CHECK(reader.description().files == files.size() - 1);
  CHECK(reader.description().bytes == bytes);
}

}  // namespace
}  // namespace crossglot::test
