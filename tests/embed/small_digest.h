// What small_vectors.golden holds.
#pragma once

#include <string>

namespace crossglot::test {

// SHA-256 over the float vectors of texts of 1 to 70 pieces, by the small model with either pooling.
std::string small_digest();

}  // namespace crossglot::test
