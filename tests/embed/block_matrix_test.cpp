#include "embed/block_matrix.h"

#include <catch2/catch_amalgamated.hpp>
#include <cmath>
#include <vector>

#include "embed/packed_linear.h"
#include "embed/small_model.h"

using namespace crossglot;
using crossglot::test::SmallModel;

TEST_CASE("every finite float16 becomes the float of the same value") {
  for (std::uint32_t bits = 0; bits < 0x8000; ++bits) {
    const int exponent = static_cast<int>(bits >> 10);
    const int fraction = static_cast<int>(bits & 1023);
    if (exponent == 31) break;
    const double value = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    if (half_to_float(static_cast<std::uint16_t>(bits)) != value ||
        half_to_float(static_cast<std::uint16_t>(bits | 0x8000)) != -value) {
      FAIL("float16 bits " << bits);
    }
  }
  CHECK(std::signbit(half_to_float(0x8000)));
}

TEST_CASE("an int4 block holds weight i low and weight i + 16 high, and an int8 block a byte a weight") {
  const std::vector<std::uint16_t> scales = {0x3c00, 0xc000};  // 1, -2
  std::vector<std::uint8_t> codes(32);
  for (std::size_t i = 0; i < 32; ++i) codes[i] = static_cast<std::uint8_t>(i % 16 | ((15 - i % 16) << 4));
  std::vector<float> out(64);
  const BlockMatrix int4{1, 64, BlockEncoding::kInt4, scales, codes};
  REQUIRE(has_all_blocks(int4));
  decode_row(int4, 0, out.data());
  CHECK(out[0] == -8);
  CHECK(out[15] == 7);
  CHECK(out[16] == 7);
  CHECK(out[31] == -8);
  CHECK(out[32] == 16);  // the second block's scale is -2
  const std::vector<std::uint8_t> bytes = {0x80, 0x7f, 0xff, 1};
  std::vector<std::uint8_t> more(64);
  std::copy(bytes.begin(), bytes.end(), more.begin() + 32);
  const BlockMatrix int8{2, 32, BlockEncoding::kInt8, scales, more};
  REQUIRE(has_all_blocks(int8));
  decode_row(int8, 1, out.data());
  CHECK(out[0] == 256);
  CHECK(out[1] == -254);
  CHECK(out[2] == 2);
  CHECK(out[3] == -2);
}

TEST_CASE("a matrix with a block too few or too many is told from a whole one") {
  SmallModel model;
  BlockMatrix matrix = model.matrix(32, 64, BlockEncoding::kInt4, 1);
  CHECK(has_all_blocks(matrix));
  matrix.rows = 33;
  CHECK_FALSE(has_all_blocks(matrix));
  matrix.rows = 32;
  matrix.encoding = BlockEncoding::kInt8;
  CHECK_FALSE(has_all_blocks(matrix));
}

TEST_CASE("packed weights times their row's scale are the weights, to half a step, and rows of nothing are zeros") {
  SmallModel model;
  LinearWeights linear;
  linear.matrix = model.matrix(64, 96, BlockEncoding::kInt4, 1);
  const std::vector<float> bias(64, 3);
  linear.bias = bias;
  std::vector<std::uint16_t> scales(linear.matrix.scales.begin(), linear.matrix.scales.end());
  std::fill_n(scales.begin() + 3 * 5, 3, 0);       // row 5: nothing
  std::fill_n(scales.begin() + 3 * 7, 3, 0x7bff);  // row 7: the largest scale there is
  linear.matrix.scales = scales;
  const Kernels& scalar = *usable()[0];  // whose layout is by rows
  const LinearWeights* part = &linear;
  const PackedLinear packed(scalar, {&part, 1});
  const PackedMatrix matrix = packed.matrix();
  REQUIRE((matrix.rows == 64 && matrix.columns == 96));
  CHECK(reinterpret_cast<std::uintptr_t>(matrix.weights) % kPackedAlignment == 0);
  for (std::size_t r = 0; r < 64; ++r) {
    std::vector<float> row(96);
    decode_row(linear.matrix, r, row.data());
    int sum = 0;
    for (std::size_t c = 0; c < 96; ++c) {
      const int q = matrix.weights[r * 96 + c];
      sum += q;
      CHECK(std::abs(static_cast<float>(q) * matrix.scales[r] - row[c]) <= 0.5001F * matrix.scales[r]);
    }
    CHECK(matrix.sums[r] == sum);
    CHECK(matrix.bias[r] == 3);
  }
  CHECK(matrix.scales[5] == 0);
}
