#include "embed/loaded_rows.h"

#include <catch2/catch_amalgamated.hpp>

#include "base/sha256.h"
#include "embed/block_matrix.h"
#include "embed/small_model.h"

using namespace crossglot;
using crossglot::test::SmallModel;

namespace {

constexpr std::uint32_t kHidden = 64;

// Two groups: pieces 0..4 in pages 0 (3 rows) and 1 (2 rows), pieces 5..7 in page 2. `pages` names the bytes of those
// that a test attaches.
RowTableParts table_parts(bool last_page_ships, const std::vector<Bytes>& pages = {}) {
  RowTableParts parts;
  parts.hidden = kHidden;
  parts.groups.resize(2);
  parts.groups[0].label = "first";
  parts.groups[0].page_count = 2;
  parts.groups[1].label = "Thai";
  parts.groups[1].page_count = 1;
  parts.group_of_piece = {0, 0, 0, 0, 0, 1, 1, 1};
  for (std::uint32_t rows : {3U, 2U, 3U}) {
    RowPageEntry& page = parts.pages.emplace_back();
    page.rows = rows;
    page.file.stored_size = 10;
    page.file.raw_size = 100;
    if (parts.pages.size() <= pages.size()) page.file.sha256 = sha256(pages[parts.pages.size() - 1]);
  }
  if (!last_page_ships) parts.pages[2].file = {};
  return parts;
}

LoadedRows make(const std::vector<Bytes>& pages, bool last_page_ships = true) {
  Result<RowTable> table = RowTable::open(build_row_table(table_parts(last_page_ships, pages)));
  REQUIRE(table.ok());
  Result<LoadedRows> rows = LoadedRows::create(std::move(*table), 1);
  REQUIRE(rows.ok());
  return std::move(*rows);
}

std::vector<std::uint32_t> missing(const LoadedRows& rows, const std::vector<std::uint32_t>& pieces) {
  std::vector<std::uint32_t> pages = {99};
  rows.missing(pieces, pages);
  return pages;
}

std::vector<float> row_of(const BlockMatrix& matrix, std::size_t row) {
  std::vector<float> out(kHidden);
  decode_row(matrix, row, out.data());
  return out;
}

}  // namespace

TEST_CASE("a lookup names the pages that are missing, each once, until they are attached") {
  SmallModel model;
  const BlockMatrix page0 = model.matrix(3, kHidden, BlockEncoding::kInt4, 1);
  const BlockMatrix page2 = model.matrix(3, kHidden, BlockEncoding::kInt8, 1);
  LoadedRows rows = make({build_row_page(page0), {}, build_row_page(page2)});
  CHECK(missing(rows, {6, 0, 7, 1, 6}) == std::vector<std::uint32_t>{0, 2});
  std::vector<float> out(kHidden, 5);
  CHECK_FALSE(rows.row(2, out));
  CHECK(out == std::vector<float>(kHidden, 5));
  REQUIRE(rows.attach(2, build_row_page(page2)).ok());
  REQUIRE(rows.attach(0, build_row_page(page0)).ok());
  CHECK(missing(rows, {6, 0, 7, 1, 6}).empty());
  CHECK(missing(rows, {6, 3}) == std::vector<std::uint32_t>{1});
  REQUIRE(rows.row(2, out));
  CHECK(out == row_of(page0, 2));
  REQUIRE(rows.row(6, out));
  CHECK(out == row_of(page2, 1));
}

TEST_CASE("a page of other bytes, with a row too few or of no such number is an error, and the old page stays") {
  SmallModel model;
  const BlockMatrix page = model.matrix(3, kHidden, BlockEncoding::kInt4, 1);
  const Bytes of_two_rows = build_row_page(model.matrix(2, kHidden, BlockEncoding::kInt4, 1));
  LoadedRows rows = make({build_row_page(page), {}, of_two_rows});
  REQUIRE(rows.attach(0, build_row_page(page)).ok());
  Bytes cut = build_row_page(page);
  cut.pop_back();
  CHECK(rows.attach(0, cut).error().code == ErrorCode::kCorrupt);
  CHECK(rows.attach(2, of_two_rows).error().code == ErrorCode::kCorrupt);
  CHECK(rows.attach(3, build_row_page(page)).error().code == ErrorCode::kArgument);
  std::vector<float> out(kHidden);
  REQUIRE(rows.row(1, out));
  CHECK(out == row_of(page, 1));
}

TEST_CASE("pieces on a page that the site leaves out, and pieces of no table, have the row of the unknown piece") {
  SmallModel model;
  const BlockMatrix page = model.matrix(3, kHidden, BlockEncoding::kInt4, 1);
  LoadedRows rows = make({build_row_page(page)}, false);
  CHECK(missing(rows, {6, 4000}) == std::vector<std::uint32_t>{0});
  REQUIRE(rows.attach(0, build_row_page(page)).ok());
  std::vector<float> out(kHidden);
  REQUIRE(rows.row(6, out));
  CHECK(out == row_of(page, 1));
  REQUIRE(rows.row(4000, out));
  CHECK(out == row_of(page, 1));
  Result<RowTable> table = RowTable::open(build_row_table(table_parts(false)));
  REQUIRE(table.ok());
  CHECK(LoadedRows::create(std::move(*table), 6).error().code == ErrorCode::kCorrupt);
}
