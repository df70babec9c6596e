// The retrieval measures, as trec_eval defines them for binary judgments.
//
// A ranking is a list of names, best first, without repeats; `relevant` is a set of names. Nothing is averaged over
// topics here: a caller decides what its mean runs over.

// Discounted gain of the first `depth` names over that of the best possible order.
export function ndcg(ranking, relevant, depth) {
  let gain = 0;
  let ideal = 0;
  for (let rank = 0; rank < depth; rank += 1) {
    const discount = 1 / Math.log2(rank + 2);
    if (rank < ranking.length && relevant.has(ranking[rank])) gain += discount;
    if (rank < relevant.size) ideal += discount;
  }
  return ideal === 0 ? 0 : gain / ideal;
}

// Share of the relevant names among the first `depth`.
export function recall(ranking, relevant, depth) {
  if (relevant.size === 0) return 0;
  return ranking.slice(0, depth).filter((name) => relevant.has(name)).length / relevant.size;
}

// 1 when any of the first `depth` names is relevant.
export function success(ranking, relevant, depth) {
  return ranking.slice(0, depth).some((name) => relevant.has(name)) ? 1 : 0;
}

export function mean(values) {
  if (values.length === 0) return 0;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

// Nearest-rank percentile: the smallest value that at least `share` of the values do not exceed.
export function percentile(values, share) {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
