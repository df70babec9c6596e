/**
 * The JavaScript API.
 *
 *     const index = await open('/crossglot/');
 *     const { hits } = await index.search('voiture électrique', { lang: 'fr' });
 */
import { SearchError } from '../protocol/error.js';
import type {
  LanguageInfo, OpenOptions, SearchIndex, SearchOptions, SearchResults,
} from '../protocol/types.js';
import { stream } from './stream.js';
import { aborted, Tasks } from './tasks.js';
import { workerUrl } from './worker_url.js';

export { SearchError, type SearchErrorCode } from '../protocol/error.js';
export type * from '../protocol/types.js';

class WorkerIndex implements SearchIndex {
  readonly url: string;
  readonly languages: readonly LanguageInfo[];
  readonly #tasks: Tasks;

  constructor(url: string, languages: readonly LanguageInfo[], tasks: Tasks) {
    this.url = url;
    this.languages = languages;
    this.#tasks = tasks;
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

  close(): void {
    this.#tasks.end(aborted());
  }

  async #run(
    query: string, { signal, ...options }: SearchOptions, partial?: (results: SearchResults) => void,
  ): Promise<SearchResults> {
    const task = { type: 'search', query: String(query), options, stream: partial !== undefined } as const;
    return (await this.#tasks.run(task, signal, partial)).results!;
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
  let worker: Worker;
  try {
    worker = new Worker(workerUrl(folder), { type: 'module', name: 'crossglot' });
  } catch (error) {
    throw new SearchError('unsupported', `The browser refuses the search worker of ${folder}`, { cause: error });
  }
  const tasks = new Tasks(worker);
  const lang = options.lang ?? document.documentElement.lang;
  try {
    const { languages } = await tasks.run({ type: 'open', url: folder.href, lang }, options.signal);
    return new WorkerIndex(folder.href, languages ?? [], tasks);
  } catch (error) {
    tasks.end(error as SearchError);
    throw error;
  }
}
