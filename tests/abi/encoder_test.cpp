// The encoder's C interface, from the files of a small pack to a vector.
#include "crossglot/encoder.h"

#include <catch2/catch_amalgamated.hpp>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "embed/encoder.h"
#include "embed/loaded_rows.h"
#include "embed/pack_encoder.h"
#include "embed/small_model.h"
#include "text/tokenizer_builder.h"

using namespace crossglot;
using crossglot::test::SmallModel;

namespace {

constexpr std::uint32_t kPieces = 8;
constexpr std::uint32_t kPageRows = 4;

// Files of a pack whose tokenizer knows "a", "b" and the space, in two pages of rows.
struct SmallPack {
  SmallModel model;
  Bytes tokenizer, table, head, first_layers, last_layer;
  Bytes pages[2];

  SmallPack() {
    TokenizerPieces pieces;
    pieces.pieces = {"",
                     "",
                     "",
                     "",
                     "\xE2\x96\x81",
                     "a",
                     "b",
                     "\xE2\x96\x81"
                     "a"};
    pieces.scores = {0, 0, 0, 0, -1, -2, -3, -1.5F};
    pieces.special = {.unknown = 3, .begin = 0, .end = 2, .padding = 1};
    Result<Bytes> built = build_tokenizer(pieces);
    REQUIRE(built.ok());
    tokenizer = std::move(*built);
    head = build_encoder_file(model.weights());
    first_layers = build_layers_file(model.weights(), 0, 2);
    last_layer = build_layers_file(model.weights(), 2, 1);
    RowTableParts parts;
    parts.hidden = model.weights().shape.hidden;
    parts.groups.resize(1);
    parts.groups[0].label = "all";
    parts.groups[0].page_count = 2;
    parts.group_of_piece.assign(kPieces, 0);
    for (Bytes& page : pages) {
      page = build_row_page(model.matrix(kPageRows, parts.hidden, BlockEncoding::kInt4, 1));
      RowPageEntry& entry = parts.pages.emplace_back();
      entry.rows = kPageRows;
      entry.file.stored_size = 77;
      entry.file.raw_size = static_cast<std::uint32_t>(page.size());
      entry.file.sha256 = sha256(page);
    }
    table = build_row_table(parts);
  }
};

struct Handle {
  cg_encoder* encoder = cg_encoder_new(16);
  ~Handle() { cg_encoder_delete(encoder); }

  ErrorCode add(cg_status (*call)(cg_encoder*, const std::uint8_t*, std::size_t, const std::uint8_t*),
                const Bytes& bytes) const {
    const Sha256 digest = sha256(bytes);
    return static_cast<ErrorCode>(call(encoder, bytes.data(), bytes.size(), digest.data()));
  }
  ErrorCode add_page(std::uint32_t number, const Bytes& page) const {
    return static_cast<ErrorCode>(cg_encoder_add_page(encoder, number, page.data(), page.size()));
  }
  std::vector<std::uint32_t> numbers(cg_status (*call)(cg_encoder*, const char*, std::size_t, cg_numbers*),
                                     std::string_view text) const {
    cg_numbers out{};
    REQUIRE(call(encoder, text.data(), text.size(), &out) == 0);
    return {out.data, out.data + out.size};
  }
  std::string error() const {
    cg_text text{};
    cg_encoder_error(encoder, &text);
    return {text.data, text.size};
  }
  void add_all(const SmallPack& pack) const {
    REQUIRE(add(cg_encoder_add_layers, pack.head) == ErrorCode::kOk);
    REQUIRE(add(cg_encoder_add_rows, pack.table) == ErrorCode::kOk);
    REQUIRE(add(cg_encoder_add_layers, pack.first_layers) == ErrorCode::kOk);
    REQUIRE(add(cg_encoder_add_tokenizer, pack.tokenizer) == ErrorCode::kOk);
    CHECK(cg_encoder_ready(encoder) == 0);
    REQUIRE(add(cg_encoder_add_layers, pack.last_layer) == ErrorCode::kOk);
    REQUIRE(cg_encoder_ready(encoder) == 1);
  }
};

}  // namespace

