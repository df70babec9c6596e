/**
 * The one file that touches the encoder's memory, by the rules of binding.ts: views are made for each use, buffers
 * for arguments live as long as the call.
 */
import { SearchError, errorCodeOfStatus } from '../protocol/error.js';
import { ENCODER_ABI_VERSION, type EncoderExports } from './encoder_abi.js';
import { start } from './wasm.js';

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();
const PAIR_BYTES = 8; // cg_text, cg_numbers: address and size

/** One instance of an encoder module with one model. What was loaded wrongly leaves it as it was. */
export class EncoderCore {
  readonly #exports: EncoderExports;
  readonly #encoder: number;

  private constructor(exports: EncoderExports, piecesMax: number) {
    this.#exports = exports;
    this.#encoder = exports.cg_encoder_new(piecesMax);
    if (this.#encoder === 0) throw outOfMemory();
  }

  /** `piecesMax`: longer texts are cut. @throws {SearchError} 'version' | 'memory' | 'unsupported'. */
  static async create(module: WebAssembly.Module, piecesMax: number): Promise<EncoderCore> {
    const exports = await start<EncoderExports>(module);
    if (exports.cg_encoder_abi_version() !== ENCODER_ABI_VERSION) {
      throw new SearchError('version', 'The encoder and its worker are of different versions; reload the page');
    }
    return new EncoderCore(exports, piecesMax);
  }

  /** Bytes of the module's memory, which never shrinks. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** The kernel variant that runs: "wasmrelaxed", "wasm128". */
  get kernels(): string {
    return this.#text((out) => this.#exports.cg_encoder_kernels(this.#encoder, out));
  }

  get dimensions(): number {
    return this.#exports.cg_encoder_dimensions(this.#encoder);
  }

  get ready(): boolean {
    return this.#exports.cg_encoder_ready(this.#encoder) === 1;
  }

  /**
   * A file's content; encoder files in the order of model.json. `sha256`: its 32 bytes as named there; undefined: the
   * content has been found to have it.
   * @throws {SearchError} 'corrupt' | 'version' | 'memory'.
   */
  add(part: 'tokenizer' | 'rows' | 'layers', content: Uint8Array, sha256: Uint8Array | undefined): void {
    this.#with(sha256 ? [content, sha256] : [content], (at, size, hash = 0) =>
      this.#check(this.#exports[`cg_encoder_add_${part}`](this.#encoder, at!, size!, hash)));
  }

  /** @throws {SearchError} 'corrupt' | 'version' | 'memory'. */
  addPage(page: number, content: Uint8Array): void {
    this.#with([content], (at, size) =>
      this.#check(this.#exports.cg_encoder_add_page(this.#encoder, page, at!, size!)));
  }

  get pageCount(): number {
    return this.#exports.cg_encoder_page_count(this.#encoder);
  }

  /** How many pages, from 0 on, the site's own text uses most. */
  get firstPages(): number {
    return this.#exports.cg_encoder_first_pages(this.#encoder);
  }

  /** Name and size of a page's file; undefined: the site does without. */
  pageFile(page: number): { readonly name: string; readonly size: number } | undefined {
    let size = 0;
    const name = this.#text((out) => { size = this.#exports.cg_encoder_page_file(this.#encoder, page, out); });
    return size === 0 ? undefined : { name, size };
  }

  /** Ids of the text's pieces, begin and end included. Needs the tokenizer alone. `text`: with its prefix. */
  pieces(text: string): Uint32Array {
    return this.#numbers('cg_encoder_pieces', text);
  }

  /** Pages to add before `text` can be encoded. */
  needs(text: string): Uint32Array {
    return this.#numbers('cg_encoder_needs', text);
  }

  /** The text's vector, of length 1. @throws {SearchError} 'missing': a page is not there yet. */
  encode(text: string): Float32Array<ArrayBuffer> {
    return this.#encode(text, 0, (at) => new Float32Array(this.#exports.memory.buffer, at, this.dimensions).slice());
  }

  /** The same as bytes: round(127 * x / largest |x|). */
  encodeBytes(text: string): Int8Array<ArrayBuffer> {
    return this.#encode(text, 1, (at) => new Int8Array(this.#exports.memory.buffer, at, this.dimensions).slice());
  }

  #encode<T>(text: string, which: 0 | 1, take: (at: number) => T): T {
    return this.#with([textEncoder.encode(text), new Uint8Array(PAIR_BYTES)], (at, size, out) => {
      this.#check(this.#exports.cg_encode(this.#encoder, at!, size!, out!, out! + 4));
      return take(new Uint32Array(this.#exports.memory.buffer, out, 2)[which]!);
    });
  }

  #numbers(call: 'cg_encoder_pieces' | 'cg_encoder_needs', text: string): Uint32Array {
    return this.#with([textEncoder.encode(text), new Uint8Array(PAIR_BYTES)], (at, size, out) => {
      this.#check(this.#exports[call](this.#encoder, at!, size!, out!));
      const [data = 0, count = 0] = new Uint32Array(this.#exports.memory.buffer, out, 2);
      return new Uint32Array(this.#exports.memory.buffer, data, count).slice();
    });
  }

  /** The text that `call` leaves in a cg_text. */
  #text(call: (out: number) => void): string {
    return this.#with([new Uint8Array(PAIR_BYTES)], (out) => {
      call(out!);
      const [data = 0, size = 0] = new Uint32Array(this.#exports.memory.buffer, out, 2);
      return textDecoder.decode(new Uint8Array(this.#exports.memory.buffer, data, size));
    });
  }

  /** Copies of `buffers` in the module's memory while `use` runs: address and size of each. */
  #with<T>(buffers: readonly Uint8Array[], use: (...args: number[]) => T): T {
    const { cg_encoder_alloc, cg_encoder_free, memory } = this.#exports;
    const args: number[] = [];
    try {
      for (const buffer of buffers) {
        const at = cg_encoder_alloc(Math.max(buffer.length, 1));
        if (at === 0) throw outOfMemory();
        args.push(at, buffer.length);
        new Uint8Array(memory.buffer, at, buffer.length).set(buffer);
      }
      return use(...args);
    } finally {
      for (let i = 0; i < args.length; i += 2) cg_encoder_free(args[i]!);
    }
  }

  #check(status: number): void {
    if (status === 0) return;
    const message = this.#text((out) => void this.#exports.cg_encoder_error(this.#encoder, out));
    throw new SearchError(errorCodeOfStatus(status), message);
  }
}

function outOfMemory(): SearchError {
  return new SearchError('memory', 'There is no memory for the encoder');
}
