/**
 * The indexer's core in Node: the only file of the command that touches the wasm module.
 *
 * Views of the module's memory are made anew for every access: any call may grow it and detach older ones.
 */
import { CommandError, exitInput } from '../errors.js';
import { type CoreExports, kAbiVersion } from './exports.js';

const kTextSize = 8; // cg_text: data, size
const kArgument = 1; // of ErrorCode (core/base/result.h)
const kDecoder = new TextDecoder();
const kEncoder = new TextEncoder();

/** What the module imports: it computes, so the system calls of its C library are answered with "not here". */
function importsFor(module: WebAssembly.Module, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const kNotSupported = 52;
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] =
      name === 'proc_exit' ? () => { throw new Error('the core stopped'); }
      : name === 'fd_write' ? (fd: number, vectors: number, count: number, written: number) =>
        writeToStderr(memory(), fd, vectors, count, written)
      : name === 'emscripten_notify_memory_growth' ? () => undefined
      : name === 'cg_host_stem' ? () => -1
      : () => kNotSupported;
  }
  return imports;
}

/** fd_write of WASI: the message of a broken precondition, before the module traps. */
function writeToStderr(
  memory: WebAssembly.Memory, fd: number, vectors: number, count: number, written: number,
): number {
  const view = new DataView(memory.buffer);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const data = view.getUint32(vectors + i * 8, true);
    const size = view.getUint32(vectors + i * 8 + 4, true);
    const text = kDecoder.decode(new Uint8Array(memory.buffer, data, size).slice());
    if (fd === 1 || fd === 2) process.stderr.write(text);
    total += size;
  }
  view.setUint32(written, total, true);
  return 0;
}

export interface AnalyseReport {
  pages: number;
  sections: number;
  skipped: { line: number; message: string }[];
}

export interface BuildReport {
  groups: number;
  languages: {
    lang: string; pages: number; sections: number; terms: number; postings: number; bytes: number; files: number;
  }[];
  /** What queries in one language find among the pages in another: core/build/relevance.h. */
  relevance: Relevance[];
  /** Of the bundle's vectors; 0 where there are none. */
  vectorRows: number;
  vectorBytes: number;
  /** Of those named by Builder.readers, the ones that the site is not written in: who has a word table. */
  readers?: { with: string[]; without: string[] };
  warnings: string[];
}

/** What a build wants of an encoder, and which file of the cache's folder has vectors of that model. */
export interface EmbedPlan {
  /** Whose vectors the bundle's are: a query's must be of the same. */
  model: string;
  cache: string;
  texts: number;
  dimensions: number;
}

/** Texts that the cache lacks, and how much of its file stays: of which nothing does, it begins with `header`. */
export interface MissingTexts {
  missing: number;
  good: number;
  header: Uint8Array;
}

export interface Relevance {
  from: string;
  to: string;
  queries: number;
  ndcg10: number;
  success5: number;
}

export interface BundleFile {
  name: string;
  bytes: Uint8Array;
}

/** One instance of the module. */
export class Core {
  private readonly exports: CoreExports;
  private readonly texts: number;

  /** @throws {CommandError} when the module does not fit this program. */
  constructor(module: WebAssembly.Module) {
    let exports: CoreExports | undefined;
    const instance = new WebAssembly.Instance(module, importsFor(module, () => exports!.memory));
    this.exports = exports = instance.exports as unknown as CoreExports;
    exports._initialize?.();
    if (exports.cg_abi_version() !== kAbiVersion) {
      throw new CommandError(exitInput, 'crossglot-index.wasm is of another version: reinstall the package');
    }
    this.texts = exports.cg_alloc(2 * kTextSize);
  }

  newBuilder(): Builder {
    return new Builder(this, this.exports);
  }

  newModel(): ModelPack {
    return new ModelPack(this, this.exports);
  }

  newIndex(): Index {
    return new Index(this, this.exports);
  }

  /** Where the n-th (0 or 1) cg_text of a call is written. */
  textAt(n: number): number {
    return this.texts + n * kTextSize;
  }

  bytesOf(n: number): Uint8Array {
    const view = new DataView(this.exports.memory.buffer, this.textAt(n), kTextSize);
    return new Uint8Array(this.exports.memory.buffer, view.getUint32(0, true), view.getUint32(4, true)).slice();
  }

  stringOf(n: number): string {
    return kDecoder.decode(this.bytesOf(n));
  }

