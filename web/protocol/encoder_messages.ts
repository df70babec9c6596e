/**
 * What page and encoder worker say to each other: as messages.ts, every task has an id and exactly one `done` or
 * `failed`.
 */
import type { SearchErrorCode } from './error.js';
import type { RequestOptions } from './messages.js';
import type { ModelInfo, ModelProgress, SearchResults, TextKind } from './types.js';

/** An ONNX file and its runtime; addresses are complete. */
export interface OnnxPlace {
  readonly runtime: string;
  readonly wasm: string;
  readonly file: string;
}

/** An encoder in one. */
export interface OnnxConfig extends OnnxPlace {
  readonly pooling: 'mean' | 'first' | undefined;
  readonly prefixes: { readonly query: string; readonly passage: string } | undefined;
}

/** A text, or the ids of its pieces as a tokenizer of the page's own gave them. */
export type Embeddable = string | readonly number[];

export type ToEncoder =
  /**
   * The first message. `model`: the folder of the model pack, or empty; `onnx`: the second engine; `index`: the
   * bundle's folder, `lang`: the reader's language.
   */
  | { readonly type: 'configure'; readonly id: number; readonly model: string; readonly onnx: OnnxConfig | undefined;
      readonly index: string; readonly lang: string }
  /** Loads what is not loaded yet; sends `progress` on the way and is done when texts can be embedded. */
  | { readonly type: 'load'; readonly id: number }
  | { readonly type: 'embed'; readonly id: number; readonly texts: readonly Embeddable[]; readonly kind: TextKind }
  /** Makes ready to search by meaning, or looks for a newer deploy; sends `progress` as `load` does. */
  | { readonly type: 'mean'; readonly id: number }
  /** A search by words and meaning; sends `partial` answers on the way if `stream`. */
  | { readonly type: 'search'; readonly id: number; readonly query: string; readonly options: RequestOptions;
      readonly stream: boolean }
  /** The prefix that texts of a kind get, for a tokenizer of the page's own. */
  | { readonly type: 'prefix'; readonly id: number; readonly kind: TextKind }
  /** Done at once. */
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'abort'; readonly id: number };

export type FromEncoder =
  | { readonly type: 'progress'; readonly id: number; readonly progress: ModelProgress }
  | { readonly type: 'partial'; readonly id: number; readonly results: SearchResults }
  | { readonly type: 'done'; readonly id: number; readonly vectors?: readonly Float32Array[];
      readonly prefix?: string; readonly info?: ModelInfo; readonly results?: SearchResults }
  | { readonly type: 'failed'; readonly id: number; readonly code: SearchErrorCode; readonly message: string };
