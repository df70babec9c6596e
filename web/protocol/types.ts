/**
 * What a search takes and gives: the same shapes in the core's JSON (core/search/json.cpp), in the messages
 * between page and worker, and in the public JavaScript API.
 */

import type { SearchError } from './error.js';

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
  /**
   * Higher is better. Compare only within one result list. By words and meaning: 8 or more where the query is made of
   * identifiers alone and the row holds all of them (that the index knows), less on every other row.
   */
  readonly score: number;
}

export interface SearchResults {
  readonly hits: readonly SearchHit[];
  /** Rows that hold words of the query, before `limit`; never fewer than `hits`. */
  readonly total: number;
  /** Words of the query that the rows do not hold, as typed. */
  readonly dropped: readonly string[];
  /** Words that were searched in another spelling. */
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  /** Which kinds of evidence took part: words, the vectors of a model, a reranker. */
  readonly tiers: readonly ('lexical' | 'dense' | 'reranked')[];
  /** False while files that would complete the answer are missing, or have not been read. */
  readonly complete: boolean;
}

export interface SearchOptions {
  /** Rows; 10 by default. */
  readonly limit?: number;
  /** The reader's language: which version is shown, a prior for the query's language. Default: the page's. */
  readonly lang?: string;
  /**
   * Languages whose versions may match and be shown. Default: the reader's, and others where it has too little or lacks
   * pages.
   */
  readonly in?: readonly string[];
  /** Filter key to accepted values. */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
  /** Whether the reranker takes part, where open() was given one and it is loaded. Default: yes. */
  readonly rerank?: boolean;
  readonly signal?: AbortSignal;
}

/** What a bundle holds in one language. */
export interface LanguageInfo {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly pages: number;
}

/** What a text is: models are trained with a different prefix for each. */
export type TextKind = 'query' | 'passage';

/** Bytes of the model's files that are there, of all that a first vector needs. */
export interface ModelProgress {
  readonly loaded: number;
  readonly total: number;
}

/** A model that is loaded. */
export interface ModelInfo {
  /** The pack's name; empty for an ONNX file without a pack. */
  readonly name: string;
  /** Numbers of a vector; 0: not known before the first one (ONNX). */
  readonly dimensions: number;
  /** What computes: "wasmrelaxed", "wasm128" or "onnx". */
  readonly kernels: string;
  /** Memory of our own engine, which is larger the more of the vocabulary was asked for. */
  readonly memoryBytes: number;
}

/** Cuts a text, prefix included, into the ids of its pieces, those for begin and end included. */
export type PieceTokenizer = (text: string) => readonly number[] | Promise<readonly number[]>;

/** For `encoder: 'onnx'`: your own copy of ONNX Runtime Web and your own ONNX file. */
export interface OnnxOptions {
  /** Address of ort.wasm.min.mjs of onnxruntime-web. */
  readonly runtime: string | URL;
  /** Folder of its .wasm and .mjs files. Default: the runtime's. */
  readonly wasm?: string | URL;
  /** Address of the model: inputs input_ids, attention_mask, token_type_ids as far as it has them. */
  readonly file: string | URL;
  /** Default: that of the model pack given as `model`, whose other files are then not loaded. */
  readonly tokenizer?: PieceTokenizer;
  /** What a text's vector is of its pieces', if the file does not say itself. Default: the pack's, else mean. */
  readonly pooling?: 'mean' | 'first';
  /** Default: the pack's, else none. */
  readonly prefixes?: { readonly query: string; readonly passage: string };
}

/** Cuts a query and a passage into the pieces of the one text that the model reads: input_ids, token_type_ids. */
export type PairTokenizer = (query: string, passage: string) => Pieces | Promise<Pieces>;

export interface Pieces {
  readonly ids: readonly number[];
  /** Default: all 0. */
  readonly types?: readonly number[];
}

/**
 * A cross-encoder as an ONNX file, which your own copy of ONNX Runtime Web runs: it reads the query and a passage
 * together. Addresses are relative to the document.
 */
