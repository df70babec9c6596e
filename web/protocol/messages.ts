/**
 * What page and worker say to each other. Every task that the page starts has an id of its own; the worker ends each
 * one with exactly one `done` or `failed`, aborted ones included.
 */
import type { SearchErrorCode } from './error.js';
import type { LanguageInfo, SearchResults } from './types.js';

/** What of SearchOptions goes to the worker. */
export interface RequestOptions {
  readonly limit?: number;
  readonly lang?: string;
  readonly in?: readonly string[];
  readonly filters?: Readonly<Record<string, readonly string[]>>;
}

export type ToWorker =
  /** The first message: `url` is the bundle's folder, `lang` the reader's language. */
  | { readonly type: 'open'; readonly id: number; readonly url: string; readonly lang: string }
  | { readonly type: 'search'; readonly id: number; readonly query: string; readonly options: RequestOptions;
      /** Send `partial` answers on the way. */
      readonly stream: boolean }
  | { readonly type: 'prefetch'; readonly id: number; readonly lang: string }
  | { readonly type: 'abort'; readonly id: number };

export type FromWorker =
  | { readonly type: 'partial'; readonly id: number; readonly results: SearchResults }
  | { readonly type: 'done'; readonly id: number; readonly results?: SearchResults;
      readonly languages?: readonly LanguageInfo[];
      /** After `open` and `prefetch`: whether the bundle has vectors. */
      readonly vectors?: boolean }
  | { readonly type: 'failed'; readonly id: number; readonly code: SearchErrorCode; readonly message: string };