  /** Calls `use` with copies of `buffers` in the module's memory, as pointer, size, pointer, size. */
  withBuffers<T>(buffers: readonly (Uint8Array | string)[], use: (...pointers: number[]) => T): T {
    const pointers: number[] = [];
    try {
      for (const buffer of buffers) {
        const bytes = typeof buffer === 'string' ? kEncoder.encode(buffer) : buffer;
        const pointer = this.exports.cg_alloc(Math.max(1, bytes.length));
        if (pointer === 0) throw new CommandError(exitInput, 'out of memory: the site is too large for 4 GB');
        pointers.push(pointer, bytes.length);
        new Uint8Array(this.exports.memory.buffer, pointer, bytes.length).set(bytes);
      }
      return use(...pointers);
    } finally {
      for (let i = 0; i < pointers.length; i += 2) this.exports.cg_free(pointers[i]!);
    }
  }
}

/** cg_builder. */
export class Builder {
  private readonly handle: number;

  constructor(private readonly core: Core, private readonly exports: CoreExports) {
    this.handle = exports.cg_builder_new();
  }

  /** @throws {CommandError} naming file, line and field, unless `keepGoing`. */
  analyse(jsonl: Uint8Array | string, fileName: string, firstLine: number, keepGoing: boolean):
      { segment: Uint8Array; report: AnalyseReport } {
    const { core } = this;
    return core.withBuffers([jsonl, fileName], (text, size, name, nameSize) => {
      this.check(this.exports.cg_analyse(this.handle, text!, size!, name!, nameSize!, firstLine, keepGoing ? 1 : 0,
        core.textAt(0), core.textAt(1)));
      return { segment: core.bytesOf(0), report: JSON.parse(core.stringOf(1)) as AnalyseReport };
    });
  }

  add(segment: Uint8Array): void {
    this.core.withBuffers([segment], (data, size) =>
      this.check(this.exports.cg_builder_add(this.handle, data!, size!)));
  }

  /** Adds word tables of other documentation. @throws {CommandError} naming file and line. */
  seed(tables: Uint8Array, fileName: string): void {
    this.core.withBuffers([tables, fileName], (text, size, name, nameSize) =>
      this.check(this.exports.cg_builder_seed(this.handle, text!, size!, name!, nameSize!)));
  }

  /** Keeps of the word tables those that readers in these languages need; none: all. */
  readers(languages: readonly string[]): void {
    this.core.withBuffers([languages.join(',')], (text, size) =>
      this.exports.cg_builder_readers(this.handle, text!, size!));
  }

  /**
   * Takes means of queries, if they are of the model that `description`, its model.json, is of.
   * @throws {CommandError} naming file and line.
   */
  means(means: Uint8Array, fileName: string, description: string): boolean {
    return this.core.withBuffers([means, fileName, description], (text, size, name, nameSize, json, jsonSize) => {
      const status = this.exports.cg_builder_means(this.handle, text!, size!, name!, nameSize!, json!, jsonSize!);
      if (status !== kArgument) this.check(status);
      return status === 0;
    });
  }

  /**
   * Asks for vectors, after the last segment; build.h says in which order the next calls come.
   * @param description model.json of the pack. @throws {CommandError} when it is broken.
   */
  embed(description: string): EmbedPlan {
    return this.core.withBuffers([description], (text, size) => {
      this.check(this.exports.cg_builder_embed(this.handle, text!, size!, this.core.textAt(0)));
      return JSON.parse(this.core.stringOf(0)) as EmbedPlan;
    });
  }

  /** @param piece of the cache's file, from its begin on. */
  readCache(piece: Uint8Array): void {
    this.core.withBuffers([piece], (data, size) => this.exports.cg_builder_read_cache(this.handle, data!, size!));
  }

  missing(): MissingTexts {
    this.exports.cg_builder_missing(this.handle, this.core.textAt(0), this.core.textAt(1));
    return { ...JSON.parse(this.core.stringOf(0)) as { missing: number; good: number }, header: this.core.bytesOf(1) };
  }

  /** The n-th text to encode, with its prefix, as UTF-8. */
  text(n: number): Uint8Array {
    if (this.exports.cg_builder_text(this.handle, n, this.core.textAt(0)) === 0) throw new Error(`no text ${n}`);
    return this.core.bytesOf(0);
  }

  /** Vectors of texts, from number `first` on. Returns what belongs at the end of the cache's file. */
  vectors(first: number, count: number, vectors: Uint8Array): Uint8Array {
    return this.core.withBuffers([vectors], (data) => {
      this.exports.cg_builder_vectors(this.handle, first, count, data!, this.core.textAt(0));
      return this.core.bytesOf(0);
    });
  }

