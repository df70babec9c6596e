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
  protected readonly module_: WebAssembly.Module;
  protected readonly fetcher_: Fetcher;
  protected readonly stemmers_: Stemmers;
  #bundle!: Bundle;
  protected lang_ = '';

  protected constructor(module: WebAssembly.Module, fetcher: Fetcher, stemmers: Stemmers) {
    this.module_ = module;
    this.fetcher_ = fetcher;
    this.stemmers_ = stemmers;
  }

  /**
   * `folder`: the bundle's; `runtime`: where the core's module and stem/ are. Core, manifest and the reader's list are
   * there when it resolves.
   */
  static async open(folder: URL, runtime: URL, lang: string, core = 'crossglot.wasm'): Promise<Session> {
    const fetcher = new Fetcher(folder);
    const [module, manifest] = await Promise.all([compile(runtimeUrl(core, runtime)), fetcher.manifest()]);
    const session = new this(module, fetcher, new Stemmers(runtime));
    session.lang_ = lang;
    session.#bundle = await session.start_(manifest);
    await session.current_((bundle) => session.load_(bundle, lang));
    return session;
  }

  /** The bundle as the last look at its manifest gave it. */
  get manifest(): Manifest {
    return this.#bundle.manifest;
  }

  get languages(): readonly LanguageInfo[] {
    return this.manifest.languages.map(({ lang, dir, pages }) => ({ lang, dir, pages }));
  }

  search(
    query: string, options: RequestOptions, signal: AbortSignal, onPartial: OnPartial,
  ): Promise<SearchResults> {
    const complete = { ...options, lang: options.lang ?? this.lang_ };
    return this.current_((bundle) => bundle.search(query, complete, signal, onPartial), async (bundle, error) => {
      const results = await bundle.search(query, complete, signal, onPartial, new Set());
      if (results.hits.length === 0) throw error;
      return results;
    });
  }

  /** Loads a language's list, of the newest deploy. */
  async prefetch(lang: string): Promise<void> {
    await this.#renew(this.#bundle).catch(() => undefined);
    return this.current_((bundle) => this.load_(bundle, lang || this.lang_));
  }

  protected async load_(bundle: Bundle, lang: string): Promise<void> {
    const tag = bundle.languageFor(lang);
    if (tag) await bundle.language(tag);
  }

  protected async start_(manifest: Manifest): Promise<Bundle> {
    const core = await Core.create(this.module_, (algorithm, word) => this.stemmers_.stem(algorithm, word));
    return new Bundle(manifest, core, this.fetcher_, this.stemmers_);
  }

  /** Starts the successor of `bundle`, if there is one. */
  async #renew(bundle: Bundle): Promise<void> {
    const manifest = await this.fetcher_.manifest();
    const changed = manifest.text !== bundle.manifest.text;
    if (changed && this.#bundle === bundle) this.#bundle = await this.start_(manifest);
  }

  /**
   * Runs `use` with the bundle, and once more with its successor when there is one and that may help. Where files
   * cannot be had and there is none, `without` answers, or throws the error.
   */
  protected async current_<T>(
    use: (bundle: Bundle) => Promise<T>, without?: (bundle: Bundle, error: SearchError) => Promise<T>,
  ): Promise<T> {
    const bundle = this.#bundle;
    try {
      return await use(bundle);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        // The core stopped in the middle of something: its memory is not to be trusted any more.
        if (this.#bundle === bundle) this.#bundle = await this.start_(bundle.manifest);
        throw new SearchError('memory', 'The search core stopped; try again', { cause: error });
      }
      if (!(error instanceof SearchError) || !LOST.includes(error.code)) throw error;
      if (error.code === 'missing' && this.#bundle === bundle) await this.#renew(bundle).catch(() => undefined);
      if (this.#bundle !== bundle) return use(this.#bundle);
      if (!without) throw error;
      return without(bundle, error);
    }
  }
}
