/** The page's end of the encoder: its worker is started when it is first needed. */
import type { Embeddable, FromEncoder, OnnxConfig, ToEncoder } from '../protocol/encoder_messages.js';
import { SearchError } from '../protocol/error.js';
import type { EmbedOptions, ModelInfo, OnnxOptions, OpenOptions, PieceTokenizer } from '../protocol/types.js';
import { startWorker } from './start_worker.js';
import { Tasks } from './tasks.js';

export class EncoderClient {
  readonly #runtime: URL;
  readonly #options: OpenOptions;
  readonly #tokenizer: PieceTokenizer | undefined;
  #tasks: Tasks<ToEncoder, FromEncoder> | undefined;
  #closed: SearchError | undefined;

  /** `runtime`: where the worker's script is. */
  constructor(runtime: URL, options: OpenOptions) {
    this.#runtime = runtime;
    this.#options = options;
    this.#tokenizer = options.encoder === 'onnx' ? options.onnx?.tokenizer : undefined;
  }

  /** Loads the model without being asked, where there is one and the reader does not save data. */
  loadAhead(): void {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (!this.#options.model && this.#options.encoder !== 'onnx') return;
    if (!connection?.saveData) void this.load().catch(() => undefined);
  }

  async load(signal?: AbortSignal): Promise<ModelInfo> {
    const { info } = await this.#started().run({ type: 'load' }, signal,
      ({ progress }) => this.#options.onModelProgress?.(progress));
    return info!;
  }

  async embed(texts: readonly string[], { kind = 'query', signal }: EmbedOptions): Promise<Float32Array[]> {
    const strings = texts.map(String);
    await this.load(signal);
    const pieces: readonly Embeddable[] = this.#tokenizer ? await this.#cut(this.#tokenizer, strings, kind) : strings;
    return [...(await this.#started().run({ type: 'embed', texts: pieces, kind }, signal)).vectors!];
  }

  close(error: SearchError): void {
    this.#closed = error;
    this.#tasks?.end(error);
  }

  async #cut(tokenizer: PieceTokenizer, texts: readonly string[], kind: 'query' | 'passage') {
    const { prefix = '' } = await this.#started().run({ type: 'prefix', kind });
    return Promise.all(texts.map(async (text) => [...await tokenizer(prefix + text)]));
  }

  #started(): Tasks<ToEncoder, FromEncoder> {
    if (this.#closed) throw this.#closed;
    if (!this.#tasks) {
      const { model, encoder, onnx } = this.#options;
      const config = encoder === 'onnx' ? onnxConfig(onnx) : undefined;
      const folder = model ? new URL(model, document.baseURI) : undefined;
      if (folder && !folder.pathname.endsWith('/')) folder.pathname += '/';
      if (!folder && !config) throw new SearchError('argument', 'There is no model to embed with: give open() one');
      this.#tasks = new Tasks(startWorker(this.#runtime, 'encoder.js'));
      void this.#tasks.run({ type: 'configure', model: folder?.href ?? '', onnx: config }).catch(() => undefined);
    }
    return this.#tasks;
  }
}

function onnxConfig(options: OnnxOptions | undefined): OnnxConfig {
  if (!options) throw new SearchError('argument', "encoder: 'onnx' needs onnx: { runtime, file }");
  const runtime = new URL(options.runtime, document.baseURI);
  return {
    runtime: runtime.href,
    wasm: new URL(options.wasm ?? '.', options.wasm ? document.baseURI : runtime).href,
    file: new URL(options.file, document.baseURI).href,
    pooling: options.pooling,
    prefixes: options.prefixes,
  };
}
