/**
 * Gets a bundle's files. The manifest is asked for with revalidation, never with a made-up query, so that offline
 * caches answer too; everything else has its hash for a name and may come from any cache.
 */
import { SearchError } from '../protocol/error.js';
import { request } from './http.js';
import { inflate } from './inflate.js';
import { type Manifest, parseManifest } from './manifest.js';

/** No file of a bundle inflates to more (core/format/list.h, kRawBytesMax). */
export const RAW_BYTES_MAX = 16 << 20;

export class Fetcher {
  readonly #folder: URL;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** @throws {SearchError} 'missing' | 'network' | 'corrupt' | 'version'. */
  async manifest(): Promise<Manifest> {
    const url = new URL('manifest.json', this.#folder);
    let response: Response;
    try {
      response = await request(url, { cache: 'no-cache' });
    } catch (error) {
      if ((error as SearchError).code !== 'network') throw error;
      // Offline: what the browser still has goes with the files that it still has.
      response = await fetch(url, { cache: 'force-cache' }).catch(() => { throw error; });
      if (!response.ok) throw error;
    }
    return parseManifest(await response.text());
  }

  /**
   * A file's inflated bytes, at most `rawMax` of them. `fresh`: past the browser's cache.
   * @throws {SearchError} 'missing' | 'network' | 'corrupt'.
   */
  async file(name: string, rawMax = RAW_BYTES_MAX, fresh = false): Promise<Uint8Array> {
    const response = await request(new URL(name, this.#folder), fresh ? { cache: 'reload' } : {});
    let stored: Uint8Array<ArrayBuffer>;
    try {
      stored = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new SearchError('network', `${name} broke off while it was loading`, { cause: error });
    }
    return inflate(stored, rawMax, name);
  }
}
