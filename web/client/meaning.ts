/**
 * The page's end of model and meaning: a file of its own, loaded where a page has use for a model. Its worker is
 * started when it is first needed.
 */
import type { Embeddable, FromEncoder, OnnxConfig, ToEncoder } from '../protocol/encoder_messages.js';
import type { SearchError } from '../protocol/error.js';
import type { RequestOptions } from '../protocol/messages.js';
import type {
  EmbedOptions, ModelInfo, OnnxOptions, OpenOptions, PieceTokenizer, SearchResults,
} from '../protocol/types.js';
import type { startWorker } from './start_worker.js';
import type { Tasks } from './tasks.js';
import { joinTiers } from './tiers.js';

type OnPartial = (results: SearchResults) => void;

/** An answer that takes longer makes one ask whether the worker is still there. */
const WATCH_MS = 4000;
/** It says so at once, however busy the machine: nothing in it computes for so long. */
const DEAD_MS = 10_000;

/** What the page's script has already: its errors are of one class, wherever they arise. */
export interface Page {
  readonly SearchError: typeof SearchError;
  readonly Tasks: typeof Tasks;
  readonly startWorker: typeof startWorker;
}

export class Meaning {
  readonly #page: Page;
  readonly #folder: URL;
  readonly #options: OpenOptions;
  readonly #hasVectors: () => boolean;
  readonly #lost: () => void;
  readonly #tokenizer: PieceTokenizer | undefined;
  #tasks: Tasks<ToEncoder, FromEncoder> | undefined;
  #closed: SearchError | undefined;

  /**
   * `folder`: the bundle's; `hasVectors`: whether a model beside the bundle made vectors of it; `lost` is told when
   * what prepare() had made ready is gone.
   */
  constructor(page: Page, folder: URL, hasVectors: () => boolean, options: OpenOptions, lost: () => void) {
    this.#page = page;
    this.#folder = folder;
    this.#hasVectors = hasVectors;
    this.#options = options;
    this.#lost = lost;
    this.#tokenizer = options.encoder === 'onnx' ? options.onnx?.tokenizer : undefined;
  }

  load(signal?: AbortSignal): Promise<ModelInfo> {
    return this.#load('load', signal);
  }

  /** Makes ready to search; later, looks for a newer deploy. */
  prepare(signal?: AbortSignal): Promise<ModelInfo> {
    return this.#load('mean', signal);
  }

