// Float kernels: every variant against the scalar one bit for bit, and the scalar one against libm in double.
#include <catch2/catch_amalgamated.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "simd/kernels.h"
#include "simd/samples.h"

using namespace crossglot;
using crossglot::test::Numbers;
using crossglot::test::OwnActivations;

namespace {

// One float before the row, so that rows start unaligned.
std::vector<float> shifted(const std::vector<float>& row, std::size_t room = 0) {
  std::vector<float> out(row.size() + 1 + room, 99);
  std::memcpy(out.data() + 1, row.data(), row.size() * sizeof(float));
  return out;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

const std::vector<float>& extremes() {
  static const std::vector<float> values = {0.0F,  -0.0F,  1e-45F, -1e-45F, 1e-38F, -1e-38F, 1e30F, -1e30F,
                                            3e38F, -3e38F, 87.0F,  -87.5F,  -104.F, 5.5F,    -5.5F, 0.5F};
  return values;
}

// Runs `kernel` of every variant on a copy of `row` and checks that all leave the scalar one's bits.
template <typename Run>
std::vector<float> same_for_all(const std::vector<float>& row, Run run, std::size_t room = 0) {
  std::vector<float> expected = shifted(row, room);
  run(*usable()[0], expected.data() + 1);
  for (const Kernels* kernels : usable()) {
    std::vector<float> out = shifted(row, room);
    run(*kernels, out.data() + 1);
    INFO(kernels->name << ", " << row.size() << " floats");
    CHECK(same_bits(out, expected));
  }
  return {expected.begin() + 1, expected.end()};
}

}  // namespace

TEST_CASE("softmax has the same bits everywhere, sums to one and leaves zeros behind the row") {
  Numbers numbers(1);
  for (std::size_t n = 1; n <= 67; ++n) {
    const std::vector<float> row = numbers.normals(n, n % 3 == 0 ? 30.0F : 2.0F);
    const std::vector<float> out =
        same_for_all(row, [n](const Kernels& k, float* x) { k.softmax(x, n, 0.25F); }, kLanes);
    double top = -1e300;
    double sum = 0;
    for (float x : row) top = std::max(top, 0.25 * x);
    for (float x : row) sum += std::exp(0.25 * x - top);
    // The scaled row is rounded to float before its maximum is taken off: 2e-6 of a logarithm up to 30.
    for (std::size_t i = 0; i < n; ++i) {
      const double expected = std::exp(0.25 * row[i] - top) / sum;
      CHECK(std::abs(out[i] - expected) <= 5e-6 * expected + 1e-37);
    }
    for (std::size_t i = n; i < (n + kLanes - 1) / kLanes * kLanes; ++i) CHECK(out[i] == 0);
    CHECK(out[(n + kLanes - 1) / kLanes * kLanes] == 99);
  }
  same_for_all(extremes(), [](const Kernels& k, float* x) { k.softmax(x, 16, 1.0F); });
}

TEST_CASE("GELU has the same bits everywhere and is the one with erf") {
  std::vector<float> row;
  for (int i = -1600; i < 1600; ++i) row.push_back(static_cast<float>(i) / 160);
  const std::vector<float> out = same_for_all(row, [&row](const Kernels& k, float* x) { k.gelu(x, row.size()); });
  double worst = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const double x = row[i];
    worst =
        std::max(worst, std::abs(out[i] - 0.5 * x * (1 + std::erf(x * std::sqrt(0.5)))) / std::max(1.0, std::abs(x)));
  }
  CHECK(worst < 2e-7);
  const std::vector<float> far = same_for_all(extremes(), [](const Kernels& k, float* x) { k.gelu(x, 16); });
  CHECK(far[6] == 1e30F);
  CHECK(std::abs(far[7]) < 1e-6);
}

