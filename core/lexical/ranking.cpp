#include "lexical/ranking.h"

#include <cmath>

#include "base/check.h"

namespace crossglot {

double portable_log(double value) {
  CG_CHECK(value > 0);
  int exponent = 0;
  double mantissa = std::frexp(value, &exponent);  // exact: [0.5, 1)
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2;
    --exponent;
  }
  // ln m = 2 atanh((m - 1) / (m + 1)); |z| <= 0.1716, so that twelve terms leave less than 1e-18.
  const double z = (mantissa - 1) / (mantissa + 1);
  const double square = z * z;
  double power = z;
  double sum = 0;
  for (int term = 1; term <= 23; term += 2) {
    sum += power / term;
    power *= square;
  }
  return 2 * sum + exponent * 0.69314718055994531;
}

float inverse_document_frequency(std::uint32_t pages, std::uint32_t document_frequency) {
  const double df = document_frequency < pages ? document_frequency : pages;
  const double idf = portable_log(1 + (pages - df + 0.5) / (df + 0.5));
  // IEEE 754 rounds square roots correctly, so that this is the same number everywhere.
  return static_cast<float>(std::sqrt(idf * std::sqrt(idf)));
}

}  // namespace crossglot
