// Seeded vectors, the same on every machine.
#pragma once

#include <cstdint>
#include <vector>

namespace crossglot::test {

class VectorNumbers {
 public:
  explicit VectorNumbers(std::uint32_t seed) : state_(seed * 2654435761U + 1) {}
  std::uint32_t next() {
    state_ = state_ * 1664525U + 1013904223U;
    return state_ >> 8U;
  }
  // About normal, standard deviation 1.
  float normal() {
    float sum = 0;
    for (int i = 0; i < 6; ++i) sum += static_cast<float>(next() & 0xffffU) / 65536.0F - 0.5F;
    return sum * 1.41421356F;
  }
  std::vector<float> normals(std::size_t n) {
    std::vector<float> out(n);
    for (float& x : out) x = normal();
    return out;
  }

 private:
  std::uint32_t state_;
};

}  // namespace crossglot::test
