// What the command's tests share: the program, a folder that goes away, a few documents.
//
// CROSSGLOT_COMMAND names the native command (CTest sets it).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export const command = process.env.CROSSGLOT_COMMAND ?? '';
if (command === '') throw new Error('CROSSGLOT_COMMAND must name the native command');

export function crossglot(...args) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

export function start(...args) {
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A folder of the test file's own; removed at its end. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'crossglot-command-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const page = (url, lang, title, text, more = {}) => ({
  url,
  lang,
  title,
  sections: [
    { anchor: '', level: 1, heading: title, text },
    { anchor: 'more', level: 2, heading: `${title} 2`, text: `${text}\nzweiter deuxième second` },
  ],
  ...more,
});

/** Three pages in English and French, one of them with characters that an address has to encode. */
export const pages = [
  page('/en/install/', 'en', 'Installing', 'Download the archive and unpack it with tar.', { group: 'install/' }),
  page('/fr/install/', 'fr', 'Installation', "Téléchargez l'archive et extrayez-la.", { group: 'install/' }),
  page('/en/search/', 'en', 'Searching', 'The archive of old queries is searched in the browser.', { group: 'search/' }),
  page('/fr/search/', 'fr', 'Recherche', 'Les anciennes requêtes sont cherchées dans le navigateur.', {
    group: 'search/',
  }),
  page('/en/été page/', 'en', 'Summer', 'Sunny weather, warm evenings.', { group: 'summer/' }),
  page('/fr/été page/', 'fr', 'Été', 'Soleil et soirées chaudes.', { group: 'summer/' }),
];

export const lines = (documents) => documents.map((document) => `${JSON.stringify(document)}\n`).join('');

export function writeDocuments(folder, name, documents) {
  const file = join(folder, name);
  writeFileSync(file, typeof documents === 'string' ? documents : lines(documents));
  return file;
}

/** A bundle of `pages`; its folder. */
export function smallBundle(folder, name = 'bundle') {
  const documents = writeDocuments(folder, `${name}.jsonl`, pages);
  const out = join(folder, name);
  const result = crossglot('index', '--documents', documents, '--out', out);
  if (result.code !== 0) throw new Error(result.err);
  return out;
}

/** Enough pages that an index of them takes a while: `count` pages of words that repeat by number. */
export function manyPages(count, lang = 'en') {
  const word = (n) => `w${(n * 2654435761 >>> 7) % 9973}`;
  return Array.from({ length: count }, (_, i) => ({
    url: `/${lang}/p${i}/`,
    lang,
    title: `Page ${i} ${word(i)}`,
    sections: Array.from({ length: 4 }, (_, s) => ({
      anchor: `s${s}`,
      level: 2,
      heading: `Part ${word(i * 7 + s)}`,
      text: Array.from({ length: 60 }, (_, w) => word(i * 31 + s * 17 + w * w)).join(' '),
    })),
  }));
}
