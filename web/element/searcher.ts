/**
 * Runs queries as they are typed: one at a time, the latest wins. Opens the index at the first need of it and again
 * after a failure.
 */
import { asSearchError, type SearchError } from '../protocol/error.js';
import type { SearchIndex, SearchResults } from '../protocol/types.js';

/** Between two keys of a fast typist, so that half-typed words load nothing. */
const TYPING_MS = 70;
/** While an input method composes, text is worth a search only once it rests. */
const COMPOSING_MS = 350;
/** A shorter wait needs no sign. */
const SLOW_MS = 400;

export interface SearchEvents {
  /** An answer with rows; a better one may follow. */
  results(results: SearchResults, query: string): void;
  /** A whole answer stands; it may be empty. One by meaning may follow the one by words. */
  settled(results: SearchResults, query: string): void;
  /** The answer is late. */
  slow(): void;
  failed(error: SearchError, query: string): void;
}

export interface SearchSettings {
  readonly lang: string;
  readonly limit: number;
}

export class Searcher {
  readonly #open: () => Promise<SearchIndex>;
  readonly #events: SearchEvents;
  readonly #settings: SearchSettings;
  #opening: Promise<SearchIndex> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  /** Nothing stands yet for the last query. */
  pending = false;
  #removed = false;

  constructor(open: () => Promise<SearchIndex>, settings: SearchSettings, events: SearchEvents) {
    this.#open = open;
    this.#events = events;
    this.#settings = settings;
  }

  index(): Promise<SearchIndex> {
    if (!this.#opening) {
      const opening = this.#open();
      this.#opening = opening;
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = undefined;
      });
    }
    return this.#opening;
  }

  /** Searches for `query` after a pause; what ran before is aborted. An empty query only aborts. */
  search(query: string, composing = false, pauseMs = composing ? COMPOSING_MS : TYPING_MS): void {
    this.stop();
    if (!query || this.#removed) return;
    this.pending = true;
    this.#timer = setTimeout(() => void this.#run(query), pauseMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.pending = false;
  }

  /** Ends for good. */
  remove(): void {
    this.#removed = true;
    this.stop();
  }

  async #run(query: string): Promise<void> {
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    const slow = setTimeout(() => { if (!signal.aborted) this.#events.slow(); }, SLOW_MS);
    try {
      const index = await this.index();
      if (signal.aborted) return;
      const settle = (results: SearchResults) => {
        clearTimeout(slow);
        this.pending = false;
        this.#events.settled(results, query);
      };
      let last: SearchResults | undefined;
      for await (const results of index.searchStream(query, { ...this.#settings, signal })) {
        if (signal.aborted) return;
        last = results;
        if (results.hits.length > 0) {
          clearTimeout(slow); // rows stand: others may join them, but nobody waits
          this.#events.results(results, query);
        }
        if (results.complete) settle(results);
      }
      if (!signal.aborted && last && !last.complete) settle(last);
    } catch (thrown) {
      if (signal.aborted) return;
      this.pending = false;
      this.#events.failed(asSearchError(thrown, 'unsupported'), query);
    } finally {
      clearTimeout(slow);
    }
  }
}
