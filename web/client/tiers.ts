import type { SearchResults } from '../protocol/types.js';

type OnPartial = (results: SearchResults) => void;
type Tier = (partial: OnPartial) => Promise<SearchResults>;

/** Words wait so long for a better answer: rows that jump are worse than rows a blink later. */
const HOLD_MS = 80;

/**
 * The answers of two tiers that both are ready: provisional ones go to `partial`, the last one is returned. What the
 * later tier fails with is nobody's concern while words answer.
 * @throws {SearchError} what `words` fails with.
 */
export async function joinTiers(words: Tier, meaning: Tier, partial: OnPartial): Promise<SearchResults> {
  let held = true;
  let better = false;
  let latest: SearchResults | undefined;
  const offer = (results: SearchResults) => {
    latest = results;
    if (!held && !better) partial(results);
  };
  const timer = setTimeout(() => {
    held = false;
    if (latest) offer(latest);
  }, HOLD_MS);
  const first = words(offer);
  const second = meaning((results) => {
    better = true;
    partial(results);
  }).catch(() => undefined);
  try {
    const results = await Promise.race([first, second.then((results) => results ?? first)]);
    if (results.tiers.includes('dense')) return results;
    offer(results);
    return await second ?? results;
  } finally {
    clearTimeout(timer);
  }
}
