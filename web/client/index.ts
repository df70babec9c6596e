/**
 * The JavaScript API.
 *
 *     const index = await open('/crossglot/');
 *     const { hits } = await index.search('voiture électrique', { lang: 'fr' });
 */
import type { SearchError } from '../protocol/error.js';
import type { FromWorker, ToWorker } from '../protocol/messages.js';
import type {
  EmbedOptions, LanguageInfo, ModelInfo, OpenOptions, SearchIndex, SearchOptions, SearchResults,
} from '../protocol/types.js';
import { EncoderClient } from './encoder.js';
import { startWorker } from './start_worker.js';
import { stream } from './stream.js';
import { aborted, Tasks } from './tasks.js';

export { SearchError, type SearchErrorCode } from '../protocol/error.js';
export type * from '../protocol/types.js';

class WorkerIndex implements SearchIndex {
  readonly url: string;
  readonly languages: readonly LanguageInfo[];
  readonly #tasks: Tasks<ToWorker, FromWorker>;
  readonly #encoder: EncoderClient;

  constructor(
    url: string, languages: readonly LanguageInfo[], tasks: Tasks<ToWorker, FromWorker>, encoder: EncoderClient,
  ) {
    this.url = url;
    this.languages = languages;
    this.#tasks = tasks;
    this.#encoder = encoder;
  }

  async search(query: string, options: SearchOptions = {}): Promise<SearchResults> {
    return this.#run(query, options);
  }

  searchStream(query: string, options: SearchOptions = {}): AsyncIterable<SearchResults> {
    return stream((signal, partial) => this.#run(query, { ...options, signal }, partial), options.signal);
  }

  async prefetch(lang = ''): Promise<void> {
    await this.#tasks.run({ type: 'prefetch', lang });
  }

  async loadModel({ signal }: { readonly signal?: AbortSignal } = {}): Promise<ModelInfo> {
    return this.#encoder.load(signal);
  }

  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    return this.#encoder.embed(texts, options);
  }

  close(): void {
    this.#tasks.end(aborted());
    this.#encoder.close(aborted());
  }

  async #run(
    query: string, { signal, ...options }: SearchOptions, partial?: (results: SearchResults) => void,
  ): Promise<SearchResults> {
    const task = { type: 'search', query: String(query), options, stream: partial !== undefined } as const;
    const step = partial && (({ results }: { results: SearchResults }) => partial(results));
    return (await this.#tasks.run(task, signal, step)).results!;
  }
}

/**
 * Opens the bundle in the folder `url` (relative to the document) in a worker of its own. Resolves when the reader's
 * language can be searched.
 * @throws {SearchError} 'missing' | 'network' | 'corrupt' | 'version' | 'unsupported' | 'memory' | 'aborted'.
 */
export async function open(url: string | URL, options: OpenOptions = {}): Promise<SearchIndex> {
  const folder = new URL(url, document.baseURI);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  const tasks = new Tasks<ToWorker, FromWorker>(startWorker(folder, 'worker.js'));
  const lang = options.lang ?? document.documentElement.lang;
  try {
    const { languages } = await tasks.run({ type: 'open', url: folder.href, lang }, options.signal);
    const encoder = new EncoderClient(folder, options);
    encoder.loadAhead();
    return new WorkerIndex(folder.href, languages ?? [], tasks, encoder);
  } catch (error) {
    tasks.end(error as SearchError);
    throw error;
  }
}
