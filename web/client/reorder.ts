import type { SearchResults } from '../protocol/types.js';

/** What the core (core/search/fusion.cpp, kExact) adds to the score of an exact row: no other reaches it. */
export const EXACT_SCORE = 8;

/** How many rows stand first because they hold what a query that is made of identifiers alone asks for. */
export function exactRows({ hits, tiers }: SearchResults): number {
  // Words alone do not say so: their scores are shares of a maximum, times what a page weighs.
  if (!tiers.includes('dense')) return 0;
  const others = hits.findIndex(({ score }) => score < EXACT_SCORE);
  return others < 0 ? hits.length : others;
}

/**
 * The answer with the rows from `first` on in the order of `scores`, one a row, equal ones as they were; further rows
 * stay behind them. Scores of rows stay with their places, so that higher is better all the way down.
 */
export function reorder(results: SearchResults, scores: readonly number[], first: number): SearchResults {
  const { hits } = results;
  const order = scores.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const moved = hits.map(({ score }, row) => ({ ...hits[first + (order[row - first] ?? row - first)]!, score }));
  return { ...results, hits: moved, tiers: [...results.tiers, 'reranked'] };
}
