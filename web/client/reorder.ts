import type { SearchResults } from '../protocol/types.js';

/**
 * The answer with its first rows in the order of `scores`, one a row, equal ones as they were; further rows stay
 * behind them. Scores of rows stay with their places, so that higher is better all the way down.
 */
export function reorder(results: SearchResults, scores: readonly number[]): SearchResults {
  const { hits } = results;
  const order = scores.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const moved = hits.map(({ score }, row) => ({ ...hits[order[row] ?? row]!, score }));
  return { ...results, hits: moved, tiers: [...results.tiers, 'reranked'] };
}
