/** One encoder for as long as the page lives: loaded by whoever asks first; a load that failed may be tried again. */
import { SearchError } from '../protocol/error.js';
import type { Embeddable, OnnxConfig } from '../protocol/encoder_messages.js';
import type { ModelInfo, ModelProgress, TextKind } from '../protocol/types.js';
import { ModelFiles } from './model_files.js';
import { OnnxEncoder } from './onnx_encoder.js';
import { OwnEncoder } from './own_encoder.js';

export type OnProgress = (progress: ModelProgress) => void;

/** An engine. `info`, embed() and prefix() are asked for while `ready`. */
export interface TextEngine {
  readonly ready: boolean;
  readonly info: ModelInfo;
  load(onProgress: OnProgress): Promise<void>;
  /** Vectors of length 1, one a text. @throws {SearchError} */
  embed(texts: readonly Embeddable[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]>;
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

  async embed(texts: readonly Embeddable[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    await this.load(() => undefined);
    signal.throwIfAborted();
    try {
      return await this.#engine.embed(texts, kind, signal);
    } catch (error) {
      if (this.#engine.ready || (error as SearchError).code !== 'missing') throw error;
    }
    // A deploy has replaced the model under an open page.
    await this.load(() => undefined);
    return this.#engine.embed(texts, kind, signal);
  }

  async prefix(kind: TextKind): Promise<string> {
    await this.load(() => undefined);
    return this.#engine.prefix(kind);
  }
}