TEST_CASE("layer norm has the same bits everywhere, with and without a second addend") {
  Numbers numbers(2);
  for (std::size_t n : {std::size_t{16}, std::size_t{32}, std::size_t{48}, std::size_t{384}}) {
    const std::vector<float> row = numbers.normals(n, 3);
    const std::vector<float> other = numbers.normals(n);
    const std::vector<float> scale = numbers.normals(n);
    const std::vector<float> shift = numbers.normals(n);
    same_for_all(
        row, [&](const Kernels& k, float* x) { k.layer_norm(x, nullptr, scale.data(), shift.data(), n, 1e-12F); });
    const std::vector<float> out = same_for_all(row, [&](const Kernels& k, float* x) {
      k.layer_norm(x, other.data(), scale.data(), shift.data(), n, 1e-12F);
    });
    double mean = 0;
    double variance = 0;
    for (std::size_t i = 0; i < n; ++i) mean += double(row[i]) + double(other[i]);
    mean /= static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) variance += std::pow(double(row[i]) + double(other[i]) - mean, 2);
    variance /= static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double expected = (double(row[i]) + double(other[i]) - mean) / std::sqrt(variance) * scale[i] + shift[i];
      CHECK(std::abs(out[i] - expected) < 1e-5);
    }
  }
}

TEST_CASE("the float product has the same bits everywhere, for every number of rows and every inner length") {
  Numbers numbers(3);
  const std::vector<float> a = numbers.normals(20 * 70 + 1);
  const std::vector<float> b = numbers.normals(70 * 64 + 1);
  for (std::size_t rows = 1; rows <= 18; ++rows) {
    const std::size_t inner = rows * 3 + 1;
    for (std::size_t columns : {std::size_t{16}, std::size_t{48}}) {
      std::vector<float> expected(rows * 64);
      for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
          float sum = 0;
          for (std::size_t k = 0; k < inner; ++k) sum += a[1 + i * 70 + k] * b[1 + k * 64 + j];
          expected[i * 64 + j] = sum;
        }
      }
      for (const Kernels* kernels : usable()) {
        std::vector<float> out(rows * 64);
        kernels->product_f32(a.data() + 1, 70, b.data() + 1, 64, rows, inner, columns, out.data(), 64);
        INFO(kernels->name << ", " << rows << " rows, " << columns << " columns");
        CHECK(same_bits(out, expected));
      }
    }
  }
}

TEST_CASE("quantising gives the same activations everywhere, within half a step of the floats") {
  Numbers numbers(4);
  constexpr std::size_t kColumns = 96;
  std::vector<float> rows = numbers.normals(8 * kColumns, 5);
  for (std::size_t i = 0; i < kColumns; ++i) {
    rows[kColumns + i] = 0;                                            // nothing
    rows[2 * kColumns + i] = std::abs(rows[2 * kColumns + i]);         // no negative
    rows[3 * kColumns + i] = -std::abs(rows[3 * kColumns + i]);        // no positive
    rows[4 * kColumns + i] = 1e-40F * static_cast<float>(i);           // no inverse
    rows[5 * kColumns + i] = extremes()[i % 16];                       // too wide
    rows[6 * kColumns + i] = static_cast<float>(i % 2) * 127 - 63.5F;  // ties at both ends
    rows[7 * kColumns + i] = i == 0 ? std::numeric_limits<float>::quiet_NaN() : 1;
  }
  OwnActivations expected(*usable()[0], 8, kColumns);
  usable()[0]->quantise(rows.data(), 8, expected.view);
  for (const Kernels* kernels : usable()) {
    OwnActivations out(*kernels, 8, kColumns);
    kernels->quantise(rows.data(), 8, out.view);
    INFO(kernels->name);
    CHECK(same_bits(out.scales, expected.scales));
    CHECK(out.zeros == expected.zeros);
    bool same = true;
    for (std::size_t i = 0; i < 8 * kColumns; ++i) same = same && out.value(i) == expected.value(i);
    CHECK(same);
  }
  for (std::size_t t : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{6}}) {
    for (std::size_t i = 0; i < kColumns; ++i) {
      const int q = expected.value(t * kColumns + i);
      CHECK((q >= 0 && q <= 127));
      const float back = expected.scales[t] * static_cast<float>(q - expected.zeros[t]);
      // A whole step where rounding of the zero point pushes the largest value over the end.
      CHECK(std::abs(back - rows[t * kColumns + i]) <= 1.001F * expected.scales[t]);
    }
  }
}
