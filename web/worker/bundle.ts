/**
 * One deploy's bundle: its manifest, and an index of the core fed with what was fetched so far. When a deploy
 * replaces the files under an open page, the session starts over with a new one of these.
 */
import { SearchError } from '../protocol/error.js';
import type { RequestOptions } from '../protocol/messages.js';
import type { SearchResults } from '../protocol/types.js';
import type { Core } from './binding.js';
import type { Fetcher } from './fetcher.js';
import { bestMatch, likelyLanguages } from './languages.js';
import type { Manifest, ManifestLanguage, ManifestList } from './manifest.js';
import { isFileName } from './manifest.js';
import { requestText } from './request.js';
import type { Stemmers } from './stemmers.js';

/** Term shards, page shards, word list, shards of corrections; as many again, to be safe from a core that loops. */
const ROUNDS_MAX = 8;

/** Rows that fill a screen: their text is fetched before that of the others. */
const FIRST_ROWS = 5;

/** Takes answers on the way to the whole one; undefined: nobody wants them. */
export type OnPartial = ((results: SearchResults) => void) | undefined;

/** Some row holds every word as it was typed. */
function isEnough({ total, dropped, corrected }: SearchResults): boolean {
  return total > 0 && dropped.length === 0 && corrected.length === 0;
}

export class Bundle {
  readonly manifest: Manifest;
  protected readonly core_: Core;
  readonly #fetcher: Fetcher;
  readonly #stemmers: Stemmers;
  protected readonly tags_: readonly string[];
  /** What is loaded or on its way: lists and files by name. Failed ones are forgotten, to be tried again. */
  readonly #loads = new Map<string, Promise<void>>();

  constructor(manifest: Manifest, core: Core, fetcher: Fetcher, stemmers: Stemmers) {
    this.manifest = manifest;
    this.core_ = core;
    this.#fetcher = fetcher;
    this.#stemmers = stemmers;
    this.tags_ = manifest.languages.map((language) => language.lang);
  }

  /** The bundle's language for a reader of `wanted`: a version of theirs, else English, else the first. */
  languageFor(wanted: string): string | undefined {
    return bestMatch(wanted, this.tags_) ?? bestMatch('en', this.tags_) ?? this.tags_[0];
  }

  /** Makes a language of the bundle searchable. */
  language(lang: string): Promise<void> {
    const entry = this.manifest.languages.find((language) => language.lang === lang);
    if (!entry) throw new SearchError('argument', `The search index has no language ${lang}`);
    return this.once_(entry.list, () => this.#loadLanguage(entry));
  }

  async #loadLanguage(entry: ManifestLanguage): Promise<void> {
    await this.feed_(entry.list, entry, (bytes) => this.core_.addLanguage(bytes));
    await Promise.all(this.core_.stemmers().map((algorithm) => this.#stemmers.load(algorithm)));
  }

  /** `lost`: files to do without; those that fail join them. Undefined: a file that fails ends the query. */
  async search(
    query: string, options: RequestOptions, signal: AbortSignal, onPartial: OnPartial, lost?: Set<string>,
  ): Promise<SearchResults> {
    if (this.tags_.length === 0) return NOTHING;
    const lang = this.languageFor(options.lang ?? '')!;
    const chosen = this.chosen_(options.in);
    const complete = { ...options, lang, in: chosen };
    const request = requestText(query, complete);
    await Promise.all((chosen.length > 0 ? chosen : [lang]).map((tag) => this.language(tag)));
    const say = (results: SearchResults) => {
      if (results.hits.length > 0) onPartial?.({ ...results, complete: false });
    };
    if (onPartial && (options.limit ?? FIRST_ROWS + 1) > FIRST_ROWS) {
      say(await this.rounds_(requestText(query, { ...complete, limit: FIRST_ROWS }, true), signal, lost));
    }
    let results = await this.rounds_(request, signal, lost);
    if (chosen.length > 0 || !query.trim()) return results;
    // Too little in the reader's own language, or pages that it lacks: the core consults whichever others it has. The
    // likeliest may do.
    const others = likelyLanguages(query, this.tags_.filter((tag) => tag !== lang), navigator.languages, lang);
    let untranslated = this.#pages(lang) < this.manifest.groups;
    for (const tags of [others.slice(0, 1), others.slice(1)]) {
      if ((isEnough(results) && !untranslated) || tags.length === 0) break;
      untranslated = false;
      say(results);
      signal.throwIfAborted();
      try {
        await Promise.all(tags.map((tag) => this.language(tag)));
        results = await this.rounds_(request, signal, lost);
      } catch (error) {
        // What the reader's own language has does not depend on another's files.
        if (!(error instanceof SearchError) || signal.aborted || results.hits.length === 0) throw error;
        return { ...results, complete: false };
      }
    }
    return results;
  }

  #pages(lang: string): number {
    return this.manifest.languages.find((language) => language.lang === lang)!.pages;
  }

  /** The bundle's languages that `wanted` names; "all" names all of them. */
  protected chosen_(wanted: readonly string[] = []): readonly string[] {
    if (wanted.includes('all')) return this.tags_;
    return wanted.map((tag) => {
      const match = bestMatch(tag, this.tags_);
      if (!match) throw new SearchError('argument', `The search index has no language ${tag}`);
      return match;
    });
  }

  /** Feeds the core what it asks for until the answer is whole. */
  protected async rounds_(request: string, signal: AbortSignal, lost?: Set<string>): Promise<SearchResults> {
    for (let round = 0;; round++) {
      signal.throwIfAborted();
      const { results, needs } = this.core_.search(request);
      const names = needs.filter((name) => !lost?.has(name));
      const algorithms = this.#stemmers.wanted();
      if (names.length + algorithms.length === 0 || round === ROUNDS_MAX) return results;
      // All of them come to an end before a failure is told: the next query then begins with none on its way.
      const loads = await Promise.allSettled([
        ...names.map((name) => this.#file(name)), ...algorithms.map((algorithm) => this.#stemmers.load(algorithm)),
      ]);
      for (const [number, load] of loads.entries()) {
        if (load.status === 'fulfilled') continue;
        const name = names[number];
        if (!lost || name === undefined || !(load.reason instanceof SearchError)) throw load.reason;
        lost.add(name);
      }
    }
  }

  #file(name: string): Promise<void> {
    if (!isFileName(name)) throw new SearchError('corrupt', 'The search index names a file outside its folder');
    return this.once_(name, () => this.feed_(name, {}, (bytes) => this.core_.attach(name, bytes)));
  }

  /** Fetches a file for the core. One that fails its checks may be a broken copy in a cache: fetched anew once. */
  protected async feed_(
    name: string, known: Partial<ManifestList>, use: (bytes: Uint8Array) => void,
  ): Promise<void> {
    try {
      use(await this.#fetcher.file(name, known));
    } catch (error) {
      if (!(error instanceof SearchError) || error.code !== 'corrupt') throw error;
      use(await this.#fetcher.file(name, known, true));
    }
  }

  protected once_(name: string, load: () => Promise<void>): Promise<void> {
    let loading = this.#loads.get(name);
    if (!loading) {
      loading = load();
      this.#loads.set(name, loading);
      loading.catch(() => this.#loads.delete(name));
    }
    return loading;
  }
}

const NOTHING: SearchResults = { hits: [], total: 0, dropped: [], corrected: [], tiers: [], complete: true };
