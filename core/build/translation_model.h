// build/translation_model.h - word-translation probabilities learned from aligned lines: IBM Model 1.
//
// Brown et al. 1993, "The mathematics of statistical machine translation", section 4.1: expectation maximisation with
// a NULL word, both directions over one table of the word pairs that stand in a line together. Where words stand in
// their lines is not looked at.
//
// Deterministic: pairs are numbered in the order of the lines, sums run in that order, + - * / on doubles alone.
#pragma once

#include <cstdint>
#include <vector>

#include "build/bitext.h"

namespace crossglot {

struct Translation {
  std::uint32_t stem = 0;  // of the target language
  double probability = 0;  // P(target stem | source stem)
};

// By number of the source stem: its translations, the most probable first; equal ones by lower number.
using TranslationTable = std::vector<std::vector<Translation>>;

struct ModelOptions {
  int iterations = 5;
  // How many NULL words a line has: with one, what is only grammar or was added by the translator is blamed on the
  // rare words of the line (Moore 2004, "Improving IBM word-alignment model 1").
  double null_words = 200;
  double probability_min = 0.07;
  std::size_t translations_max = 5;
  // Where there are fewer lines, two words must stand in two of them together: one line explains anything. A site
  // with more has seen nearly all other words of such a line elsewhere.
  std::size_t lines_few = 1000;
};

struct TranslationTables {
  TranslationTable to_right, to_left;
};

// held_out_groups  by group: lines of those that are not 0 are not looked at; empty: none.
TranslationTables learn_translations(const Bitext& bitext, std::size_t left_stems, std::size_t right_stems,
                                     const std::vector<std::uint8_t>& held_out_groups, const ModelOptions& options);

struct SampledTables {
  TranslationTables all, unseen;
};

// The tables of all lines, and those of one more iteration that does not look at the lines of a sample of the groups:
// about what would be learned without them, for a fifth of the time. (Which of two words that both stand elsewhere is
// the likelier translation still comes from the whole.) sample: by group, 0 or not.
SampledTables learn_with_sample(const Bitext& bitext, std::size_t left_stems, std::size_t right_stems,
                                const std::vector<std::uint8_t>& sample, const ModelOptions& options);

}  // namespace crossglot
