/**
 * The second engine: ONNX Runtime Web, loaded from where the site keeps it, with the site's own ONNX file. Texts are
 * cut into pieces by the tokenizer of a model pack (of which nothing else is loaded) or by the page itself.
 *
 * Inputs are those of the file among input_ids, attention_mask and token_type_ids. The output
 * "sentence_embedding", or else the first, is the text's vector, [1][dimensions], or its pieces' vectors,
 * [1][pieces][dimensions], which are pooled here.
 */
import type { Embeddable, OnnxConfig } from '../protocol/encoder_messages.js';
import { SearchError } from '../protocol/error.js';
import type { ModelInfo, TextKind } from '../protocol/types.js';
import { EncoderCore } from './encoder_binding.js';
import type { OnProgress, QueryVector, TextEngine } from './encoder_session.js';
import { request } from './http.js';
import { checkHash, type Model, parseModel, vectorIdentity } from './model.js';
import type { ModelFiles } from './model_files.js';
import { compileEncoder, guarded } from './own_encoder.js';

/** What of onnxruntime-web is used. */
interface Tensor {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
  dispose(): void;
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}
interface Runtime {
  readonly env: { readonly wasm: { wasmPaths?: string; numThreads?: number; proxy?: boolean } };
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => Tensor;
}

const THREADS_MAX = 4;
/** Positions of a model whose pack is not there to say. */
const PIECES_MAX = 512;

interface Loaded {
  readonly runtime: Runtime;
  readonly session: Session;
  readonly model: Model | undefined;
  readonly tokenizer: EncoderCore | undefined;
}

export class OnnxEncoder implements TextEngine {
  readonly #config: OnnxConfig;
  readonly #files: ModelFiles | undefined;
  readonly #folder: URL;
  #loaded: Loaded | undefined;

  /** `files`: the pack that lends its tokenizer; `folder`: where the encoder's modules are. */
  constructor(config: OnnxConfig, files: ModelFiles | undefined, folder: URL) {
    this.#config = config;
    this.#files = files;
    this.#folder = folder;
  }

  get info(): ModelInfo {
    const { model, tokenizer } = this.#loaded!;
    const memoryBytes = tokenizer?.memoryBytes ?? 0;
    return { name: model?.name ?? '', dimensions: model?.hidden ?? 0, kernels: 'onnx', memoryBytes };
  }

  get ready(): boolean {
    return this.#loaded !== undefined;
  }

