/** The page's end of the reranker: its worker is started when it is first needed. */
import { asSearchError, SearchError } from '../protocol/error.js';
import type { FromReranker, Pair, RerankerConfig, ToReranker } from '../protocol/reranker_messages.js';
import type { OpenOptions, RerankerInfo, RerankerOptions, SearchHit, SearchResults } from '../protocol/types.js';
import { reorder } from './reorder.js';
import { startWorker } from './start_worker.js';
import { aborted, Tasks } from './tasks.js';

/** Rows whose passages are read: what a first screen shows. */
const ROWS = 10;
const ROWS_MAX = 20;
const TIMEOUT_MS = 2000;

export class RerankerClient {
  readonly #runtime: URL;
  readonly #options: RerankerOptions | undefined;
  readonly #onError: ((error: SearchError) => void) | undefined;
  #tasks: Tasks<ToReranker, FromReranker> | undefined;
  #ready = false;
  #closed: SearchError | undefined;

  /** `runtime`: where the worker's script is. */
  constructor(runtime: URL, { reranker, onRerankerError }: OpenOptions) {
    const isAddress = typeof reranker === 'string' || reranker instanceof URL;
    this.#runtime = runtime;
    this.#options = isAddress ? { folder: reranker } : reranker;
    this.#onError = onRerankerError;
  }

  /** Loads the model without being asked, where there is one and the reader does not save data. */
  loadAhead(): void {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (this.#options && !connection?.saveData) this.load().catch((error) => this.#tell(error));
  }

  async load(signal?: AbortSignal): Promise<RerankerInfo> {
    const { info } = await this.#started().run({ type: 'load' }, signal);
    this.#ready = true;
    return info!;
  }

  /** Whether a better order of these rows can be had. */
  takesPart(results: SearchResults): boolean {
    return this.#ready && !this.#closed && results.complete && results.hits.length > 1;
  }

  /**
   * The first rows in the order in which the model has them; as they are where it fails or takes too long, of which
   * onRerankerError hears.
   * @throws {SearchError} 'aborted': by `signal`.
   */
  async rerank(query: string, results: SearchResults, signal: AbortSignal | undefined): Promise<SearchResults> {
    const rows = Math.max(0, Math.min(this.#options?.limit ?? ROWS, ROWS_MAX));
    const hits = results.hits.slice(0, rows);
    try {
      return reorder(results, await this.#score(query, hits, signal));
    } catch (error) {
      if (signal?.aborted) throw aborted();
      this.#tell(error);
      return results;
    }
  }

  close(error: SearchError): void {
    this.#closed = error;
    this.#tasks?.end(error);
  }

  async #score(query: string, hits: readonly SearchHit[], signal: AbortSignal | undefined): Promise<readonly number[]> {
    const timeout = this.#options?.timeoutMs ?? TIMEOUT_MS;
    const late = new AbortController();
    const stop = () => late.abort();
    const timer = setTimeout(stop, timeout);
    signal?.addEventListener('abort', stop);
    try {
      const pairs = await Promise.all(hits.map((hit) => this.#pair(query, passageOf(hit))));
      return (await this.#started().run({ type: 'score', pairs }, late.signal)).scores!;
    } catch (error) {
      if (!late.signal.aborted) throw error;
      throw new SearchError('aborted', `The reranker took more than ${timeout} ms`, { cause: error });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  async #pair(query: string, passage: string): Promise<Pair> {
    const tokenizer = this.#options?.tokenizer;
    if (!tokenizer) return { query, passage };
    const { ids, types } = await tokenizer(query, passage);
    return { ids: [...ids], types: types && [...types] };
  }

  #tell(thrown: unknown): void {
    const error = asSearchError(thrown, 'input');
    if (!this.#closed) this.#onError?.(error);
  }

  #started(): Tasks<ToReranker, FromReranker> {
    if (this.#closed) throw this.#closed;
    if (!this.#tasks) {
      const config = configOf(this.#options);
      this.#tasks = new Tasks(startWorker(this.#runtime, 'reranker.js'));
      void this.#tasks.run({ type: 'configure', config }).catch(() => undefined);
    }
    return this.#tasks;
  }
}

/** What the model reads of a row: its place, and what its best section says as far as the answer has it. */
export function passageOf({ title, sections }: SearchHit): string {
  const [section] = sections;
  const place = section?.heading && section.heading !== title ? `${title} > ${section.heading}` : title;
  return section?.excerpt ? `${place} ${section.excerpt}` : place;
}

function configOf(options: RerankerOptions | undefined): RerankerConfig {
  if (!options) throw new SearchError('argument', 'There is no reranker: give open() one');
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

function asFolder(address: string | URL): URL {
  const folder = new URL(address, document.baseURI);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}
