/**
 * Gets a bundle's files. The manifest is asked for with revalidation, never with a made-up query, so that offline
 * caches answer too; everything else has its hash for a name and may come from any cache.
 */
import { SearchError } from '../protocol/error.js';
import { hasHash } from './hash.js';
import { brokenOff, request } from './http.js';
import { inflate } from './inflate.js';
import { type Manifest, type ManifestList, parseManifest, RAW_BYTES_MAX } from './manifest.js';

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
    return parseManifest(await response.text().catch((error) => { throw brokenOff(url.pathname, error); }));
  }

  /**
   * A file's inflated bytes, as far as the manifest says what they are: at most `raw` of them, and of that hash where
   * the browser has a function for it (not on plain http). `fresh`: past the browser's cache.
   * @throws {SearchError} 'missing' | 'network' | 'corrupt'.
   */
  async file(
    name: string, { raw = RAW_BYTES_MAX, sha256 }: Partial<ManifestList>, fresh = false,
  ): Promise<Uint8Array> {
    const response = await request(new URL(name, this.#folder), fresh ? { cache: 'reload' } : {});
    const stored = await response.arrayBuffer().catch((error) => { throw brokenOff(name, error); });
    const content = await inflate(new Uint8Array(stored), raw, name);
    if (sha256 !== undefined && await hasHash(content, sha256) === false) {
      throw new SearchError('corrupt', `${name} is not the file that the manifest names`);
    }
    return content;
  }
}
