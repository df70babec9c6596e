// vectors_bench [ROWS...]: an exact scan over int4 rows of 384 dimensions in one thread, by each kernel variant, and
// beside it the peer that nothing can beat: a loop that reads the same bytes and adds them up. JSON lines.
//
//   scan_ms   scores of all rows and the best ten, the fastest of many
//   read_ms   the sum of the rows' 64-bit words, the fastest of as many
//   bits_ms   the best hundred by one-bit codes
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "vector/int4.h"
#include "vector/table.h"

using namespace crossglot;

namespace {

constexpr std::size_t kDimensions = 384;

using Clock = std::chrono::steady_clock;

template <typename Run>
double fastest_ms(const Run& run) {
  double best = 1e300;
  const Clock::time_point begin = Clock::now();
  for (int i = 0; i < 5 || Clock::now() - begin < std::chrono::milliseconds(500); ++i) {
    const Clock::time_point start = Clock::now();
    run();
    best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  return best;
}

struct Random {
  std::uint32_t state = 1;
  float normal() {
    float sum = 0;
    for (int i = 0; i < 4; ++i) {
      state = state * 1664525U + 1013904223U;
      sum += static_cast<float>(state >> 8U) / 16777216.0F - 0.5F;
    }
    return sum;
  }
  std::vector<float> vector() {
    std::vector<float> out(kDimensions);
    for (float& x : out) x = normal();
    return out;
  }
};

void measure(std::size_t rows) {
  Random random;
  VectorTable table(rows, kDimensions);
  BitTable bits(rows, kDimensions);
  std::vector<std::uint8_t> nibbles(int4_row_bytes(kDimensions));
  std::vector<std::uint64_t> words(bit_words(kDimensions));
  std::vector<std::uint8_t> bytes(words.size() * 8);
  std::vector<std::uint64_t> all;  // the peer's copy of the rows
  for (std::size_t row = 0; row < rows; ++row) {
    const std::vector<float> vector = random.vector();
    const float scale = quantise_int4(vector, nibbles);
    table.set_rows(row, nibbles, std::span(&scale, 1));
    sign_bits(vector, words);
    std::memcpy(bytes.data(), words.data(),
                bytes.size());  // of a little-endian machine: which bits does not matter here
    bits.set_rows(row, 1, bytes);
    all.resize(all.size() + nibbles.size() / 8);
    std::memcpy(all.data() + all.size() - nibbles.size() / 8, nibbles.data(), nibbles.size());
  }
  const VectorQuery query = make_vector_query(random.vector());
  std::vector<float> scores(rows);
  const double bits_ms = fastest_ms([&] {
    std::fill(scores.begin(), scores.end(), kNoScore);
    bits.score(query, {}, scores);
    return best_rows(scores, 100).front().row;
  });
  volatile std::uint64_t sink = 0;
  const double read_ms = fastest_ms([&] {
    std::uint64_t sum = 0;
    for (const std::uint64_t word : all) sum += word;
    sink = sum;
  });
  for (const ScanKernels* kernels : usable_scans()) {
    const double scan_ms = fastest_ms([&] {
      table.score(query, {}, scores, *kernels);
      sink = best_rows(scores, 10).front().row;
    });
    std::printf(R"({"rows": %zu, "variant": "%s", "scan_ms": %.4f, "read_ms": %.4f, "bits_ms": %.4f})"
                "\n",
                rows, kernels->name, scan_ms, read_ms, bits_ms);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    measure(10'000);
    measure(1'000'000);
  }
  for (int i = 1; i < argc; ++i) measure(static_cast<std::size_t>(std::atoll(argv[i])));
  return 0;
}
