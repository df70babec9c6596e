/** One encoder for as long as the page lives: loaded by whoever asks first; a load that failed may be tried again. */
import { SearchError } from '../protocol/error.js';
import type { Embeddable, OnnxConfig } from '../protocol/encoder_messages.js';
import type { ModelInfo, ModelProgress, TextKind } from '../protocol/types.js';
import { ModelFiles } from './model_files.js';
import { OnnxEncoder } from './onnx_encoder.js';
import { OwnEncoder } from './own_encoder.js';

export type OnProgress = (progress: ModelProgress) => void;

/** round(127 * x / largest |x|) of each number (core/embed/encoder.h, quantise_vector). */
export interface QueryVector {
  readonly bytes: Int8Array;
  readonly identity: string;
}

/** An engine. `info`, embed() and prefix() are asked for while `ready`. */
export interface TextEngine {
  readonly ready: boolean;
  readonly info: ModelInfo;
  load(onProgress: OnProgress): Promise<void>;
  /** Vectors of length 1, one a text. @throws {SearchError} */
  embed(texts: readonly Embeddable[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]>;
  /** A query's vector as vectors of a bundle meet it, and what these are then called. @throws {SearchError} */
  encode(query: Embeddable, signal: AbortSignal): Promise<QueryVector>;
  /** Whose vectors they are, without loading more than that needs. @throws {SearchError} 'argument': nobody knows. */
  identity(): Promise<string>;
  prefix(kind: TextKind): Promise<string>;
}

export class EncoderSession {
  readonly #engine: TextEngine;
  readonly #listeners = new Set<OnProgress>();
  #loading: Promise<void> | undefined;
  #last: ModelProgress | undefined;

  /** `model`: the pack's folder, or empty; `runtime`: where the encoder's modules are. */
  constructor(model: string, onnx: OnnxConfig | undefined, runtime: URL) {
    const files = model === '' ? undefined : new ModelFiles(new URL(model));
    if (onnx) this.#engine = new OnnxEncoder(onnx, files, runtime);
    else if (files) this.#engine = new OwnEncoder(files, runtime);
    else throw new SearchError('argument', 'There is no model to embed with: give open() one');
  }

  async load(onProgress: OnProgress): Promise<ModelInfo> {
    if (this.#engine.ready) return this.#engine.info;
    this.#listeners.add(onProgress);
    if (this.#last) onProgress(this.#last);
    this.#loading ??= this.#engine.load((progress) => {
      this.#last = progress;
      for (const listener of this.#listeners) listener(progress);
    }).finally(() => {
      this.#loading = undefined;
      this.#last = undefined;
    });
    try {
      await this.#loading;
      return this.#engine.info;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  embed(texts: readonly Embeddable[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    return this.#loaded(signal, () => this.#engine.embed(texts, kind, signal));
  }

  encode(query: string, signal: AbortSignal): Promise<QueryVector> {
    return this.#loaded(signal, () => this.#engine.encode(query, signal));
  }

  identity(): Promise<string> {
    return this.#engine.identity();
  }

  async #loaded<T>(signal: AbortSignal, use: () => Promise<T>): Promise<T> {
    await this.load(() => undefined);
    signal.throwIfAborted();
    try {
      return await use();
    } catch (error) {
      if (this.#engine.ready || (error as SearchError).code !== 'missing') throw error;
    }
    // A deploy has replaced the model under an open page.
    await this.load(() => undefined);
    return use();
  }

  async prefix(kind: TextKind): Promise<string> {
    await this.load(() => undefined);
    return this.#engine.prefix(kind);
  }
}