export interface RerankerOptions {
  /** Holds what no other field names: ort.wasm.min.mjs and its files, model.onnx, a pack's model.json and tokenizer. */
  readonly folder?: string | URL;
  /** Address of ort.wasm.min.mjs of onnxruntime-web. */
  readonly runtime?: string | URL;
  /** Folder of its .wasm and .mjs files. Default: the runtime's. */
  readonly wasm?: string | URL;
  /** Address of the model: inputs input_ids, attention_mask, token_type_ids as far as it has them. */
  readonly file?: string | URL;
  /** Folder of the model pack whose tokenizer cuts pairs; nothing else of it is loaded. */
  readonly model?: string | URL;
  /** Instead of a pack's. */
  readonly tokenizer?: PairTokenizer;
  /** Rows that are put in order; 10 by default, 20 at most. */
  readonly limit?: number;
  /** After this long the answer stands as it was. Default: 2000. */
  readonly timeoutMs?: number;
}

/** A reranker that is loaded. */
export interface RerankerInfo {
  /** The name of the pack that lent its tokenizer; empty without one. */
  readonly name: string;
}

export interface OpenOptions {
  /** The reader's language, loaded first. Default: the document's. */
  readonly lang?: string;
  /** Aborts the opening. */
  readonly signal?: AbortSignal;
  /**
   * Folder of a model pack, relative to the document. Its files are loaded in the background once the index is open,
   * unless the reader's browser asks to save data: then when embed(), loadModel() or loadMeaning() ask for them.
   * Default: `model/` beside a bundle that has vectors, else none; false: none.
   */
  readonly model?: string | URL | false;
  /** The engine that embeds. Default: our own. */
  readonly encoder?: 'own' | 'onnx';
  readonly onnx?: OnnxOptions;
  /** Hears how far the model is, whoever asked for it. */
  readonly onModelProgress?: (progress: ModelProgress) => void;
  /**
   * Puts the first rows of complete answers in order once more: a folder, or where its parts are. Loaded as the model
   * is, in a worker of its own; answers do not wait until it is there. Default: none.
   */
  readonly reranker?: string | URL | RerankerOptions;
  /** Hears why answers came without it: it could not be loaded, failed or took too long. */
  readonly onRerankerError?: (error: SearchError) => void;
}

export interface EmbedOptions {
  /** Default: query. */
  readonly kind?: TextKind;
  readonly signal?: AbortSignal;
}

/** An opened bundle. Everything heavy happens in its worker. */
export interface SearchIndex {
  /** Languages of the bundle, in its order. */
  readonly languages: readonly LanguageInfo[];
  /** Address of the bundle's folder, with a slash at its end. */
  readonly url: string;
  /**
   * Resolves with the complete answer of the tiers that are ready.
   * @throws {SearchError} 'argument' | 'corrupt' | 'version' | 'missing' | 'memory' | 'network' | 'aborted'.
   */
  search(query: string, options?: SearchOptions): Promise<SearchResults>;
  /**
   * Yields answers as they get better: by words the first rows, all of them, those of other languages; then by words
   * and meaning, provisional and exact; then in a reranker's order. While a model is on its way the stream stays open
   * for it; each answer says itself whether it is `complete` of its tiers. The last one is the one search() would then
   * give.
   * @throws {SearchError} as search().
   */
  searchStream(query: string, options?: SearchOptions): AsyncIterable<SearchResults>;
  /**
   * Loads what a first query in `lang` (default: the reader's language) will need beyond its own words, of the newest
   * deploy of the site.
   */
  prefetch(lang?: string): Promise<void>;
  /**
   * Loads the model now, or goes on where a load broke off. Resolves when texts can be embedded.
   * @throws {SearchError} 'argument': open() was given no model; 'missing' | 'network' | 'corrupt' | 'version' |
   *   'input' (a model of a kind that is not run here) | 'memory' | 'unsupported' | 'aborted'.
   */
  loadModel(options?: { readonly signal?: AbortSignal }): Promise<ModelInfo>;
  /**
   * Makes searches rank by meaning, too: loads the model, and what of the index that needs. Resolves when they do.
   * open() has begun with it, unless the reader saves data. Where it fails, searches are answered by words.
   * @throws {SearchError} as loadModel(); 'argument': the index has no vectors; 'version': they are of another model.
   */
  loadMeaning(options?: { readonly signal?: AbortSignal }): Promise<ModelInfo>;
  /**
   * A vector of length 1 for each text; loads the model if it is not there. The same numbers on every machine, and
   * as `crossglot embed` gives (with our own engine).
   * @throws {SearchError} as loadModel().
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /**
   * Only where open() was given a reranker: loads it now. Resolves when it takes part in answers.
   * @throws {SearchError} as loadModel().
   */
  loadReranker?(options?: { readonly signal?: AbortSignal }): Promise<RerankerInfo>;
  /** Ends the workers; whatever is under way fails with 'aborted'. */
  close(): void;
}
