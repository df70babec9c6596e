/**
 * The JavaScript API.
 *
 *     const index = await open('/crossglot/');
 *     const { hits } = await index.search('voiture électrique', { lang: 'fr' });
 */
import { runtimeUrl } from '../protocol/build_id.js';
import { SearchError } from '../protocol/error.js';
import type { FromWorker, ToWorker } from '../protocol/messages.js';
import type {
  EmbedOptions, LanguageInfo, ModelInfo, OpenOptions, SearchIndex, SearchOptions, SearchResults,
} from '../protocol/types.js';
import type { Meaning } from './meaning.js';
import { startWorker } from './start_worker.js';
import { stream } from './stream.js';
import { aborted, Tasks } from './tasks.js';

export { SearchError, type SearchErrorCode } from '../protocol/error.js';
export type * from '../protocol/types.js';

type OnPartial = (results: SearchResults) => void;

class WorkerIndex implements SearchIndex {
  readonly url: string;
  languages: readonly LanguageInfo[] = [];
  readonly #tasks: Tasks<ToWorker, FromWorker>;
  readonly #options: OpenOptions;
  /** Whether the bundle has vectors, as far as known. */
  #vectors = false;
  #meaning: Promise<Meaning> | undefined;
  /** Whether searches are answered by meaning, too, and how many loads of that are on their way. */
  #ready = false;
  #coming = 0;

  constructor(folder: URL, tasks: Tasks<ToWorker, FromWorker>, options: OpenOptions) {
    this.url = folder.href;
    this.#tasks = tasks;
    this.#options = options;
  }

  /** Runs a task that says what the bundle holds, and goes for the model where that is worth it. */
  async look(
    task: { type: 'open'; url: string; lang: string } | { type: 'prefetch'; lang: string }, signal?: AbortSignal,
  ): Promise<void> {
    const { languages, vectors } = await this.#tasks.run(task, signal);
    this.languages = languages!;
    this.#vectors = vectors!;
    const { model = this.#vectors, encoder } = this.#options;
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if ((!model && encoder !== 'onnx') || (connection?.saveData && !this.#ready)) return;
    void (this.#vectors ? this.loadMeaning() : this.loadModel()).catch(() => undefined);
  }

  async search(query: string, options: SearchOptions = {}): Promise<SearchResults> {
    return this.#run(query, options);
  }

  searchStream(query: string, options: SearchOptions = {}): AsyncIterable<SearchResults> {
    return stream((signal, partial) => this.#run(query, { ...options, signal }, partial), options.signal);
  }

  async prefetch(lang = ''): Promise<void> {
    await this.look({ type: 'prefetch', lang });
  }

  async loadModel({ signal }: { readonly signal?: AbortSignal } = {}): Promise<ModelInfo> {
    return (await this.#module()).load(signal);
  }

  async loadMeaning({ signal }: { readonly signal?: AbortSignal } = {}): Promise<ModelInfo> {
    this.#coming++;
    try {
      const info = await (await this.#module()).prepare(signal);
      this.#ready = true;
      return info;
    } catch (error) {
      this.#ready &&= signal?.aborted === true;
      throw error;
    } finally {
      this.#coming--;
    }
  }

  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    return (await this.#module()).embed(texts, options);
  }

  close(): void {
    this.#tasks.end(aborted());
    this.#meaning?.then((meaning) => meaning.close(aborted())).catch(() => undefined);
    this.#meaning = Promise.reject(aborted());
    this.#meaning.catch(() => undefined);
  }

  #module(): Promise<Meaning> {
    if (!this.#meaning) {
      const url = runtimeUrl('meaning.js', this.url).href;
      const loading: Promise<typeof import('./meaning.js')> =
        import(/* @vite-ignore */ /* webpackIgnore: true */ url);
      this.#meaning = loading.then(
        ({ Meaning }) => new Meaning({ SearchError, Tasks, startWorker }, new URL(this.url), () => this.#vectors,
          this.#options, () => this.#again()),
        (cause) => {
          if (!this.#tasks.ended) this.#meaning = undefined;
          throw new SearchError('missing', `${url} could not be loaded`, { cause });
        });
    }
    return this.#meaning;
  }

  /** What was ready is not any more: until it is again, nothing but a stream waits for it. */
  #again(): void {
    if (!this.#ready) return;
    this.#ready = false;
    void this.loadMeaning().catch(() => undefined);
  }

  async #run(query: string, { signal, ...options }: SearchOptions, partial?: OnPartial): Promise<SearchResults> {
    const text = String(query);
    const words = async (partial?: OnPartial) => {
      const task = { type: 'search', query: text, options, stream: !!partial } as const;
      return (await this.#tasks.run(task, signal, ({ results }) => partial?.(results))).results!;
    };
    const meaning = this.#meaning;
    if (meaning && this.#ready) return (await meaning).search(text, options, signal, words, partial);
    const results = await words(partial);
    // Where files are out of reach, a model would not come either.
    if (!partial || !(this.#coming || this.#ready) || !results.complete) return results;
    partial(results);
    return this.#module().then((meaning) => meaning.improve(results, text, options, signal, partial), () => {
      if (signal?.aborted || this.#tasks.ended) throw aborted();
      return results;
    });
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
  const index = new WorkerIndex(folder, tasks, options);
  try {
    await index.look({ type: 'open', url: folder.href, lang }, options.signal);
    return index;
  } catch (error) {
    tasks.end(error as SearchError);
    throw error;
  }
}
