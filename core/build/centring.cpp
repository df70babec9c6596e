#include "build/centring.h"

#include "base/check.h"
#include "vector/numbers.h"

namespace crossglot {

std::vector<float> unit_vector(std::span<const std::int8_t> bytes) {
  std::vector<float> vector(bytes.begin(), bytes.end());
  normalise(vector);
  return vector;
}

LanguageMeans::LanguageMeans(std::size_t languages, std::size_t dimensions)
    : dimensions_(dimensions), counts_(languages, 0), sums_(languages, std::vector<double>(dimensions, 0)) {}

void LanguageMeans::add(std::size_t language, std::span<const float> vector) {
  CG_CHECK(vector.size() == dimensions_);
  ++counts_[language];
  for (std::size_t i = 0; i < dimensions_; ++i) sums_[language][i] += static_cast<double>(vector[i]);
}

std::vector<float> LanguageMeans::mean(std::size_t language) const {
  std::vector<float> mean(dimensions_);
  double all = kPrior;
  for (const std::uint64_t count : counts_) all += static_cast<double>(count);
  const double own = static_cast<double>(counts_[language]);
  for (std::size_t i = 0; i < dimensions_; ++i) {
    double sum = 0;
    for (const auto& of_language : sums_) sum += of_language[i];
    mean[i] = static_cast<float>((sums_[language][i] + kPrior * (sum / all)) / (own + kPrior));
  }
  return mean;
}

}  // namespace crossglot
