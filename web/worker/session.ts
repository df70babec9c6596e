/**
 * An opened bundle for as long as the page lives, across deploys: when a file that the manifest named is gone, the
 * manifest is loaded again and, if it changed, the query starts over with the new one. If it did not, the query does
 * without the file where something is found without it.
 */
import { runtimeUrl } from '../protocol/build_id.js';
import { SearchError } from '../protocol/error.js';
import type { RequestOptions } from '../protocol/messages.js';
import type { LanguageInfo, SearchResults } from '../protocol/types.js';
import { Core } from './binding.js';
import { Bundle, type OnPartial } from './bundle.js';
import { Fetcher } from './fetcher.js';
import type { Manifest } from './manifest.js';
import { Stemmers } from './stemmers.js';
import { compile } from './wasm.js';

/** A file is gone, out of reach or broken. */
const LOST: readonly string[] = ['missing', 'network', 'corrupt'];

export class Session {
  readonly #module: WebAssembly.Module;
  readonly #fetcher: Fetcher;
  readonly #stemmers: Stemmers;
  #bundle!: Bundle;
  #lang = '';

  private constructor(module: WebAssembly.Module, fetcher: Fetcher, stemmers: Stemmers) {
    this.#module = module;
    this.#fetcher = fetcher;
    this.#stemmers = stemmers;
  }

  /**
   * `folder`: the bundle's; `runtime`: where crossglot.wasm and stem/ are. Core, manifest and the reader's list are
   * there when it resolves.
   */
  static async open(folder: URL, runtime: URL, lang: string): Promise<Session> {
    const fetcher = new Fetcher(folder);
    const [module, manifest] = await Promise.all([
      compile(runtimeUrl('crossglot.wasm', runtime)), fetcher.manifest(),
    ]);
    const session = new Session(module, fetcher, new Stemmers(runtime));
    session.#lang = lang;
    session.#bundle = await session.#start(manifest);
    await session.#current((bundle) => session.#load(bundle, lang));
    return session;
  }

  get languages(): readonly LanguageInfo[] {
    return this.#bundle.manifest.languages.map(({ lang, dir, pages }) => ({ lang, dir, pages }));
  }

  search(
    query: string, options: RequestOptions, signal: AbortSignal, onPartial: OnPartial,
  ): Promise<SearchResults> {
    const complete = { ...options, lang: options.lang ?? this.#lang };
    return this.#current((bundle) => bundle.search(query, complete, signal, onPartial), async (bundle, error) => {
      const results = await bundle.search(query, complete, signal, onPartial, new Set());
      if (results.hits.length === 0) throw error;
      return results;
    });
  }

  prefetch(lang: string): Promise<void> {
    return this.#current((bundle) => this.#load(bundle, lang || this.#lang));
  }

  async #load(bundle: Bundle, lang: string): Promise<void> {
    const tag = bundle.languageFor(lang);
    if (tag) await bundle.language(tag);
  }

  async #start(manifest: Manifest): Promise<Bundle> {
    const core = await Core.create(this.#module, (algorithm, word) => this.#stemmers.stem(algorithm, word));
    return new Bundle(manifest, core, this.#fetcher, this.#stemmers);
  }

  /**
   * Runs `use` with the bundle, and once more with its successor when there is one and that may help. Where files
   * cannot be had and there is none, `without` answers, or throws the error.
   */
  async #current<T>(
    use: (bundle: Bundle) => Promise<T>, without?: (bundle: Bundle, error: SearchError) => Promise<T>,
  ): Promise<T> {
    const bundle = this.#bundle;
    try {
      return await use(bundle);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        // The core stopped in the middle of something: its memory is not to be trusted any more.
        if (this.#bundle === bundle) this.#bundle = await this.#start(bundle.manifest);
        throw new SearchError('memory', 'The search core stopped; try again', { cause: error });
      }
      if (!(error instanceof SearchError) || !LOST.includes(error.code)) throw error;
      if (error.code === 'missing' && this.#bundle === bundle) {
        const manifest = await this.#fetcher.manifest();
        const changed = manifest.text !== bundle.manifest.text;
        if (changed && this.#bundle === bundle) this.#bundle = await this.#start(manifest);
      }
      if (this.#bundle !== bundle) return use(this.#bundle);
      if (!without) throw error;
      return without(bundle, error);
    }
  }
}
