#include "eval/statistics.h"

#include <catch_amalgamated.hpp>
#include <vector>

using namespace crossglot::eval;
using Catch::Approx;

namespace {

// A fixed sequence that looks random, with mean near 1/2.
double pseudo(std::uint32_t i) {
  return static_cast<double>(i * 2654435761u % 1000) / 1000;
}

std::vector<Sample> independent(std::uint32_t count, double shift = 0) {
  std::vector<Sample> samples;
  for (std::uint32_t i = 0; i < count; ++i) samples.push_back({i, 0, pseudo(i) + shift});
  return samples;
}

}  // namespace

TEST_CASE("every stratum weighs the same, however many samples it has") {
  const std::vector<Sample> samples = {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}, {0, 1, 0}};
  CHECK(stratified_mean(samples) == Approx(0.5));
}

TEST_CASE("an interval holds its mean and is as wide as theory has it") {
  const Interval interval = cluster_bootstrap(independent(400));
  CHECK(interval.low < interval.mean);
  CHECK(interval.mean < interval.high);
  // Uniform values: 2 x 1.96 x sqrt(1/12) / sqrt(400).
  CHECK(interval.high - interval.low == Approx(0.0566).epsilon(0.15));
}

TEST_CASE("samples of one topic are drawn together: repeating each does not narrow the interval") {
  std::vector<Sample> repeated;
  for (const Sample& sample : independent(100)) repeated.insert(repeated.end(), 13, sample);
  const Interval once = cluster_bootstrap(independent(100));
  const Interval often = cluster_bootstrap(repeated);
  CHECK(often.high - often.low == Approx(once.high - once.low).epsilon(0.05));
}

TEST_CASE("the same samples give the same figures, in any order") {
  std::vector<Sample> samples = independent(50);
  const Interval one = cluster_bootstrap(samples);
  const double p = randomisation_p(samples);
  const std::vector<Sample> turned(samples.rbegin(), samples.rend());
  const Interval other = cluster_bootstrap(turned);
  CHECK(one.low == other.low);
  CHECK(one.high == other.high);
  CHECK(p == randomisation_p(turned));
}

TEST_CASE("a clear difference is told from none") {
  CHECK(randomisation_p(independent(200)) < 0.001);
  CHECK(randomisation_p(independent(200, -0.5)) > 0.05);
  // The only two ways to turn one topic are as large as each other.
  CHECK(randomisation_p(std::vector<Sample>{{0, 0, 0.3}}) == 1);
  CHECK(randomisation_p({}) == 1);
}

TEST_CASE("the probability of five like signs is two in thirty-two") {
  std::vector<Sample> samples;
  for (std::uint32_t topic = 0; topic < 5; ++topic) samples.push_back({topic, 0, 0.25});
  CHECK(randomisation_p(samples) == Approx(0.0625).margin(0.01));
}

TEST_CASE("no samples have an interval of nothing") {
  const Interval interval = cluster_bootstrap({});
  CHECK(interval.mean == 0);
  CHECK(interval.high == 0);
}
