// eval/measures.h - nDCG@10, recall@100, reciprocal rank and average precision of one query's ranking, as trec_eval
// computes them.
//
// trec_eval (NIST, 9.0): a query's documents are ordered by falling score, equal scores by name from last to first;
// the rank that a run states is ignored. The gain of a document is its grade, the discount at rank r is log2(r + 1);
// a grade of 1 or more is relevant, what nobody judged is not.
// Tests hold these against trec_eval's own files (tests/eval).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crossglot::eval {

inline constexpr std::size_t kNdcgDepth = 10;
inline constexpr std::size_t kRecallDepth = 100;

struct Judged {
  std::string name;  // of a document, a group, or group#anchor
  int grade = 0;     // 1 and more: relevant
};

struct Measures {
  double ndcg_10 = 0;
  double recall_100 = 0;
  double reciprocal_rank = 0;    // of the first relevant document at any depth; its mean is MRR
  double average_precision = 0;  // over the whole ranking, as deep as it was asked for; its mean is MAP
};

// ranking  names, best first, each once.  judged  each name once, in any order.
// A query without a relevant document has 0 in all of them.
Measures measure(std::span<const std::string> ranking, std::span<const Judged> judged);

// Discounted cumulative gain of `ranking` over the best that `judged` allows, both cut at `depth`.
double ndcg(std::span<const std::string> ranking, std::span<const Judged> judged, std::size_t depth);
// Share of the relevant documents among the first `depth`.
double recall(std::span<const std::string> ranking, std::span<const Judged> judged, std::size_t depth);
// The precision at each relevant document's rank, summed, over the number of relevant documents: trec_eval's `map`.
// A ranking cut at 100 rows and one of 1,000 are not to be compared.
double average_precision(std::span<const std::string> ranking, std::span<const Judged> judged);

}  // namespace crossglot::eval
