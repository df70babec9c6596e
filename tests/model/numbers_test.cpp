// Half precision and blocks.
#include <bit>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>

#include "build/model/half.h"
#include "build/model/quantise.h"
#include "embed/block_matrix.h"
#include "model/samples.h"

namespace crossglot::test {
namespace {

TEST_CASE("every finite half precision number survives the way to float and back") {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    if (!is_finite_half(half)) continue;
    if (float_to_half(half_to_float(half)) != half) FAIL("0x" << std::hex << bits);
  }
}

TEST_CASE("known half precision numbers") {
  CHECK(half_to_float(0x3c00) == 1.0F);
  CHECK(half_to_float(0xc000) == -2.0F);
  CHECK(half_to_float(0x7bff) == 65504.0F);
  CHECK(half_to_float(0x0001) == 0x1p-24F);
  CHECK(half_to_float(0x0400) == 0x1p-14F);
  CHECK(std::signbit(half_to_float(0x8000)));
  CHECK(bfloat16_to_float(0x3fc0) == 1.5F);
}

TEST_CASE("floats between two halves round to the nearest, ties to even") {
  CHECK(float_to_half(1.0F + 0x1p-11F) == 0x3c00);
  CHECK(float_to_half(1.0F + 0x1.8p-11F) == 0x3c01);
  CHECK(float_to_half(1.0F + 0x3p-11F) == 0x3c02);
  CHECK(float_to_half(65519.0F) == 0x7bff);
  CHECK(float_to_half(65520.0F) == 0x7c00);
  CHECK(float_to_half(0x1p-25F) == 0x0000);
  CHECK(float_to_half(0x1.8p-25F) == 0x0001);
  CHECK(float_to_half(0x1p-26F) == 0x0000);
  CHECK(float_to_half(std::numeric_limits<float>::infinity()) == 0x7c00);
  CHECK_FALSE(is_finite_half(float_to_half(std::nanf(""))));
}

std::vector<float> sample_row(std::size_t number) {
  std::vector<float> row(64);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = sample_value(number, i);
  return row;
}

TEST_CASE("a block is off by at most half a step") {
  for (const BlockEncoding encoding : {BlockEncoding::kInt8, BlockEncoding::kInt4}) {
    Model model;
    const std::vector<float> row = sample_row(3);
    const Result<BlockMatrix> matrix = quantise(row, 1, 64, encoding, "m", model);
    REQUIRE(matrix);
    std::vector<float> back(64);
    decode_row(*matrix, 0, back.data());
    for (std::size_t i = 0; i < row.size(); ++i) {
      const float step = std::abs(half_to_float(matrix->scales[i / 32]));
      // int4 has seven steps on one side and eight on the other, so the other end of a block may be a whole step off.
      CHECK(std::abs(row[i] - back[i]) <= step * (encoding == BlockEncoding::kInt8 ? 0.56F : 1.0F));
    }
  }
}

TEST_CASE("a block of zeros stays one, and what is no number is an error") {
  Model model;
  const std::vector<float> zeros(32);
  const Result<BlockMatrix> matrix = quantise(zeros, 1, 32, BlockEncoding::kInt8, "m", model);
  REQUIRE(matrix);
  CHECK(matrix->scales[0] == 0);
  for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity(), 3e38F}) {
    std::vector<float> values(32);
    values[5] = bad;
    const Result<BlockMatrix> broken = quantise(values, 1, 32, BlockEncoding::kInt8, "the.tensor", model);
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == ErrorCode::kInput);
    CHECK(broken.error().message.find("the.tensor") == 0);
  }
}

}  // namespace
}  // namespace crossglot::test
