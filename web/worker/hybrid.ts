/**
 * Search by words and meaning: a core of its own beside the encoder, with the bundle's vectors. Words are answered by
 * the other worker at the same time; what fails here is told, and the page keeps the answer by words.
 *
 * Vectors come in two steps. A first answer takes one-bit codes of all rows and the shards of four-bit rows that these
 * say hold the best; when all shards are there, every answer is exact at once.
 */
import { SearchError } from '../protocol/error.js';
import type { RequestOptions } from '../protocol/messages.js';
import type { SearchResults } from '../protocol/types.js';
import { Bundle, type OnPartial } from './bundle.js';
import type { EncoderSession } from './encoder_session.js';
import { digits } from './hash.js';
import { HybridCore } from './hybrid_binding.js';
import { likelyLanguages } from './languages.js';
import { isList, type Manifest, type ManifestVectors } from './manifest.js';
import { type CoreOptions, requestText } from './request.js';
import { Session } from './session.js';

/** A search by meaning; `model`: what made `vector`. */
interface HybridOptions extends CoreOptions {
  readonly model: string;
}

/** The list of the vectors that `model` made. @throws {SearchError} 'argument' | 'version' | 'corrupt'. */
function vectorsOf({ vectors }: Manifest, model: string): ManifestVectors {
  if (vectors.length === 0) throw new SearchError('argument', 'The search index has no vectors');
  const entry = vectors.find((vectors) => vectors?.model === model);
  if (!entry) throw new SearchError('version', 'The vectors of the search index are of another model than the page’s');
  if (!isList(entry)) throw new SearchError('corrupt', 'The search manifest describes vectors wrongly');
  return entry as ManifestVectors;
}

class HybridBundle extends Bundle {
  protected declare readonly core_: HybridCore;

  /** Loads the list of `model`'s vectors; rows are loaded as queries need them. */
  async vectors(model: string): Promise<void> {
    const entry = vectorsOf(this.manifest, model);
    await this.once_(entry.list, () => this.feed_(entry.list, entry, (bytes) => this.core_.addVectors(bytes)));
    if (this.core_.vectorModel !== model) throw new SearchError('corrupt', 'The list of vectors is of another model');
  }

  /**
   * Makes searchable what a reader of `lang` may be shown: their own versions, and those of the likeliest other
   * languages. Those of the first query in the manifest's order, as everybody else adds them: it decides between equals.
   */
  async readable(query: string, lang: string): Promise<void> {
    const likely = likelyLanguages(query, this.tags_, navigator.languages, lang);
    for (const tag of this.tags_) {
      if (tag === lang || likely.includes(tag)) await this.language(tag);
    }
  }

  /** @throws {SearchError} also where the answer would lack files: the one by words is better than half of this one. */
  override async search(
    query: string, options: HybridOptions, signal: AbortSignal, onPartial: OnPartial,
  ): Promise<SearchResults> {
    await this.vectors(options.model);
    const lang = this.languageFor(options.lang ?? '') ?? '';
    const chosen = this.chosen_(options.in);
    const complete = { ...options, lang, in: chosen };
    if (chosen.length === 0) await this.readable(query, lang);
    for (const tag of chosen) await this.language(tag);
    if (onPartial) {
      const first = await this.rounds_(requestText(query, complete, true), signal);
      if (first.hits.length > 0) onPartial({ ...first, complete: false });
    }
    const results = await this.rounds_(requestText(query, complete), signal);
    if (!results.complete) throw new SearchError('corrupt', 'The search index keeps asking for more files');
    return results;
  }
}

class HybridSession extends Session {
  protected override async start_(manifest: Manifest): Promise<HybridBundle> {
    const core = await HybridCore.create(this.module_, (algorithm, word) => this.stemmers_.stem(algorithm, word));
    return new HybridBundle(manifest, core as HybridCore, this.fetcher_, this.stemmers_);
  }

  protected override async load_(bundle: HybridBundle, lang: string): Promise<void> {
    await bundle.readable('', bundle.languageFor(lang) ?? '');
  }

  /** Does without no file, unlike words. */
  override search(
    query: string, options: HybridOptions, signal: AbortSignal, onPartial: OnPartial,
  ): Promise<SearchResults> {
    const complete = { ...options, lang: options.lang ?? this.lang_ };
    return this.current_((bundle) => bundle.search(query, complete, signal, onPartial));
  }

  /** @throws {SearchError} 'argument' | 'version' | 'missing' | 'network' | 'corrupt' | 'memory'. */
  vectors(model: string): Promise<void> {
    return this.current_((bundle) => (bundle as HybridBundle).vectors(model));
  }
}

/** Encoder and index together. */
export class Hybrid {
  readonly #session: HybridSession;
  readonly #encoder: EncoderSession;

  private constructor(session: HybridSession, encoder: EncoderSession) {
    this.#session = session;
    this.#encoder = encoder;
  }

  /**
   * `folder`: the bundle's; `runtime`: where hybrid.wasm is. Nothing but the model is missing when it resolves.
   * @throws {SearchError} as HybridSession.vectors().
   */
  static async open(folder: URL, runtime: URL, lang: string, encoder: EncoderSession): Promise<Hybrid> {
    const identity = await encoder.identity();
    const session = await HybridSession.open(folder, runtime, lang, 'hybrid.wasm') as HybridSession;
    await session.vectors(identity);
    return new Hybrid(session, encoder);
  }

  /** Goes on with the newest deploy. @throws {SearchError} as open(). */
  async renew(): Promise<void> {
    await this.#session.prefetch('');
    await this.#session.vectors(await this.#encoder.identity());
  }

  /** @throws {SearchError} */
  async search(
    query: string, options: RequestOptions, signal: AbortSignal, onPartial: OnPartial,
  ): Promise<SearchResults> {
    const { bytes, identity } = await this.#encoder.encode(query, signal);
    const asked = { ...options, vector: digits(bytes), model: identity };
    return this.#session.search(query, asked, signal, onPartial);
  }
}
