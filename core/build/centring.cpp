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
  return mean(language, common_mean());
}

std::vector<float> LanguageMeans::mean(std::size_t language, std::span<const float> prior) const {
  CG_CHECK(prior.size() == dimensions_);
  std::vector<float> mean(dimensions_);
  const double own = static_cast<double>(counts_[language]);
  for (std::size_t i = 0; i < dimensions_; ++i) {
    mean[i] = static_cast<float>((sums_[language][i] + kPrior * static_cast<double>(prior[i])) / (own + kPrior));
  }
  return mean;
}

std::vector<float> LanguageMeans::common_mean() const {
  return shift(std::vector<std::vector<float>>(counts_.size(), std::vector<float>(dimensions_, 0)));
}

std::vector<float> LanguageMeans::shift(const std::vector<std::vector<float>>& others) const {
  CG_CHECK(others.size() == counts_.size());
  std::vector<double> sum(dimensions_, 0);
  double all = kPrior;
  for (std::size_t language = 0; language < counts_.size(); ++language) {
    if (others[language].empty()) continue;
    const double count = static_cast<double>(counts_[language]);
    all += count;
    for (std::size_t i = 0; i < dimensions_; ++i) {
      sum[i] += sums_[language][i] - count * static_cast<double>(others[language][i]);
    }
  }
  std::vector<float> shift(dimensions_);
  for (std::size_t i = 0; i < dimensions_; ++i) shift[i] = static_cast<float>(sum[i] / all);
  return shift;
}

}  // namespace crossglot