  async #load(type: 'load' | 'mean', signal: AbortSignal | undefined): Promise<ModelInfo> {
    const { info } = await this.#started().run({ type }, signal, (step) => {
      if (step.type === 'progress') this.#options.onModelProgress?.(step.progress);
    });
    return info!;
  }

  async embed(texts: readonly string[], { kind = 'query', signal }: EmbedOptions): Promise<Float32Array[]> {
    const strings = texts.map(String);
    await this.load(signal);
    const pieces: readonly Embeddable[] = this.#tokenizer ? await this.#cut(this.#tokenizer, strings, kind) : strings;
    const tasks = this.#started();
    return [...(await this.#use(tasks, tasks.run({ type: 'embed', texts: pieces, kind }, signal))).vectors!];
  }

  /**
   * By words and meaning, once prepare() has resolved; by `words` alone where that fails.
   * @throws {SearchError} what `words` fails with.
   */
  search(
    query: string, options: RequestOptions, signal: AbortSignal | undefined,
    words: (partial?: OnPartial) => Promise<SearchResults>, partial: OnPartial | undefined,
  ): Promise<SearchResults> {
    const meant = (partial?: OnPartial) => this.#ask(query, options, signal, partial);
    if (!query.trim()) return words(partial);
    return partial ? joinTiers(words, meant, partial) : meant().catch(() => words());
  }

  /** As search(), for a query that words have answered already; it may have to wait until prepare() resolves. */
  async improve(
    results: SearchResults, query: string, options: RequestOptions, signal: AbortSignal | undefined, partial: OnPartial,
  ): Promise<SearchResults> {
    try {
      return query.trim() ? await this.#ask(query, options, signal, partial) : results;
    } catch (error) {
      if (signal?.aborted || this.#closed) throw error;
      return results;
    }
  }

  async #ask(
    query: string, options: RequestOptions, signal: AbortSignal | undefined, partial: OnPartial | undefined,
  ): Promise<SearchResults> {
    const task = { type: 'search', query, options, stream: partial !== undefined } as const;
    const tasks = this.#started();
    const watch = setInterval(() => void this.#check(tasks), WATCH_MS);
    try {
      const answer = tasks.run(task, signal, (step) => {
        if (step.type === 'partial') partial?.(step.results);
      });
      return (await this.#use(tasks, answer)).results!;
    } finally {
      clearInterval(watch);
    }
  }

  /** Where the worker, or a core in it, has stopped, there may be a whole model to load before the next answer. */
  async #use<T>(tasks: Tasks<ToEncoder, FromEncoder>, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (tasks.ended || (error as SearchError).code === 'memory') this.#lost();
      throw error;
    }
  }

  /** A worker that a browser has killed says nothing: what waits for one that does not answer fails. */
  async #check(tasks: Tasks<ToEncoder, FromEncoder>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<true>((resolve) => { timer = setTimeout(() => resolve(true), DEAD_MS); });
    const answered = tasks.run({ type: 'ping' }).then(() => false, () => false);
    if (await Promise.race([late, answered])) {
      tasks.end(new this.#page.SearchError('memory', 'The worker that ranks by meaning does not answer'));
    }
    clearTimeout(timer);
  }

  close(error: SearchError): void {
    this.#closed = error;
    this.#tasks?.end(error);
  }

  /** The pack's folder: the one that the page names, else the one that the indexer lays beside the vectors. */
  #model(): URL | undefined {
    const { model = this.#hasVectors() } = this.#options;
    if (model === false) return undefined;
    if (model === true) return new URL('model/', this.#folder);
    const folder = new URL(model, document.baseURI);
    if (!folder.pathname.endsWith('/')) folder.pathname += '/';
    return folder;
  }

  async #cut(tokenizer: PieceTokenizer, texts: readonly string[], kind: 'query' | 'passage') {
    const { prefix = '' } = await this.#started().run({ type: 'prefix', kind });
    return Promise.all(texts.map(async (text) => [...await tokenizer(prefix + text)]));
  }

  /** One that has ended makes way for another. */
  #started(): Tasks<ToEncoder, FromEncoder> {
    if (this.#closed) throw this.#closed;
    if (!this.#tasks || this.#tasks.ended) {
      const { SearchError, Tasks, startWorker } = this.#page;
      const { encoder, onnx: given, lang = document.documentElement.lang } = this.#options;
      if (encoder === 'onnx' && !given) {
        throw new SearchError('argument', "encoder: 'onnx' needs onnx: { runtime, file }");
      }
      const onnx = encoder === 'onnx' ? onnxConfig(given!) : undefined;
      const model = this.#model();
      if (!model && !onnx) throw new SearchError('argument', 'There is no model to embed with: give open() one');
      this.#tasks = new Tasks<ToEncoder, FromEncoder>(startWorker(this.#folder, 'encoder.js'));
      const index = this.#folder.href;
      void this.#tasks.run({ type: 'configure', model: model?.href ?? '', onnx, index, lang }).catch(() => undefined);
    }
    return this.#tasks;
  }
}

function onnxConfig(options: OnnxOptions): OnnxConfig {
  const runtime = new URL(options.runtime, document.baseURI);
  return {
    runtime: runtime.href,
    wasm: new URL(options.wasm ?? '.', options.wasm ? document.baseURI : runtime).href,
    file: new URL(options.file, document.baseURI).href,
    pooling: options.pooling,
    prefixes: options.prefixes,
  };
}
