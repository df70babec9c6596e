/** Which stemmers a reader's browser will ask for. */
import { gunzipSync } from 'node:zlib';
import { type BundleFile, Core } from './core.js';

/** Names of the stemmer algorithms that the languages of a bundle use. */
export function neededStemmers(module: WebAssembly.Module, files: readonly BundleFile[]): Set<string> {
  const index = new Core(module).newIndex();
  for (const { name, bytes } of files) if (name.endsWith('.cgl')) index.addLanguage(gunzipSync(bytes));
  return new Set(index.stemmers());
}
