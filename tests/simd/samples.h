// Seeded numbers for the kernel tests, the same on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "simd/kernels.h"

namespace crossglot::test {

class Numbers {
 public:
  explicit Numbers(std::uint32_t seed) : state_(seed * 2654435761U + 1) {}
  std::uint32_t next() {
    state_ = state_ * 1664525U + 1013904223U;
    return state_ >> 8U;
  }
  int between(int low, int high) {
    return low + static_cast<int>(next() % static_cast<std::uint32_t>(high - low + 1));
  }
  // About normal, standard deviation 1.
  float normal() {
    float sum = 0;
    for (int i = 0; i < 6; ++i) sum += static_cast<float>(next() & 0xffffU) / 65536.0F - 0.5F;
    return sum * 1.41421356F;
  }
  std::vector<float> normals(std::size_t n, float size = 1) {
    std::vector<float> out(n);
    for (float& x : out) x = normal() * size;
    return out;
  }

 private:
  std::uint32_t state_;
};

// Activations that own their memory, stored as `kernels` wants them.
struct OwnActivations {
  OwnActivations(const Kernels& kernels, std::size_t tokens, std::size_t columns)
      : values(tokens * columns * kernels.activation_size),
        scales(tokens),
        zeros(tokens),
        size(kernels.activation_size),
        view{values.data(), scales.data(), zeros.data(), columns} {}
  OwnActivations(const OwnActivations&) = delete;
  int value(std::size_t i) const { return values[i * size] + (size == 2 ? 256 * values[i * size + 1] : 0); }
  void set(std::size_t i, int value) { values[i * size] = static_cast<std::uint8_t>(value); }

  std::vector<std::uint8_t> values;
  std::vector<float> scales;
  std::vector<std::int32_t> zeros;
  std::size_t size;
  Activations view;
};

}  // namespace crossglot::test
