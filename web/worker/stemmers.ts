/** The Snowball stemmers, each a module of its own with its own memory, loaded when a language needs it. */
import { runtimeUrl } from '../protocol/build_id.js';
import { SearchError } from '../protocol/error.js';
import { compile, start } from './wasm.js';

interface StemmerExports {
  readonly memory: WebAssembly.Memory;
  cg_stem_buffer(): number;
  cg_stem_capacity(): number;
  /** Stems the first `size` bytes of the buffer in place; returns the new size, or -1. */
  cg_stem(size: number): number;
}

export class Stemmers {
  readonly #folder: URL;
  readonly #loading = new Map<string, Promise<void>>();
  readonly #ready = new Map<string, StemmerExports>();
  readonly #absent = new Set<string>();
  readonly #wanted = new Set<string>();

  /** `folder`: where `stem/` is. */
  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** An algorithm that the runtime lacks is left out: words of its language then match as they are written. */
  load(algorithm: string): Promise<void> {
    let loading = this.#loading.get(algorithm);
    if (!loading) {
      loading = this.#load(algorithm);
      this.#loading.set(algorithm, loading);
      loading.catch(() => this.#loading.delete(algorithm));
    }
    return loading;
  }

  async #load(algorithm: string): Promise<void> {
    try {
      if (!/^[a-z_]+$/.test(algorithm)) throw new SearchError('missing', algorithm);
      const module = await compile(runtimeUrl(`stem/${algorithm}.wasm`, this.#folder));
      this.#ready.set(algorithm, await start<StemmerExports>(module));
    } catch (error) {
      if (!(error instanceof SearchError && error.code === 'missing')) throw error;
      this.#absent.add(algorithm);
    }
  }

  /** Algorithms that words waited for since it was last asked: those of a query in another language. */
  wanted(): string[] {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    return wanted;
  }

  stem(algorithm: string, word: Uint8Array): Uint8Array | undefined {
    const exports = this.#ready.get(algorithm);
    if (!exports && !this.#absent.has(algorithm)) this.#wanted.add(algorithm);
    if (!exports || word.length > exports.cg_stem_capacity()) return undefined;
    const buffer = exports.cg_stem_buffer();
    new Uint8Array(exports.memory.buffer, buffer, word.length).set(word);
    const size = exports.cg_stem(word.length);
    return size < 0 ? undefined : new Uint8Array(exports.memory.buffer, buffer, size);
  }
}
