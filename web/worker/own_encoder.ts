/** Our own engine: a model pack's files streamed into a module, rows of the vocabulary as texts need them. */
import { runtimeUrl } from '../protocol/build_id.js';
import { SearchError } from '../protocol/error.js';
import type { ModelInfo, TextKind } from '../protocol/types.js';
import { EncoderCore } from './encoder_binding.js';
import type { OnProgress, QueryVector, TextEngine } from './encoder_session.js';
import { checkHash, type Model, type ModelFile, parseModel, vectorIdentity } from './model.js';
import type { ModelFiles } from './model_files.js';
import { compile } from './wasm.js';

/** A page inflates to no more (core/embed/pack_header.h, kPackRawBytesMax). */
const PAGE_BYTES_MAX = 16 << 20;

/** Many texts take turns with searches, and hear of their end. */
const TURN_MS = 40;

/** (module (func (result v128) a relaxed dot product)): valid where the engine knows relaxed SIMD. */
const RELAXED = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0,
  65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 147, 2, 11);

/** The module for this browser, from the folder `runtime`. It finds out itself whether its kernels compute right. */
export function compileEncoder(runtime: URL): Promise<WebAssembly.Module> {
  const name = WebAssembly.validate(RELAXED) ? 'encoder-relaxed.wasm' : 'encoder.wasm';
  return compile(runtimeUrl(name, runtime));
}

interface Loaded {
  readonly core: EncoderCore;
  readonly model: Model;
  /** model.json as it came, to tell one deploy from the next. */
  readonly text: string;
  /** Pages that are there or on their way. */
  readonly pages: Map<number, Promise<void>>;
}

export class OwnEncoder implements TextEngine {
  readonly #files: ModelFiles;
  readonly #runtime: URL;
  #module: Promise<WebAssembly.Module> | undefined;
  #loaded: Loaded | undefined;

  /** `runtime`: where the encoder's modules are. */
  constructor(files: ModelFiles, runtime: URL) {
    this.#files = files;
    this.#runtime = runtime;
  }

  get info(): ModelInfo {
    const { core, model } = this.#loaded!;
    return { name: model.name, dimensions: core.dimensions, kernels: core.kernels, memoryBytes: core.memoryBytes };
  }

  async load(onProgress: OnProgress): Promise<void> {
    const compiled = this.#compiled();
    const text = await this.#files.description();
    const model = parseModel(text);
    const made = compiled.then((module) => EncoderCore.create(module, model.positions));
    made.catch(() => undefined); // told where it is awaited
    await guarded(() => this.#fill(made, model, onProgress));
    const core = await made;
    this.#loaded = { core, model, text, pages: new Map() };
    for (let page = 0; page < core.firstPages; page++) void this.#page(this.#loaded, page).catch(() => undefined);
    void this.#forgetOthers(this.#loaded).catch(() => undefined);
  }

  async embed(texts: readonly string[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    return this.#use(async (loaded) => {
      const vectors: Float32Array[] = [];
      let begin = performance.now();
      for (const text of texts) {
        if (performance.now() - begin > TURN_MS) {
          await new Promise((resolve) => { setTimeout(resolve); });
          begin = performance.now();
        }
        signal.throwIfAborted();
        vectors.push(loaded.core.encode(await this.#prepared(loaded, text, kind)));
      }
      return vectors;
    });
  }

  async encode(query: string, signal: AbortSignal): Promise<QueryVector> {
    return this.#use(async (loaded) => {
      const text = await this.#prepared(loaded, query, 'query');
      signal.throwIfAborted();
      return { bytes: loaded.core.encodeBytes(text), identity: vectorIdentity(loaded.model) };
    });
  }

