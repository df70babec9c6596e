import type { SearchResults } from '../protocol/types.js';

type Run = (signal: AbortSignal, partial: (results: SearchResults) => void) => Promise<SearchResults>;

/**
 * Answers as an async iterable. Nothing runs before the first step is asked for; leaving the loop aborts what runs.
 * A reader slower than the answers misses provisional ones, never the last.
 */
export async function* stream(run: Run, outer?: AbortSignal): AsyncGenerator<SearchResults, void, void> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  outer?.addEventListener('abort', abort);
  if (outer?.aborted) abort();
  let latest: SearchResults | undefined;
  let wake = () => {};
  const final = run(controller.signal, (results) => {
    latest = results;
    wake();
  });
  try {
    for (;;) {
      const woken = new Promise<undefined>((resolve) => { wake = () => resolve(undefined); });
      const results = latest ?? await Promise.race([final, woken]);
      if (latest === undefined && results !== undefined) {
        yield results;
        return;
      }
      const provisional = latest;
      latest = undefined;
      if (provisional) yield provisional;
    }
  } finally {
    outer?.removeEventListener('abort', abort);
    abort();
    final.catch(() => undefined);
  }
}