TEST_CASE("the encoder's files in any order make what the engine makes of the whole model") {
  const SmallPack pack;
  const Handle handle;
  handle.add_all(pack);
  CHECK(cg_encoder_dimensions(handle.encoder) == 64);
  CHECK(handle.numbers(cg_encoder_pieces, "a b") == std::vector<std::uint32_t>{0, 7, 4, 6, 2});
  CHECK(handle.numbers(cg_encoder_needs, "a b") == std::vector<std::uint32_t>{0, 1});
  const float* vector = nullptr;
  const std::int8_t* bytes = nullptr;
  CHECK(cg_encode(handle.encoder, "a b", 3, &vector, &bytes) == static_cast<cg_status>(ErrorCode::kMissing));
  CHECK_FALSE(handle.error().empty());
  REQUIRE(handle.add_page(1, pack.pages[1]) == ErrorCode::kOk);
  CHECK(handle.numbers(cg_encoder_needs, "a b") == std::vector<std::uint32_t>{0});
  REQUIRE(handle.add_page(0, pack.pages[0]) == ErrorCode::kOk);
  CHECK(handle.numbers(cg_encoder_needs, "a b").empty());
  REQUIRE(cg_encode(handle.encoder, "a b", 3, &vector, &bytes) == 0);

  Result<RowTable> table = RowTable::open(pack.table);
  REQUIRE(table.ok());
  Result<LoadedRows> rows = LoadedRows::create(std::move(*table), 3);
  REQUIRE(rows.ok());
  REQUIRE((rows->attach(0, pack.pages[0]).ok() && rows->attach(1, pack.pages[1]).ok()));
  Result<Encoder> encoder = Encoder::create(pack.model.weights());
  REQUIRE(encoder.ok());
  EncoderWorkspace workspace(*encoder, 16);
  std::vector<float> expected(64);
  REQUIRE(encoder->encode(*rows, std::vector<std::uint32_t>{0, 7, 4, 6, 2}, workspace, expected).ok());
  CHECK(std::vector<float>(vector, vector + 64) == expected);
  std::vector<std::int8_t> small(64);
  quantise_vector(expected, small);
  CHECK(std::vector<std::int8_t>(bytes, bytes + 64) == small);
}

TEST_CASE("long texts are cut, and empty ones, broken UTF-8 and unknown letters have a vector too") {
  const SmallPack pack;
  const Handle handle;
  handle.add_all(pack);
  REQUIRE(
      (handle.add_page(0, pack.pages[0]) == ErrorCode::kOk && handle.add_page(1, pack.pages[1]) == ErrorCode::kOk));
  const std::vector<std::uint32_t> pieces = handle.numbers(cg_encoder_pieces, std::string(1 << 20, 'b'));
  CHECK(pieces.size() == 16);
  CHECK(pieces.back() == 2);
  for (std::string_view text : {"", "\xff\xfe", "\xF0\x9F\x98\x80", "\xED\xA0\x80", "xyz"}) {
    const float* vector = nullptr;
    CHECK(cg_encode(handle.encoder, text.data(), text.size(), &vector, nullptr) == 0);
  }
}

TEST_CASE("files with another hash, out of order or broken are errors, and the right ones still go in") {
  SmallPack pack;
  const Handle handle;
  const Sha256 other{};
  CHECK(cg_encoder_add_layers(handle.encoder, pack.head.data(), pack.head.size(), other.data()) ==
        static_cast<cg_status>(ErrorCode::kCorrupt));
  CHECK(handle.error().find("model.json") != std::string::npos);
  CHECK(handle.add(cg_encoder_add_layers, pack.first_layers) == ErrorCode::kCorrupt);
  CHECK(handle.add(cg_encoder_add_rows, pack.tokenizer) == ErrorCode::kCorrupt);
  CHECK(handle.add(cg_encoder_add_tokenizer, pack.table) == ErrorCode::kCorrupt);
  handle.add_all(pack);
  CHECK(handle.add_page(0, pack.pages[1]) == ErrorCode::kCorrupt);
  CHECK(handle.add_page(2, pack.pages[1]) == ErrorCode::kArgument);
  CHECK(handle.add_page(0, pack.pages[0]) == ErrorCode::kOk);
  cg_text name{};
  CHECK(cg_encoder_page_count(handle.encoder) == 2);
  CHECK(cg_encoder_page_file(handle.encoder, 0, &name) == 77);
  CHECK(std::string_view(name.data, name.size).ends_with(".cgm"));
  CHECK(cg_encoder_page_file(handle.encoder, 2, &name) == 0);
}

TEST_CASE("rows of another size than the encoder's are corrupt, whichever comes first") {
  const SmallPack pack;
  RowTableParts parts;
  parts.hidden = 2 * pack.model.weights().shape.hidden;
  parts.groups.resize(1);
  parts.groups[0].page_count = 1;
  parts.group_of_piece.assign(kPieces, 0);
  RowPageEntry& entry = parts.pages.emplace_back();
  entry.rows = kPieces;
  entry.file.stored_size = 1;
  entry.file.raw_size = 1;
  const Bytes wide = build_row_table(parts);
  const Handle encoder_first;
  REQUIRE(encoder_first.add(cg_encoder_add_layers, pack.head) == ErrorCode::kOk);
  CHECK(encoder_first.add(cg_encoder_add_rows, wide) == ErrorCode::kCorrupt);
  CHECK(encoder_first.add(cg_encoder_add_rows, pack.table) == ErrorCode::kOk);
  const Handle rows_first;
  REQUIRE(rows_first.add(cg_encoder_add_rows, wide) == ErrorCode::kOk);
  CHECK(rows_first.add(cg_encoder_add_layers, pack.head) == ErrorCode::kCorrupt);
}

TEST_CASE("the encoder says its version and which kernels it runs") {
  const Handle handle;
  CHECK(cg_encoder_abi_version() == CG_ENCODER_ABI_VERSION);
  cg_text name{};
  cg_encoder_kernels(handle.encoder, &name);
  CHECK(std::string_view(name.data, name.size) == active().name);
  void* memory = cg_encoder_alloc(64);
  REQUIRE(memory != nullptr);
  cg_encoder_free(memory);
}
