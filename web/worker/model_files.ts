/**
 * Gets the files of a model pack, and keeps them: they are large, and named by their content.
 *
 * A file that is in the browser's Cache is not asked for again, so a download that broke off goes on where it was.
 * Requests that fail for a reason that may pass are tried again, each time after a longer wait, or at once when the
 * browser says that it is online again. Where there is no Cache (plain http) the browser's own cache has to do.
 */
import { SearchError } from '../protocol/error.js';
import { inflate } from './inflate.js';

const CACHE = 'crossglot-model';
const WAITS_MS = [250, 750, 2250, 6750];
/** Files on their way at once: enough to fill a line, few enough to leave connections to what a search asks for. */
const LANES = 4;

declare const self: DedicatedWorkerGlobalScope;

/** Takes a file's content; what it throws as 'corrupt' has the file fetched anew. */
type Use = (content: Uint8Array<ArrayBuffer>) => void | Promise<void>;

export class ModelFiles {
  readonly folder: URL;
  #cache: Promise<Cache | undefined> | undefined;
  #freeLanes = LANES;
  /** Who waits for a lane, first come first. */
  readonly #waiting: (() => void)[] = [];

  /** `folder`: the pack's, with a slash at its end. */
  constructor(folder: URL) {
    this.folder = folder;
  }

  /** The text of model.json: as the site has it now, or as it was when the site cannot be reached. */
  async description(): Promise<string> {
    const url = new URL('model.json', this.folder);
    const cache = await this.#open();
    const kept = await cache?.match(url).catch(() => undefined);
    const attempt = () => fetchBytes(url, 'no-cache');
    try {
      const bytes = await (kept ? attempt() : withPatience(attempt));
      void keep(cache, url, bytes);
      return new TextDecoder().decode(bytes);
    } catch (error) {
      if (!kept || (error as SearchError).code !== 'network') throw error;
      return kept.text();
    }
  }

  /**
   * A file's inflated content, at most `rawMax` bytes, for `use`. One that `use` finds corrupt is fetched anew once:
   * the copy at hand may be what is broken. What is kept is written while others are made ready: nobody waits for it.
   * `signal`: a file that has not been asked for when it aborts will not be.
   * @throws {SearchError} 'missing' | 'network' | 'corrupt', and what `use` throws.
   */
  async file(name: string, rawMax: number, use: Use, signal?: AbortSignal): Promise<void> {
    const url = new URL(name, this.folder);
    const cache = await this.#open();
    const kept = await cache?.match(url).catch(() => undefined);
    try {
      const bytes = kept ? new Uint8Array(await kept.arrayBuffer())
        : await withPatience(() => this.#fetch(url, cache ? 'no-store' : 'default', signal));
      await use(await inflate(bytes, rawMax, name));
      if (!kept) void keep(cache, url, bytes);
      return;
    } catch (error) {
      if (!(error instanceof SearchError) || error.code !== 'corrupt') throw error;
    }
    await cache?.delete(url).catch(() => false);
    const bytes = await withPatience(() => this.#fetch(url, 'reload', signal));
    await use(await inflate(bytes, rawMax, name));
    void keep(cache, url, bytes);
  }

  /** Forgets files of this folder that `isNamed` does not know: those of a model that was replaced. */
  async forgetOthers(isNamed: (name: string) => boolean): Promise<void> {
    const cache = await this.#open();
    for (const { url } of await cache?.keys() ?? []) {
      if (!url.startsWith(this.folder.href)) continue;
      const name = url.slice(this.folder.href.length);
      if (name.endsWith('.cgm') && !isNamed(name)) await cache?.delete(url);
    }
  }

  async #fetch(url: URL, cache: RequestCache, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#freeLanes > 0) this.#freeLanes--;
    else await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    try {
      signal?.throwIfAborted();
      return await fetchBytes(url, cache);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#freeLanes++;
    }
  }

  #open(): Promise<Cache | undefined> {
    this.#cache ??= 'caches' in globalThis ? caches.open(CACHE).catch(() => undefined) : Promise.resolve(undefined);
    return this.#cache;
  }
}

/** A full disk is no reason to fail: the file is fetched again next time. */
async function keep(cache: Cache | undefined, url: URL, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await cache?.put(url, new Response(bytes)).catch(() => undefined);
}

/** @throws {SearchError} 'missing' (404, 410) | 'network'. */
async function fetchBytes(url: URL, cache: RequestCache): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    // What a search asks for goes first.
    response = await fetch(url, { cache, priority: 'low' });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new SearchError('network', `${url.pathname} could not be loaded, or broke off`, { cause: error });
  }
  const gone = response.status === 404 || response.status === 410;
  throw new SearchError(gone ? 'missing' : 'network', `${url.pathname} was answered with status ${response.status}`);
}

async function withPatience<T>(attempt: () => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      if ((error as SearchError).code !== 'network') throw error;
    }
    await onlineOrAfter(wait);
  }
  return attempt();
}

function onlineOrAfter(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      self.removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    self.addEventListener('online', end);
  });
}
