// eval/statistics.h - how far a mean can be trusted, and whether two systems differ.
//
// Queries about one page share its difficulty, so topics are drawn, not queries: a topic comes with all its queries,
// in all languages. Draws have a fixed seed: the same samples give the same figures on every machine.
//
// Sources  cluster bootstrap, percentile intervals: Efron & Tibshirani 1993, ch. 8 and 13; randomisation test for
//          retrieval: Smucker, Allan & Carterette 2007. Student's t would want normal differences; nDCG's are not.
#pragma once

#include <cstdint>
#include <span>

namespace crossglot::eval {

inline constexpr std::size_t kBootstrapDraws = 1000;
inline constexpr std::size_t kRandomisationDraws = 10000;

struct Sample {
  std::uint32_t topic = 0;    // numbered from 0
  std::uint32_t stratum = 0;  // numbered from 0: a language; every stratum weighs the same in the mean
  double value = 0;
};

struct Interval {
  double mean = 0;
  double low = 0;  // 95 %
  double high = 0;
};

// The mean over strata of the means within them. 0 of no samples.
double stratified_mean(std::span<const Sample> samples);

// Its 95 % interval under drawing topics with replacement. A draw that leaves a stratum empty leaves it out.
Interval cluster_bootstrap(std::span<const Sample> samples);

// The probability, if the two systems were alike, of a difference at least as large in either direction: values are
// differences, the signs of a topic's differences are turned together. 1 of no samples; never 0.
double randomisation_p(std::span<const Sample> differences);

}  // namespace crossglot::eval
