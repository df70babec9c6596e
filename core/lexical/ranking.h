// lexical/ranking.h - the numbers that ranking turns on, in one place, and its two formulas.
//
// A page's score for a query, before normalisation:
//
//   f(t)   = norm(page length) * sum over the page's sections and over the surfaces of t of weight * frequency
//   s(t)   = weight(t) * idf(t) * f / (f + k1)                                  f from the index: BM25F
//   name   = sum of weight(t) * idf(t) over the words in the title
//            * (1 - whole_name + whole_name * share of the title that they are)
//   whole  = sum of s(t) + title * name
//   score  = (whole + section_share * best section's) * coverage factor * page weight
//
// where a section's sum is formed likewise of its own frequencies, its heading and `heading`. Saturated frequencies
// alone do not tell the page that is named by the query's words from one that repeats them. The score is divided by
// its maximum over all conceivable pages, so that scores of different languages compare.
// Field weights and length normalisation are in the index's frequencies (core/build), k1 in its list.
// All arithmetic is + - * / and square root on IEEE doubles and floats: natively and as wasm the same bits.
//
// Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", section 3.
#pragma once

#include <cstddef>
#include <cstdint>

namespace crossglot {

// Values were tuned on the index terms of LibreOffice Help (tests/bench), odd hashes; DECISIONS.md says how.
struct RankingParameters {
  // Surfaces of the query word's stem that are not the word itself.
  float other_surface = 0.8f;
  // Words that share this much of their beginning with a query word, and at least so many letters.
  float relative = 0.06f;
  float relative_share = 0.7f;
  std::size_t relative_letters = 5;
  // Surfaces that begin with the last word, while it is typed: at most `prefix_surfaces`, the most frequent ones.
  float prefix_surface = 0.4f;
  std::uint32_t prefix_surfaces = 24;
  // Surfaces at edit distance 1 and 2 of a word that the index does not hold.
  float corrected_near = 0.8f;
  float corrected_far = 0.6f;
  std::uint32_t corrected_surfaces = 4;
  // A query's word as it stands, where it has translations.
  float untranslated = 0.2f;
  // A word that no more than this share of the pages holds may be of another language.
  float rare_share = 0.05f;
  // What its English meaning is worth, where it is not of the index's language but stands in it.
  float borrowed = 0.3f;
  // Parts of an identifier or a joined word, beside the whole.
  float part = 0.35f;
  // Bigrams of one run share this power of their number: 0 counts each as a word, 1 the whole run as one word.
  float bigram_share = 0.8f;
  // score *= (1 - coverage) + coverage * share of the query's weight that the page holds.
  float coverage = 0.5f;
  // Weight of the best section beside the whole page: words that stand together count more.
  float section_share = 0.9f;
  // f(t) /= 1 - page_length + page_length * length / average length.
  float page_length = 0.1f;
  // For words in the page's title and in a section's heading; so much of it only when they are the whole of it.
  float title = 0.55f;
  float heading = 0.4f;
  float whole_name = 0.64f;
  // Where sections are the rows: saturation, length normalisation as page_length, and what frequencies in the page's
  // title are worth in its lead.
  float row_k1 = 1.0f;
  float row_length = 0.7f;
  float row_title = 0.1f;
};

// ln(1 + (pages - df + 0.5) / (df + 0.5)) to the power of 3/4: positive for every df <= pages. The power keeps one
// rare word of a query from outweighing all the others together; on the tuning half it is worth .01 of nDCG@10.
float inverse_document_frequency(std::uint32_t pages, std::uint32_t document_frequency);

// Natural logarithm by + - * / alone, since libraries differ in its last bit. Precondition: value > 0, finite.
double portable_log(double value);

inline float saturate(float frequency, float k1) {
  return frequency / (frequency + k1);
}

}  // namespace crossglot
