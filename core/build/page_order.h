// build/page_order.h - an order of documents in which those that share words stand together.
//
// Recursive graph bisection (Dhulipala et al., "Compressing Graphs and Indexes with Recursive Graph Bisection",
// KDD 2016): halves are improved by swapping the documents that gain most, where the cost of a term in a half of n
// documents with d of them is d * log2(n / (d + 1)). Neighbours then answer the same queries, so that five rows
// need few page shards, and gaps between postings are small. O(edges * log n * rounds).
// Integers throughout (logarithms in 1/4096 from a table): the same order on every platform.
#pragma once

#include <cstdint>
#include <vector>

namespace crossglot {

// terms_of[d]: the terms of document d, distinct, any order, below term_count.
// Returns the documents in their new order. Ties go to the lower document.
std::vector<std::uint32_t> order_by_bisection(const std::vector<std::vector<std::uint32_t>>& terms_of,
                                              std::uint32_t term_count);

// log2(value) in 1/4096, rounded down; value >= 1.
std::uint32_t log2_fixed(std::uint32_t value);

}  // namespace crossglot
