/**
 * The one file that touches the core's memory.
 *
 * Views of that memory are made for each use and never kept: memory that grows leaves them detached. Buffers for
 * arguments live as long as the call.
 */
import { SearchError, errorCodeOfStatus } from '../protocol/error.js';
import type { SearchResults } from '../protocol/types.js';
import { ABI_VERSION, type Exports } from './abi.js';
import { start } from './wasm.js';

/** Stem of `word` by `algorithm`, both UTF-8; undefined where the algorithm is not loaded. */
export type HostStem = (algorithm: string, word: Uint8Array) => Uint8Array | undefined;

/** What the core says (core/search/json.cpp): it knows nothing of tiers, and names the files that it lacks. */
interface CoreAnswer extends Omit<SearchResults, 'tiers' | 'complete'> {
  readonly needs: readonly string[];
}

/** An answer, and the files that would complete it. */
export interface Answer {
  readonly results: SearchResults;
  readonly needs: readonly string[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const TEXT_BYTES = 8; // cg_text: address and size

/** One instance of the core with one index. */
export class Core {
  protected readonly exports_: Exports;
  protected readonly index_: number;
  /** What its answers rank by. */
  protected readonly tiers_: SearchResults['tiers'] = ['lexical'];

  protected constructor(exports: Exports) {
    this.exports_ = exports;
    this.index_ = exports.cg_index_new();
    if (this.index_ === 0) throw new SearchError('memory', 'There is no memory for the search index');
  }

  /** @throws {SearchError} 'version' | 'memory'. */
  static async create(module: WebAssembly.Module, stem: HostStem): Promise<Core> {
    let exports: Exports | undefined;
    const view = (begin: number, size: number) => new Uint8Array(exports!.memory.buffer, begin, size);
    exports = await start<Exports>(module, {
      cg_host_stem: (algorithm = 0, algorithmSize = 0, word = 0, wordSize = 0, out = 0, capacity = 0) => {
        const stemmed = stem(decoder.decode(view(algorithm, algorithmSize)), view(word, wordSize));
        if (!stemmed || stemmed.length > capacity) return -1;
        view(out, stemmed.length).set(stemmed);
        return stemmed.length;
      },
    });
    if (exports.cg_abi_version() !== ABI_VERSION) {
      throw new SearchError('version', 'The search core and its worker are of different versions; reload the page');
    }
    return new this(exports);
  }

  /** @throws {SearchError} 'corrupt' | 'version' | 'argument' | 'memory'. */
  addLanguage(list: Uint8Array): void {
    this.copied_([list], (at, size) => this.check_(this.exports_.cg_add_language(this.index_, at, size)));
  }

  /** @throws {SearchError} 'corrupt' | 'argument' | 'memory'. */
  attach(name: string, bytes: Uint8Array): void {
    this.copied_([encoder.encode(name), bytes], (...args) =>
      this.check_(this.exports_.cg_attach(this.index_, ...args)));
  }

  /** `request`: lines of key=value (request.ts). @throws {SearchError} 'argument' | 'memory'. */
  search(request: string): Answer {
    const { needs, ...answer } = this.copied_([encoder.encode(request)], (at, size) =>
      this.#json((out) => this.exports_.cg_search(this.index_, at, size, out))) as CoreAnswer;
    return { results: { ...answer, tiers: this.tiers_, complete: needs.length === 0 }, needs };
  }

  /** Algorithms that the languages added so far stem with. */
  stemmers(): string[] {
    return this.#json((out) => this.exports_.cg_stemmers(this.index_, out)) as string[];
  }

  #json(call: (out: number) => number): unknown {
    return JSON.parse(this.text_((out) => this.check_(call(out))));
  }

  /** The text that `call` leaves in a cg_text. */
  protected text_(call: (out: number) => void): string {
    return this.copied_([new Uint8Array(TEXT_BYTES)], (out) => {
      call(out!);
      const [data = 0, size = 0] = new Uint32Array(this.exports_.memory.buffer, out, 2);
      return decoder.decode(new Uint8Array(this.exports_.memory.buffer, data, size));
    });
  }

  /** Copies of `buffers` in the core's memory while `use` runs: address and size of each. */
  protected copied_<T>(buffers: readonly Uint8Array[], use: (...args: number[]) => T): T {
    const { cg_alloc, cg_free, memory } = this.exports_;
    const args: number[] = [];
    try {
      for (const buffer of buffers) {
        const at = cg_alloc(Math.max(buffer.length, 1));
        if (at === 0) throw new SearchError('memory', 'There is no memory for the search index');
        args.push(at, buffer.length);
        new Uint8Array(memory.buffer, at, buffer.length).set(buffer);
      }
      return use(...args);
    } finally {
      for (let i = 0; i < args.length; i += 2) cg_free(args[i]!);
    }
  }

  protected check_(status: number): void {
    if (status === 0) return;
    const message = this.text_((out) => void this.exports_.cg_error_message(this.index_, out));
    throw new SearchError(errorCodeOfStatus(status), message);
  }
}
