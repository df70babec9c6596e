/** Files of the installed package: beside the bundled cli.js in dist/. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CommandError, exitInput } from './errors.js';
import { type BundleFile } from './core/core.js';
import { readFolder } from './site/write_bundle.js';

declare const CROSSGLOT_VERSION: string;

export const version = CROSSGLOT_VERSION;
export const threadScript = new URL('./cli-worker.js', import.meta.url);

function readModule(name: string): Buffer<ArrayBuffer> {
  const file = new URL(name, import.meta.url);
  if (!existsSync(file)) {
    throw new CommandError(exitInput, `${fileURLToPath(file)} is missing: reinstall the package`);
  }
  return readFileSync(file);
}

/** The indexer's core, compiled. */
export async function loadCoreModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(readModule('./crossglot-index.wasm'));
}

/** The encoder, compiled: with relaxed SIMD where this Node knows it. Both give the same bits. */
export async function loadEncoderModule(): Promise<WebAssembly.Module> {
  const relaxed = WebAssembly.compile(readModule('./runtime/encoder-relaxed.wasm'));
  return relaxed.catch(() => WebAssembly.compile(readModule('./runtime/encoder.wasm')));
}

/** Word tables or means of queries that other documentation lends. */
export function lentFiles(kind: 'seed' | 'means'): BundleFile[] {
  return readFolder(fileURLToPath(new URL(`./${kind}`, import.meta.url))).filter(({ name }) => name.endsWith('.tsv'));
}

/** What is laid beside an index for the browser: element, worker, core, and the stemmers that `languages` use. */
export function runtimeFiles(stemmers: ReadonlySet<string>): BundleFile[] {
  const folder = fileURLToPath(new URL('./runtime', import.meta.url));
  return readFolder(folder).filter(({ name }) => {
    const stemmer = /^stem[/\\](.+)\.wasm$/.exec(name)?.[1];
    // The element's class without registration is for bundlers; a site needs none of it.
    return stemmer === undefined ? name !== 'element.js' : stemmers.has(stemmer);
  });
}