  async identity(): Promise<string> {
    return vectorIdentity(this.#loaded?.model ?? parseModel(await this.#files.description()));
  }

  async #use<T>(use: (loaded: Loaded) => Promise<T>): Promise<T> {
    const loaded = this.#loaded!;
    try {
      return await guarded(() => use(loaded));
    } catch (error) {
      // A core that stopped is not to be trusted, and a page that is gone may be one of a deploy before.
      const stopped = (error as SearchError).code === 'memory';
      if (stopped || ((error as SearchError).code === 'missing' && await this.#isReplaced(loaded))) {
        this.#loaded = undefined;
      }
      throw error;
    }
  }

  /** Whether load() has run and what it left may be used. */
  get ready(): boolean {
    return this.#loaded !== undefined;
  }

  async prefix(kind: TextKind): Promise<string> {
    return this.#loaded!.model.prefixes[kind];
  }

  #compiled(): Promise<WebAssembly.Module> {
    this.#module ??= compileEncoder(this.#runtime);
    this.#module.catch(() => { this.#module = undefined; });
    return this.#module;
  }

  /**
   * Files are asked for in the order in which they are wanted, while the core is still `made`; it gets the encoder's
   * in their own order.
   */
  async #fill(made: Promise<EncoderCore>, model: Model, onProgress: OnProgress): Promise<void> {
    const [shape, ...layers] = model.encoder;
    const files: [part: 'tokenizer' | 'rows' | 'layers', file: ModelFile][] = [
      ['layers', shape!], ['tokenizer', model.tokenizer],
      ...layers.map((file): ['layers', ModelFile] => ['layers', file]), ['rows', model.rows],
    ];
    const total = files.reduce((sum, [, { size }]) => sum + size, 0);
    const failed = new AbortController();
    let bytes = 0;
    onProgress({ loaded: 0, total });
    let before: Promise<unknown> = Promise.resolve();
    const all = files.map(async ([part, file]) => {
      const turn = before;
      const added = this.#files.file(file.name, file.raw, async (content) => {
        const hash = await checkHash(content, file);
        if (part === 'layers') await turn.catch(() => undefined);
        const core = await made;
        if (!failed.signal.aborted) core.add(part, content, hash);
      }, failed.signal);
      if (part === 'layers') before = added;
      try {
        await added;
      } catch (error) {
        failed.abort(error);
        return;
      }
      bytes += file.size;
      onProgress({ loaded: bytes, total });
    });
    // All have ended before an error is told: what is tried next finds nothing half done.
    await Promise.all(all);
    failed.signal.throwIfAborted();
    if (!(await made).ready) throw new SearchError('corrupt', 'model.json names too few files of layers');
  }

  /** The text with its prefix, once the rows of its pieces are there. */
  async #prepared(loaded: Loaded, text: string, kind: TextKind): Promise<string> {
    const prefixed = loaded.model.prefixes[kind] + text;
    const pages = loaded.core.needs(prefixed);
    await Promise.all([...pages].map((page) => this.#page(loaded, page)));
    return prefixed;
  }

  #page(loaded: Loaded, page: number): Promise<void> {
    let loading = loaded.pages.get(page);
    if (!loading) {
      loading = this.#loadPage(loaded, page);
      loaded.pages.set(page, loading);
      loading.catch(() => loaded.pages.delete(page));
    }
    return loading;
  }

  async #loadPage({ core }: Loaded, page: number): Promise<void> {
    const file = core.pageFile(page);
    if (file) await this.#files.file(file.name, PAGE_BYTES_MAX, (content) => core.addPage(page, content));
  }

  async #isReplaced(loaded: Loaded): Promise<boolean> {
    return await this.#files.description().catch(() => loaded.text) !== loaded.text;
  }

  #forgetOthers({ core, model }: Loaded): Promise<void> {
    const names = new Set([model.tokenizer, model.rows, ...model.encoder].map(({ name }) => name));
    for (let page = 0; page < core.pageCount; page++) names.add(core.pageFile(page)?.name ?? '');
    return this.#files.forgetOthers((name) => names.has(name));
  }
}

/** A core that stops in the middle of something throws what no caller knows. */
export async function guarded<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    throw new SearchError('memory', 'The encoder stopped; try again', { cause: error });
  }
}
