// Integer kernels: every variant against the scalar one, bit for bit.
#include <catch2/catch_amalgamated.hpp>
#include <cstring>
#include <memory>
#include <vector>

#include "simd/kernels.h"
#include "simd/samples.h"

using namespace crossglot;
using crossglot::test::Numbers;
using crossglot::test::OwnActivations;

namespace {

struct Case {
  std::size_t tokens, rows, columns;
  bool extreme;
};

// The product of a case by one variant. The case's numbers depend on its sizes alone.
std::vector<float> product_by(const Kernels& kernels, const Case& c) {
  Numbers numbers(static_cast<std::uint32_t>(c.tokens * 7 + c.rows * 3 + c.columns));
  std::vector<std::int8_t> q(c.rows * c.columns);
  for (std::int8_t& weight : q) {
    weight =
        static_cast<std::int8_t>(c.extreme ? (numbers.next() % 8 == 0 ? -127 : 127) : numbers.between(-127, 127));
  }
  std::vector<std::int32_t> sums(c.rows);
  for (std::size_t r = 0; r < c.rows; ++r) {
    for (std::size_t i = 0; i < c.columns; ++i) sums[r] += q[r * c.columns + i];
  }
  const std::vector<float> scales = numbers.normals(c.rows, 0.01F);
  const std::vector<float> bias = numbers.normals(c.rows);
  OwnActivations in(kernels, c.tokens, c.columns);
  for (std::size_t i = 0; i < c.tokens * c.columns; ++i) in.set(i, c.extreme ? 127 : numbers.between(0, 127));
  for (std::size_t t = 0; t < c.tokens; ++t) {
    in.scales[t] = numbers.normal();
    in.zeros[t] = c.extreme ? 127 * static_cast<int>(t % 2) : numbers.between(0, 127);
  }
  std::vector<std::int8_t> memory(q.size() + kPackedAlignment);
  void* start = memory.data();
  std::size_t space = memory.size();
  auto* packed = static_cast<std::int8_t*>(std::align(kPackedAlignment, q.size(), start, space));
  pack(kernels, q.data(), c.rows, c.columns, packed);
  std::vector<float> out(c.tokens * c.rows, -1);
  kernels.product(in.view, c.tokens, {packed, sums.data(), scales.data(), bias.data(), c.rows, c.columns},
                  out.data());
  return out;
}

void check_case(const Case& c) {
  const std::vector<float> expected = product_by(*usable()[0], c);
  for (const Kernels* kernels : usable()) {
    const std::vector<float> out = product_by(*kernels, c);
    INFO(kernels->name << ", " << c.tokens << " tokens, " << c.rows << " x " << c.columns);
    CHECK(std::memcmp(out.data(), expected.data(), out.size() * sizeof(float)) == 0);
  }
}

}  // namespace

TEST_CASE("the int8 product of every variant has the scalar one's bits, whatever the number of tokens") {
  for (std::size_t tokens = 1; tokens <= 26; ++tokens) check_case({tokens, 64, 96, false});
}

TEST_CASE("the int8 product is exact for the largest operands and the shapes of an encoder") {
  check_case({3, 32, 32, true});
  check_case({7, 32, 1536, true});
  check_case({2, 32, kColumnsMax, true});
  check_case({17, 384, 384, false});
  check_case({5, 96, 1536, false});
}

TEST_CASE("the scalar product is the sum that its definition says") {
  const Case c{2, 32, 64, false};
  const Kernels& scalar = *usable()[0];
  Numbers numbers(static_cast<std::uint32_t>(c.tokens * 7 + c.rows * 3 + c.columns));
  std::vector<int> q(c.rows * c.columns);
  for (int& weight : q) weight = numbers.between(-127, 127);
  const std::vector<float> scales = numbers.normals(c.rows, 0.01F);
  const std::vector<float> bias = numbers.normals(c.rows);
  std::vector<int> values(c.tokens * c.columns);
  for (int& value : values) value = numbers.between(0, 127);
  const std::vector<float> out = product_by(scalar, c);
  for (std::size_t t = 0; t < c.tokens; ++t) {
    const float scale = numbers.normal();
    const int zero = numbers.between(0, 127);
    for (std::size_t r = 0; r < c.rows; ++r) {
      int sum = 0;
      for (std::size_t i = 0; i < c.columns; ++i) sum += (values[t * c.columns + i] - zero) * q[r * c.columns + i];
      CHECK(out[t * c.rows + r] == static_cast<float>(sum) * (scale * scales[r]) + bias[r]);
    }
  }
}

TEST_CASE("the int8 dot product is exact for all lengths, starts and extremes") {
  Numbers numbers(5);
  std::vector<std::int8_t> a(300);
  std::vector<std::int8_t> b(300);
  for (std::size_t i = 0; i < a.size(); ++i) {
    a[i] = static_cast<std::int8_t>(numbers.between(-128, 127));
    b[i] = static_cast<std::int8_t>(numbers.between(-128, 127));
  }
  for (const Kernels* kernels : usable()) {
    INFO(kernels->name);
    bool right = true;
    for (std::size_t n = 0; n <= 140; ++n) {
      for (std::size_t start = 0; start < 4; ++start) {
        std::int32_t expected = 0;
        for (std::size_t i = 0; i < n; ++i) expected += a[start + i] * b[2 * start + i];
        right = right && kernels->dot_i8(a.data() + start, b.data() + 2 * start, n) == expected;
      }
    }
    CHECK(right);
    const std::vector<std::int8_t> least(kDotMax, -128);
    CHECK(kernels->dot_i8(least.data(), least.data(), kDotMax) == 1 << 30);
  }
}

TEST_CASE("the int8 query by int4 rows is exact for all numbers of rows and blocks, unaligned, at extremes") {
  Numbers numbers(6);
  for (std::size_t n = kNibbleBlock; n <= 4 * kNibbleBlock; n += kNibbleBlock) {
    for (std::size_t count = 0; count <= 9; ++count) {
      std::vector<std::int8_t> query(n + 1);
      std::vector<std::uint8_t> rows(count * n / 2 + 1);
      for (std::int8_t& x : query) x = static_cast<std::int8_t>(numbers.between(-128, 127));
      for (std::uint8_t& x : rows) x = static_cast<std::uint8_t>(numbers.between(0, 255));
      std::vector<std::int32_t> expected(count + 1, 0);
      for (std::size_t r = 0; r < count; ++r) {
        for (std::size_t i = 0; i < n; ++i) {
          const std::size_t in_block = i % kNibbleBlock;
          const std::size_t half = kNibbleBlock / 2;
          const std::uint8_t byte = rows[1 + r * n / 2 + i / kNibbleBlock * half + in_block % half];
          expected[r] += query[1 + i] * (in_block < half ? byte & 15 : byte >> 4);
        }
      }
      for (const ScanKernels* kernels : usable_scans()) {
        std::vector<std::int32_t> out(count + 1, 0);
        kernels->dots_i4(query.data() + 1, rows.data() + 1, count, n, out.data());
        INFO(kernels->name << ", " << count << " rows of " << n);
        CHECK(out == expected);
      }
    }
  }
  for (const int extreme : {-128, 127}) {
    const std::vector<std::int8_t> query(kScanMax, static_cast<std::int8_t>(extreme));
    const std::vector<std::uint8_t> row(kScanMax / 2, 255);
    for (const ScanKernels* kernels : usable_scans()) {
      std::int32_t out = 0;
      kernels->dots_i4(query.data(), row.data(), 1, kScanMax, &out);
      INFO(kernels->name);
      CHECK(out == static_cast<std::int32_t>(kScanMax) * 15 * extreme);
    }
  }
}