  async load(onProgress: OnProgress): Promise<void> {
    onProgress({ loaded: 0, total: 1 });
    const [{ runtime, session }, pack] = await Promise.all([this.#start(), guarded(() => this.#tokenizer())]);
    this.#loaded = { runtime, session, model: pack?.model, tokenizer: pack?.core };
    onProgress({ loaded: 1, total: 1 });
  }

  async prefix(kind: TextKind): Promise<string> {
    return (this.#config.prefixes ?? this.#loaded!.model?.prefixes)?.[kind] ?? '';
  }

  async embed(texts: readonly Embeddable[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      vectors.push(await this.#run(await this.#pieces(text, kind)));
    }
    return vectors;
  }

  /** The pack that lends its tokenizer is what the file was made from. */
  async encode(query: Embeddable, signal: AbortSignal): Promise<QueryVector> {
    const identity = await this.identity();
    const [vector] = await this.embed([query], 'query', signal);
    return { bytes: toBytes(vector!), identity };
  }

  async identity(): Promise<string> {
    if (!this.#files) {
      throw new SearchError('argument', 'ONNX: without a model pack nobody knows whose vectors they are');
    }
    return vectorIdentity(this.#loaded?.model ?? parseModel(await this.#files.description()));
  }

  async #start(): Promise<Pick<Loaded, 'runtime' | 'session'>> {
    const [runtime, file] = await Promise.all([loadRuntime(this.#config), fetchFile(this.#config.file)]);
    try {
      return { runtime, session: await runtime.InferenceSession.create(file, { executionProviders: ['wasm'] }) };
    } catch (error) {
      const refused = `${this.#config.file}: ONNX Runtime does not run it: ${said(error)}`;
      throw new SearchError('input', refused, { cause: error });
    }
  }

  async #tokenizer(): Promise<{ readonly model: Model; readonly core: EncoderCore } | undefined> {
    if (!this.#files) return undefined;
    const [module, text] = await Promise.all([compileEncoder(this.#folder), this.#files.description()]);
    const model = parseModel(text);
    const core = await EncoderCore.create(module, Math.min(model.positions, PIECES_MAX));
    const { tokenizer: file } = model;
    await this.#files.file(file.name, file.raw, async (content) =>
      core.add('tokenizer', content, await checkHash(content, file)));
    return { model, core };
  }

  async #pieces(text: Embeddable, kind: TextKind): Promise<ArrayLike<number>> {
    if (typeof text !== 'string') return text;
    const { tokenizer } = this.#loaded!;
    if (!tokenizer) throw new SearchError('argument', 'ONNX: give open() a model pack or a tokenizer');
    return tokenizer.pieces(await this.prefix(kind) + text);
  }

  async #run(pieces: ArrayLike<number>): Promise<Float32Array> {
    const { runtime, session, model } = this.#loaded!;
    const dims = [1, pieces.length];
    const values: Record<string, BigInt64Array> = {
      input_ids: BigInt64Array.from(Array.from(pieces, BigInt)),
      attention_mask: new BigInt64Array(pieces.length).fill(1n),
      token_type_ids: new BigInt64Array(pieces.length),
    };
    const feeds: Record<string, Tensor> = {};
    for (const name of session.inputNames) {
      const value = values[name];
      if (!value) throw new SearchError('input', `The ONNX file wants an input "${name}", which is not known here`);
      feeds[name] = new runtime.Tensor('int64', value, dims);
    }
    let outputs: Record<string, Tensor>;
    try {
      outputs = await session.run(feeds);
    } catch (error) {
      throw new SearchError('input', `ONNX Runtime failed: ${said(error)}`, { cause: error });
    }
    try {
      const output = outputs['sentence_embedding'] ?? outputs[session.outputNames[0] ?? ''];
      return unit(pool(output, this.#config.pooling ?? model?.pooling ?? 'mean'));
    } finally {
      for (const tensor of [...Object.values(feeds), ...Object.values(outputs)]) tensor.dispose();
    }
  }
}

async function loadRuntime({ runtime: url, wasm }: OnnxConfig): Promise<Runtime> {
  let runtime: Runtime;
  try {
    runtime = await import(url) as Runtime;
  } catch (error) {
    const refused = `${url}: ONNX Runtime Web could not be loaded: ${said(error)}`;
    throw new SearchError('missing', refused, { cause: error });
  }
  const settings = runtime.env.wasm;
  settings.wasmPaths = wasm;
  // Threads need memory that is shared, which only isolated pages have.
  settings.numThreads = globalThis.crossOriginIsolated ? Math.min(THREADS_MAX, navigator.hardwareConcurrency) : 1;
  settings.proxy = false;
  return runtime;
}

async function fetchFile(url: string): Promise<Uint8Array> {
  const response = await request(new URL(url));
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new SearchError('network', `${url} broke off while it was loading`, { cause: error });
  }
}

/** [1][dimensions] as it is; of [1][pieces][dimensions] the mean, or the first. */
function pool(output: Tensor | undefined, pooling: 'mean' | 'first'): Float32Array {
  const dims = output?.dims ?? [];
  if (!output || (dims.length !== 2 && dims.length !== 3) || dims[0] !== 1) {
    throw new SearchError('input', 'The output of the ONNX file is neither a vector nor one a piece');
  }
  const size = dims.at(-1)!;
  const rows = dims.length === 2 || pooling === 'first' ? 1 : dims[1]!;
  const vector = new Float32Array(size);
  for (let i = 0; i < rows * size; i++) vector[i % size]! += output.data[i]!;
  return vector;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((x) => x / length) : vector;
}

/** @throws {SearchError} 'input': a number is none. */
function toBytes(vector: Float32Array): Int8Array {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (!Number.isFinite(largest)) throw new SearchError('input', 'The ONNX file gives vectors that are not of numbers');
  return Int8Array.from(vector, (x) => (largest > 0 ? Math.round(127 * x / largest) : 0));
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
