// eval/measures.h - nDCG@10, recall@100 and the reciprocal rank of one query's ranking, as trec_eval computes them.
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
  double reciprocal_rank = 0;  // of the first relevant document at any depth; its mean is MRR
};

// ranking  names, best first, each once.  judged  each name once, in any order.
// A query without a relevant document has 0 in all three.
Measures measure(std::span<const std::string> ranking, std::span<const Judged> judged);

// Discounted cumulative gain of `ranking` over the best that `judged` allows, both cut at `depth`.
double ndcg(std::span<const std::string> ranking, std::span<const Judged> judged, std::size_t depth);
// Share of the relevant documents among the first `depth`.
double recall(std::span<const std::string> ranking, std::span<const Judged> judged, std::size_t depth);

}  // namespace crossglot::eval
