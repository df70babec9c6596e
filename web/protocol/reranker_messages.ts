/**
 * What page and reranker worker say to each other: as messages.ts, every task has an id and exactly one `done` or
 * `failed`.
 */
import type { OnnxPlace } from './encoder_messages.js';
import type { SearchErrorCode } from './error.js';
import type { RerankerInfo } from './types.js';

/** A cross-encoder; addresses are complete. */
export interface RerankerConfig extends OnnxPlace {
  /** Folder of the model pack that lends its tokenizer; empty: the page cuts pairs itself. */
  readonly model: string;
}

export interface TextPair {
  readonly query: string;
  readonly passage: string;
}

/** The pieces of both texts, as a tokenizer of the page's own gave them. */
export interface PiecePair {
  readonly ids: readonly number[];
  /** token_type_ids; undefined: all 0. */
  readonly types: readonly number[] | undefined;
}

export type Pair = TextPair | PiecePair;

export type ToReranker =
  /** The first message. */
  | { readonly type: 'configure'; readonly id: number; readonly config: RerankerConfig }
  /** Loads what is not loaded yet. */
  | { readonly type: 'load'; readonly id: number }
  /** Tasks are worked off in the order in which they come. */
  | { readonly type: 'score'; readonly id: number; readonly pairs: readonly Pair[] }
  | { readonly type: 'abort'; readonly id: number };

export type FromReranker =
  | { readonly type: 'done'; readonly id: number; readonly scores?: readonly number[]; readonly info?: RerankerInfo }
  | { readonly type: 'failed'; readonly id: number; readonly code: SearchErrorCode; readonly message: string };
