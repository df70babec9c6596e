// Where the demo keeps things: everything generated lies in the repository's cache folder, which git ignores.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const cache = process.env.CROSSGLOT_CACHE ?? join(repository, '.cache');
export const debianFolder = join(cache, 'debian'); // downloaded packages, and their content
export const demoFolder = join(cache, 'demo');
export const siteFolder = join(demoFolder, 'site');
export const screenshotFolder = join(demoFolder, 'screenshots');
export const assetsFolder = join(repository, 'examples/demo/assets');

export const libreofficeSource = join(debianFolder, 'root/usr/share/libreoffice/help');
export const handbookSource = join(debianFolder, 'root/usr/share/doc/debian-handbook/html');

/** Translations of each of the two sites, the first one being the original. */
export const libreofficeLanguages = ['en-US', 'fr', 'de', 'ja', 'zh-CN'];
export const handbookLanguages = ['en-US', 'fr-FR', 'ar-MA', 'fa-IR'];

/** What a step was last made from; '' when it was never finished. */
export function readStamp(name) {
  const file = join(demoFolder, 'stamps', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export function writeStamp(name, value) {
  mkdirSync(join(demoFolder, 'stamps'), { recursive: true });
  writeFileSync(join(demoFolder, 'stamps', name), value);
}

/** What the Node command extracted from a site: `--check` hands it to the native one. */
export const documentsOf = (site) => join(demoFolder, `${site}.jsonl`);
