/**
 * What a search takes and gives: the same shapes in the core's JSON (core/search/json.cpp), in the messages
 * between page and worker, and in the public JavaScript API.
 */

/** UTF-16 range [start, end) to emphasise: sorted, not overlapping. */
export type Mark = readonly [start: number, end: number];

export interface SectionHit {
  /** Fragment of the heading without '#'; may be empty: the top of the page. */
  readonly anchor: string;
  readonly heading: string;
  /** Plain text of the passage that matched best. Never HTML. */
  readonly excerpt: string;
  readonly marks: readonly Mark[];
  readonly score: number;
}

export interface SearchHit {
  /** Page address relative to the site root, as indexed. */
  readonly url: string;
  /** Name of the page and its translations together. */
  readonly group: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly title: string;
  readonly titleMarks: readonly Mark[];
  /** Best first; at least one. */
  readonly sections: readonly SectionHit[];
  /** Languages in which the page exists, as far as loaded. */
  readonly languages: readonly string[];
  /** Higher is better. Compare only within one result list. */
  readonly score: number;
}

export interface SearchResults {
  readonly hits: readonly SearchHit[];
  /** Rows that matched, before `limit`. */
  readonly total: number;
  /** Words of the query that the rows do not hold, as typed. */
  readonly dropped: readonly string[];
  /** Words that were searched in another spelling. */
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  /** Which kinds of evidence took part. */
  readonly tiers: readonly ('lexical' | 'dense')[];
  /** False while files that would complete the answer are missing. */
  readonly complete: boolean;
}

export interface SearchOptions {
  /** Rows; 10 by default. */
  readonly limit?: number;
  /** The reader's language: which version is shown, a prior for the query's language. Default: the page's. */
  readonly lang?: string;
  /** Languages whose versions may match and be shown. Default: the reader's, others where it has too little. */
  readonly in?: readonly string[];
  /** Filter key to accepted values. */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
  readonly signal?: AbortSignal;
}

/** What a bundle holds in one language. */
export interface LanguageInfo {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly pages: number;
}

export interface OpenOptions {
  /** The reader's language, loaded first. Default: the document's. */
  readonly lang?: string;
  /** Aborts the opening. */
  readonly signal?: AbortSignal;
}

/** An opened bundle. Everything heavy happens in its worker. */
export interface SearchIndex {
  /** Languages of the bundle, in its order. */
  readonly languages: readonly LanguageInfo[];
  /** Address of the bundle's folder, with a slash at its end. */
  readonly url: string;
  /**
   * Resolves with the complete answer.
   * @throws {SearchError} 'argument' | 'corrupt' | 'version' | 'missing' | 'memory' | 'network' | 'aborted'.
   */
  search(query: string, options?: SearchOptions): Promise<SearchResults>;
  /**
   * Yields answers as they get better: the first rows, all of them, those of other languages. The last one is the one
   * search() would give.
   * @throws {SearchError} as search().
   */
  searchStream(query: string, options?: SearchOptions): AsyncIterable<SearchResults>;
  /** Loads what a first query in `lang` (default: the reader's language) will need beyond its own words. */
  prefetch(lang?: string): Promise<void>;
  /** Ends the worker; whatever is under way fails with 'aborted'. */
  close(): void;
}
