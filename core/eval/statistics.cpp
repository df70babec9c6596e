#include "eval/statistics.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace crossglot::eval {

namespace {

constexpr std::uint64_t kSeed = 20240229;
constexpr double kTail = 0.025;

// SplitMix64 (Steele, Lea & Flood 2014): its own, since standard distributions differ between libraries.
class Random {
 public:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>((next() >> 32) * bound >> 32); }

 private:
  std::uint64_t state_ = kSeed;
};

// Sum and count of a topic's samples in one stratum.
struct Part {
  std::uint32_t stratum = 0;
  double sum = 0;
  double count = 0;
};

struct Topics {
  std::vector<std::vector<Part>> parts;  // by topic
  std::size_t strata = 0;
};

Topics by_topic(std::span<const Sample> samples) {
  std::vector<Sample> sorted(samples.begin(), samples.end());
  std::sort(sorted.begin(), sorted.end(), [](const Sample& a, const Sample& b) {
    if (a.topic != b.topic) return a.topic < b.topic;
    return a.stratum != b.stratum ? a.stratum < b.stratum : a.value < b.value;
  });
  Topics out;
  for (std::size_t at = 0; at < sorted.size(); ++at) {
    const Sample& sample = sorted[at];
    const bool new_topic = at == 0 || sorted[at - 1].topic != sample.topic;
    if (new_topic) out.parts.emplace_back();
    std::vector<Part>& parts = out.parts.back();
    if (parts.empty() || parts.back().stratum != sample.stratum) parts.push_back({sample.stratum, 0, 0});
    parts.back().sum += sample.value;
    parts.back().count += 1;
    out.strata = std::max<std::size_t>(out.strata, sample.stratum + 1);
  }
  return out;
}

// Sums over the drawn topics; kept between draws so that nothing is allocated in the loop.
class Mean {
 public:
  explicit Mean(std::size_t strata) : sums_(strata), counts_(strata) {}

  void clear() {
    std::fill(sums_.begin(), sums_.end(), 0.0);
    std::fill(counts_.begin(), counts_.end(), 0.0);
  }
  void add(const std::vector<Part>& parts, double sign) {
    for (const Part& part : parts) {
      sums_[part.stratum] += sign * part.sum;
      counts_[part.stratum] += part.count;
    }
  }
  double value() const {
    double sum = 0;
    double strata = 0;
    for (std::size_t at = 0; at < sums_.size(); ++at) {
      if (counts_[at] == 0) continue;
      sum += sums_[at] / counts_[at];
      strata += 1;
    }
    return strata > 0 ? sum / strata : 0;
  }

 private:
  std::vector<double> sums_;
  std::vector<double> counts_;
};

double mean_of(const Topics& topics) {
  Mean mean(topics.strata);
  for (const auto& parts : topics.parts) mean.add(parts, 1);
  return mean.value();
}

}  // namespace

double stratified_mean(std::span<const Sample> samples) {
  return mean_of(by_topic(samples));
}

Interval cluster_bootstrap(std::span<const Sample> samples) {
  const Topics topics = by_topic(samples);
  Interval out;
  if (topics.parts.empty()) return out;
  out.mean = mean_of(topics);
  Random random;
  Mean mean(topics.strata);
  std::vector<double> means(kBootstrapDraws);
  const auto count = static_cast<std::uint32_t>(topics.parts.size());
  for (double& drawn : means) {
    mean.clear();
    for (std::uint32_t i = 0; i < count; ++i) mean.add(topics.parts[random.below(count)], 1);
    drawn = mean.value();
  }
  std::sort(means.begin(), means.end());
  const auto tail = static_cast<std::size_t>(kTail * static_cast<double>(kBootstrapDraws));
  out.low = means[tail];
  out.high = means[kBootstrapDraws - 1 - tail];
  return out;
}

double randomisation_p(std::span<const Sample> differences) {
  const Topics topics = by_topic(differences);
  if (topics.parts.empty()) return 1;
  // Sums in another order differ in their last bits; a turned draw must not lose to the very difference it repeats.
  const double observed = std::abs(mean_of(topics)) - 1e-12;
  Random random;
  Mean mean(topics.strata);
  std::size_t as_large = 0;
  for (std::size_t draw = 0; draw < kRandomisationDraws; ++draw) {
    mean.clear();
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < topics.parts.size(); ++at) {
      if (at % 64 == 0) bits = random.next();
      mean.add(topics.parts[at], (bits >> (at % 64) & 1) != 0 ? 1 : -1);
    }
    if (std::abs(mean.value()) >= observed) ++as_large;
  }
  return static_cast<double>(as_large + 1) / static_cast<double>(kRandomisationDraws + 1);
}

}  // namespace crossglot::eval
