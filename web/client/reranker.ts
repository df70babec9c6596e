/**
 * The page's end of the reranker: a file of its own (rerank.js), loaded where a page names one. Its worker is started
 * when it is first needed.
 */
import type { SearchError } from '../protocol/error.js';
import type { FromReranker, Pair, RerankerConfig, ToReranker } from '../protocol/reranker_messages.js';
import type {
  OpenOptions, RerankerInfo, RerankerOptions, SearchHit, SearchIndex, SearchOptions, SearchResults,
} from '../protocol/types.js';
import type { Page } from './meaning.js';
import { exactRows, reorder } from './reorder.js';
import type { Tasks } from './tasks.js';

/** Rows whose passages are read: what a first screen shows. */
const ROWS = 10;
const ROWS_MAX = 20;
const TIMEOUT_MS = 2000;

/**
 * The same index, whose searches end with the reranker's tier. The model is loaded without being asked, unless the
 * reader saves data.
 */
export function addReranker(index: SearchIndex, page: Page, options: OpenOptions): SearchIndex {
  const reranker = new Reranker(page, new URL(index.url), options);
  const search = index.search.bind(index);
  const searchStream = index.searchStream.bind(index);
  const close = index.close.bind(index);
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!connection?.saveData) reranker.load().catch((error) => reranker.tell(error));
  return Object.assign(index, {
    async search(query: string, options: SearchOptions = {}): Promise<SearchResults> {
      return reranker.rerank(query, await search(query, options), options);
    },
    async *searchStream(query: string, options: SearchOptions = {}): AsyncGenerator<SearchResults, void, void> {
      let last: SearchResults | undefined;
      for await (const results of searchStream(query, options)) {
        last = results;
        yield results;
      }
      const results = last && await reranker.rerank(query, last, options);
      if (results && results !== last) yield results;
    },
    loadReranker: ({ signal }: { readonly signal?: AbortSignal } = {}): Promise<RerankerInfo> => reranker.load(signal),
    close(): void {
      reranker.close();
      close();
    },
  });
}

class Reranker {
  readonly #page: Page;
  readonly #runtime: URL;
  readonly #options: RerankerOptions;
  readonly #onError: ((error: SearchError) => void) | undefined;
  #tasks: Tasks<ToReranker, FromReranker> | undefined;
  #ready = false;
  #closed = false;

  /** `runtime`: where the worker's script is. */
  constructor(page: Page, runtime: URL, { reranker, onRerankerError }: OpenOptions) {
    const isAddress = typeof reranker === 'string' || reranker instanceof URL;
    this.#page = page;
    this.#runtime = runtime;
    this.#options = isAddress ? { folder: reranker } : reranker ?? {};
    this.#onError = onRerankerError;
  }

  async load(signal?: AbortSignal): Promise<RerankerInfo> {
    const { info } = await this.#started().run({ type: 'load' }, signal);
    this.#ready = true;
    return info!;
  }

  /**
   * The first rows in the order in which the model has them, behind exact ones. As they are where it is not loaded,
   * fails or takes too long; of the latter two onRerankerError hears.
   * @throws {SearchError} 'aborted': by the signal, or by close().
   */
  async rerank(query: string, results: SearchResults, { rerank, signal }: SearchOptions): Promise<SearchResults> {
    if (!this.#ready || rerank === false || !results.complete) return results;
    const end = Math.max(0, Math.min(this.#options.limit ?? ROWS, ROWS_MAX));
    const first = exactRows(results);
    const rows = results.hits.slice(first, end);
    if (rows.length < 2) return results;
    try {
      return reorder(results, await this.#score(String(query), rows, signal), first);
    } catch (error) {
      if (this.#closed || signal?.aborted) throw this.#aborted('The search was aborted');
      this.tell(error);
      return results;
    }
  }

  /** Why answers came without it, to whoever wants to hear. */
  tell(thrown: unknown): void {
    const { SearchError } = this.#page;
    const error = thrown instanceof SearchError ? thrown : new SearchError('input', String(thrown), { cause: thrown });
    if (!this.#closed) this.#onError?.(error);
  }

  close(): void {
    this.#closed = true;
    this.#tasks?.end(this.#aborted('The search was aborted'));
  }

  async #score(query: string, hits: readonly SearchHit[], signal: AbortSignal | undefined): Promise<readonly number[]> {
    const timeout = this.#options.timeoutMs ?? TIMEOUT_MS;
    const late = new AbortController();
    const stop = () => late.abort();
    const timer = setTimeout(stop, timeout);
    signal?.addEventListener('abort', stop);
    try {
      const pairs = await this.#pairs(query, hits, late.signal);
      return (await this.#started().run({ type: 'score', pairs }, late.signal)).scores!;
    } catch (error) {
      if (!late.signal.aborted || signal?.aborted) throw error;
      // Until it is heard of again no other answer waits for it: its worker may have been killed.
      this.#ready = false;
      void this.load().catch(() => undefined);
      throw this.#aborted(`The reranker took more than ${timeout} ms`);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** A tokenizer of the page's own may hang as everything else. */
  #pairs(query: string, hits: readonly SearchHit[], signal: AbortSignal): Promise<Pair[]> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(this.#aborted('The search was aborted')));
      Promise.all(hits.map((hit) => this.#pair(query, passageOf(hit)))).then(resolve, reject);
    });
  }

  async #pair(query: string, passage: string): Promise<Pair> {
    const tokenizer = this.#options.tokenizer;
    if (!tokenizer) return { query, passage };
    const { ids, types } = await tokenizer(query, passage);
    return { ids: [...ids], types: types && [...types] };
  }

  #aborted(message: string): SearchError {
    return new this.#page.SearchError('aborted', message);
  }

  #started(): Tasks<ToReranker, FromReranker> {
    if (this.#closed) throw this.#aborted('The index was closed');
    if (!this.#tasks || this.#tasks.ended) {
      const config = this.#config();
      this.#tasks = new this.#page.Tasks(this.#page.startWorker(this.#runtime, 'reranker.js'));
      void this.#tasks.run({ type: 'configure', config }).catch(() => undefined);
    }
    return this.#tasks;
  }

  #config(): RerankerConfig {
    const { SearchError } = this.#page;
    const options = this.#options;
    const folder = options.folder && asFolder(options.folder);
    const runtime = options.runtime ?? (folder && new URL('ort.wasm.min.mjs', folder));
    const file = options.file ?? (folder && new URL('model.onnx', folder));
    const model = options.model ?? folder;
    if (!runtime || !file || !(model || options.tokenizer)) {
      throw new SearchError('argument', 'reranker needs a folder, or runtime, file, and model or tokenizer');
    }
    const script = new URL(runtime, document.baseURI);
    return {
      runtime: script.href,
      wasm: options.wasm ? asFolder(options.wasm).href : new URL('.', script).href,
      file: new URL(file, document.baseURI).href,
      model: options.tokenizer || !model ? '' : asFolder(model).href,
    };
  }
}

/** What the model reads of a row: its place, and what its best section says as far as the answer has it. */
export function passageOf({ title, sections }: SearchHit): string {
  const [section] = sections;
  const place = section?.heading && section.heading !== title ? `${title} > ${section.heading}` : title;
  return section?.excerpt ? `${place} ${section.excerpt}` : place;
}

function asFolder(address: string | URL): URL {
  const folder = new URL(address, document.baseURI);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}
