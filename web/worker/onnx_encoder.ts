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
import type { OnProgress, QueryVector, TextEngine } from './encoder_session.js';
import { parseModel, vectorIdentity } from './model.js';
import type { ModelFiles } from './model_files.js';
import { OnnxModel, type Tensor } from './onnx_model.js';
import { guarded } from './own_encoder.js';
import { loadTokenizer, type PackTokenizer } from './pack_tokenizer.js';

interface Loaded {
  readonly onnx: OnnxModel;
  readonly pack: PackTokenizer | undefined;
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
    const { pack } = this.#loaded!;
    const memoryBytes = pack?.core.memoryBytes ?? 0;
    return { name: pack?.model.name ?? '', dimensions: pack?.model.hidden ?? 0, kernels: 'onnx', memoryBytes };
  }

  get ready(): boolean {
    return this.#loaded !== undefined;
  }

  async load(onProgress: OnProgress): Promise<void> {
    onProgress({ loaded: 0, total: 1 });
    const [onnx, pack] = await Promise.all([OnnxModel.load(this.#config), guarded(() => this.#tokenizer())]);
    this.#loaded = { onnx, pack };
    onProgress({ loaded: 1, total: 1 });
  }

  async prefix(kind: TextKind): Promise<string> {
    return (this.#config.prefixes ?? this.#loaded!.pack?.model.prefixes)?.[kind] ?? '';
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
    return vectorIdentity(this.#loaded?.pack?.model ?? parseModel(await this.#files.description()));
  }

  async #tokenizer(): Promise<PackTokenizer | undefined> {
    return this.#files && loadTokenizer(this.#files, this.#folder);
  }

  async #pieces(text: Embeddable, kind: TextKind): Promise<ArrayLike<number>> {
    if (typeof text !== 'string') return text;
    const { pack } = this.#loaded!;
    if (!pack) throw new SearchError('argument', 'ONNX: give open() a model pack or a tokenizer');
    return pack.core.pieces(await this.prefix(kind) + text);
  }

  #run(pieces: ArrayLike<number>): Promise<Float32Array> {
    const { onnx, pack } = this.#loaded!;
    const pooling = this.#config.pooling ?? pack?.model.pooling ?? 'mean';
    return onnx.run(pieces, undefined, 'sentence_embedding', (output) => unit(pool(output, pooling)));
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
