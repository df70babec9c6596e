#include "lexical/ranking.h"

#include <catch_amalgamated.hpp>
#include <cmath>

namespace crossglot {
namespace {

TEST_CASE("the portable logarithm agrees with the library's") {
  for (double value = 1e-6; value < 1e9; value *= 1.37) {
    CHECK(portable_log(value) == Catch::Approx(std::log(value)).epsilon(1e-14).margin(1e-14));
  }
  CHECK(portable_log(1) == 0);
}

TEST_CASE("a rarer word weighs more, and every word weighs something") {
  CHECK(inverse_document_frequency(1000, 1) > inverse_document_frequency(1000, 10));
  CHECK(inverse_document_frequency(1000, 1000) > 0);
  CHECK(inverse_document_frequency(1, 0) > 0);
  // The count of an identifier is over all languages and may exceed one language's pages.
  CHECK(inverse_document_frequency(10, 70) == inverse_document_frequency(10, 10));
}

}  // namespace
}  // namespace crossglot
