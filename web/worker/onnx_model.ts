/** ONNX Runtime Web, loaded from where the site keeps it, with one ONNX file of the site's. */
import type { OnnxPlace } from '../protocol/encoder_messages.js';
import { SearchError } from '../protocol/error.js';
import { request } from './http.js';

/** What of onnxruntime-web is used. */
export interface Tensor {
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

/** A file with inputs among input_ids, attention_mask and token_type_ids, each int64 [1][pieces]. */
export class OnnxModel {
  readonly #runtime: Runtime;
  readonly #session: Session;

  private constructor(runtime: Runtime, session: Session) {
    this.#runtime = runtime;
    this.#session = session;
  }

  /** @throws {SearchError} 'missing' | 'network' | 'input': a file that ONNX Runtime does not run. */
  static async load(place: OnnxPlace): Promise<OnnxModel> {
    const [runtime, file] = await Promise.all([loadRuntime(place), fetchFile(place.file)]);
    try {
      return new OnnxModel(runtime, await runtime.InferenceSession.create(file, { executionProviders: ['wasm'] }));
    } catch (error) {
      throw new SearchError('input', `${place.file}: ONNX Runtime does not run it: ${said(error)}`, { cause: error });
    }
  }

  /**
   * What `take` makes of the output `preferred`, or else of the first, for these pieces; `types`: their
   * token_type_ids, zeros where there are none. One run at a time.
   * @throws {SearchError} 'input': an input that is not known here, or ONNX Runtime failed; and what `take` throws.
   */
  async run<T>(
    pieces: ArrayLike<number>, types: ArrayLike<number> | undefined, preferred: string,
    take: (output: Tensor | undefined) => T,
  ): Promise<T> {
    const feeds = this.#feeds(pieces, types);
    let outputs: Record<string, Tensor> = {};
    try {
      outputs = await this.#session.run(feeds);
    } catch (error) {
      throw new SearchError('input', `ONNX Runtime failed: ${said(error)}`, { cause: error });
    }
    try {
      return take(outputs[preferred] ?? outputs[this.#session.outputNames[0] ?? '']);
    } finally {
      for (const tensor of [...Object.values(feeds), ...Object.values(outputs)]) tensor.dispose();
    }
  }

  #feeds(pieces: ArrayLike<number>, types: ArrayLike<number> | undefined): Record<string, Tensor> {
    const dims = [1, pieces.length];
    const values: Record<string, BigInt64Array> = {
      input_ids: integers(pieces),
      attention_mask: new BigInt64Array(pieces.length).fill(1n),
      token_type_ids: types ? integers(types) : new BigInt64Array(pieces.length),
    };
    const feeds: Record<string, Tensor> = {};
    for (const name of this.#session.inputNames) {
      const value = values[name];
      if (!value) throw new SearchError('input', `The ONNX file wants an input "${name}", which is not known here`);
      feeds[name] = new this.#runtime.Tensor('int64', value, dims);
    }
    return feeds;
  }
}

function integers(values: ArrayLike<number>): BigInt64Array {
  return BigInt64Array.from(Array.from(values, BigInt));
}

async function loadRuntime({ runtime: url, wasm }: OnnxPlace): Promise<Runtime> {
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

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