  /** How much of the encoding is done, from 0 to 1. */
  share(): number {
    return this.exports.cg_builder_share(this.handle);
  }

  finish(): BuildReport {
    this.check(this.exports.cg_builder_finish(this.handle, this.core.textAt(0)));
    return JSON.parse(this.core.stringOf(0)) as BuildReport;
  }

  /** The bundle's files in the order in which they are to be written. */
  *files(): Generator<BundleFile> {
    const [name, bytes] = [this.core.textAt(0), this.core.textAt(1)];
    for (let i = 0; this.exports.cg_builder_file(this.handle, i, name, bytes) !== 0; i++) {
      yield { name: this.core.stringOf(0), bytes: this.core.bytesOf(1) };
    }
  }

  delete(): void {
    this.exports.cg_builder_delete(this.handle);
  }

  private check(status: number): void {
    if (status === 0) return;
    this.exports.cg_builder_error(this.handle, this.core.textAt(0));
    throw new CommandError(exitInput, this.core.stringOf(0));
  }
}

/** cg_model. */
export class ModelPack {
  private readonly handle: number;

  constructor(private readonly core: Core, private readonly exports: CoreExports) {
    this.handle = exports.cg_model_new();
  }

  /** @param files those of the pack, as they are stored. @throws {CommandError} when it is broken or incomplete. */
  open(files: Iterable<BundleFile>): void {
    for (const { name, bytes } of files) {
      this.core.withBuffers([name, bytes], (text, textSize, data, size) =>
        this.check(this.exports.cg_model_add_file(this.handle, text!, textSize!, data!, size!)));
    }
    this.check(this.exports.cg_model_open(this.handle));
  }

  /** @param jsonl whole lines of documents. @throws {CommandError} when one is broken. */
  count(jsonl: Uint8Array | string): void {
    this.core.withBuffers([jsonl, 'documents'], (text, size, name, nameSize) =>
      this.check(this.exports.cg_model_count(this.handle, text!, size!, name!, nameSize!, 1)));
  }

  /** The pack's files in the order in which they are to be written; its rows in the order of what was counted. */
  *write(languages: readonly string[]): Generator<BundleFile> {
    this.core.withBuffers([languages.join(',')], (text, size) =>
      this.check(this.exports.cg_model_write(this.handle, text!, size!)));
    const [name, bytes] = [this.core.textAt(0), this.core.textAt(1)];
    for (let i = 0; this.exports.cg_model_file(this.handle, i, name, bytes) !== 0; i++) {
      yield { name: this.core.stringOf(0), bytes: this.core.bytesOf(1) };
    }
  }

  private check(status: number): void {
    if (status === 0) return;
    this.exports.cg_model_error(this.handle, this.core.textAt(0));
    throw new CommandError(exitInput, this.core.stringOf(0));
  }
}

/** cg_index. */
export class Index {
  private readonly handle: number;

  constructor(private readonly core: Core, private readonly exports: CoreExports) {
    this.handle = exports.cg_index_new();
  }

  addLanguage(list: Uint8Array): void {
    this.core.withBuffers([list], (data, size) =>
      this.check(this.exports.cg_add_language(this.handle, data!, size!)));
  }

  attach(name: string, bytes: Uint8Array): void {
    this.core.withBuffers([name, bytes], (text, textSize, data, size) =>
      this.check(this.exports.cg_attach(this.handle, text!, textSize!, data!, size!)));
  }

  addVectors(list: Uint8Array): void {
    this.core.withBuffers([list], (data, size) =>
      this.check(this.exports.cg_add_vectors(this.handle, data!, size!)));
  }

  /** Whose vectors those are. */
  vectorModel(): string {
    this.exports.cg_vector_model(this.handle, this.core.textAt(0));
    return this.core.stringOf(0);
  }

  /** @param request lines "key=value" (crossglot.h, meaning.h). Returns the answer's JSON. */
  search(request: string): string {
    return this.core.withBuffers([request], (text, size) => {
      this.check(this.exports.cg_search(this.handle, text!, size!, this.core.textAt(0)));
      return this.core.stringOf(0);
    });
  }

  /** Algorithms of the languages added so far. */
  stemmers(): string[] {
    this.check(this.exports.cg_stemmers(this.handle, this.core.textAt(0)));
    return JSON.parse(this.core.stringOf(0)) as string[];
  }

  private check(status: number): void {
    if (status === 0) return;
    this.exports.cg_error_message(this.handle, this.core.textAt(0));
    throw new CommandError(exitInput, this.core.stringOf(0));
  }
}
