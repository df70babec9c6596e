// MODEL.md says what the code does: its limits, its worked example.
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "build/model/description.h"
#include "build/model/quantise.h"
#include "embed/pack_encoder.h"
#include "embed/pack_header.h"
#include "embed/pack_rows.h"

namespace crossglot::test {
namespace {

std::string model_document() {
  std::ifstream file(std::string(CROSSGLOT_TESTS_DIR) + "/../core/format/MODEL.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

// Each line: pairs of hexadecimal digits with one space between; two spaces end them.
Bytes worked_example() {
  const std::string document = model_document();
  std::size_t at = document.find("```hex\n", document.find("## Worked example"));
  REQUIRE(at != std::string::npos);
  Bytes bytes;
  for (at = document.find('\n', at) + 1; document.compare(at, 3, "```") != 0; at = document.find('\n', at) + 1) {
    const std::size_t end = std::min(document.find('\n', at), document.find("  ", at));
    for (std::size_t i = at; i + 1 < end; i += 3) {
      bytes.push_back(static_cast<std::uint8_t>(std::strtoul(document.substr(i, 2).c_str(), nullptr, 16)));
    }
  }
  return bytes;
}

// The number in the row "| name | number |" of the document's limits.
std::uint32_t limit(const std::string& name) {
  static const std::string document = model_document();
  const std::string row = "\n| " + name + " | ";
  const std::size_t at = document.find(row, document.find("| limit |"));
  INFO(name);
  REQUIRE(at != std::string::npos);
  return static_cast<std::uint32_t>(std::strtoul(document.c_str() + at + row.size(), nullptr, 10));
}

RowPageEntry entry(std::uint32_t rows, bool present, std::uint8_t digest) {
  RowPageEntry page;
  page.rows = rows;
  page.file.stored_size = present ? 60 : 0;
  page.file.raw_size = present ? 45 : 0;
  page.file.sha256.fill(digest);
  return page;
}

TEST_CASE("the worked example in MODEL.md is what the builders write") {
  RowTableParts table;
  table.hidden = 32;
  table.groups = {{"first", 0, 0, 1}, {"Latn", 0, 0, 2}};
  table.pages = {entry(2, true, 0x11), entry(2, true, 0x22), entry(1, false, 0x33)};
  table.group_of_piece = {0, 1, 1, 0, 1};
  Bytes expected = build_row_table(table);
  REQUIRE(RowTable::open(expected));

  Model model;
  std::vector<float> weights(32);
  for (int i = 0; i < 32; ++i) weights[static_cast<std::size_t>(i)] = 0.5F * static_cast<float>((i + 8) % 16 - 8);
  const Result<BlockMatrix> row = quantise(weights, 1, 32, BlockEncoding::kInt4, "row", model);
  REQUIRE(row);
  const Bytes page = build_row_page(*row);
  expected.insert(expected.end(), page.begin(), page.end());
  CHECK(worked_example() == expected);
}

TEST_CASE("the limits in MODEL.md are those of the readers") {
  CHECK(limit("inflated bytes of a file") == kPackRawBytesMax);
  CHECK(limit("groups") == kRowGroupsMax);
  CHECK(limit("pages") == kRowPagesMax);
  CHECK(limit("rows of a page") == kPageRowsMax);
  CHECK(limit("bytes of `model.json`") == kDescriptionBytesMax);
  EncoderShape largest;
  largest.layers = limit("layers");
  largest.hidden = limit("hidden");
  largest.heads = limit("heads");
  largest.feed_forward = limit("feed_forward");
  largest.positions = limit("positions");
  largest.pieces = limit("pieces");
  largest.layer_norm_epsilon = 1e-12F;
  CHECK(check_shape(largest));
  for (std::uint32_t EncoderShape::* field :
       {&EncoderShape::layers, &EncoderShape::hidden, &EncoderShape::heads, &EncoderShape::feed_forward,
        &EncoderShape::positions, &EncoderShape::pieces}) {
    EncoderShape larger = largest;
    larger.*field *= 2;
    CHECK_FALSE(check_shape(larger));
  }
}

}  // namespace
}  // namespace crossglot::test
