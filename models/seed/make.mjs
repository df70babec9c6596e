// Word tables for sites with few translations: mined from LibreOffice Help, English and one other language at a time.
//
//   node models/seed/make.mjs [LANGUAGE...]      writes models/seed/LANGUAGE.tsv; default: all of the table below
//
// Debian's libreoffice-help-* packages are fetched as the demo and the benches fetch them, and read as the benches
// read them; `crossglot index --seed-out` aligns and learns. The same packages give the same bytes.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { fetchPackages, libreofficePackage } from '../../examples/demo/fetch.mjs';
import { libreofficeSource } from '../../examples/demo/paths.mjs';
import { crossglotCommand } from '../../tests/bench/engines/crossglot.mjs';
import { documents, isTranslated, kEnglish } from '../../tests/bench/lib/corpus.mjs';

const kLanguages = ['de', 'es', 'fr', 'hi', 'ja', 'ko', 'pt-BR', 'ru', 'tr', 'zh-CN', 'zh-TW'];
// Words of each direction: what all tables together may take in the tree is a megabyte.
const kWords = 3000;

const folder = import.meta.dirname;
const languages = process.argv.length > 2 ? process.argv.slice(2) : kLanguages;
await fetchPackages(['libreoffice-help-common', ...[kEnglish, ...languages].map(libreofficePackage)]);
process.env.CROSSGLOT_LO ??= libreofficeSource;

const english = documents(kEnglish);
const byGroup = new Map(english.documents.map((document) => [document.group, document]));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'crossglot-seed-'));
try {
  for (const lang of languages) {
    const translated = documents(lang).documents.filter((document) => (
      byGroup.has(document.group) && isTranslated(document, byGroup.get(document.group))));
    const file = path.join(scratch, `${lang}.jsonl`);
    fs.writeFileSync(file, translated.map((document) => `${JSON.stringify(document)}\n`).join(''));
    const out = path.join(folder, `${lang}.tsv`);
    const run = spawnSync(crossglotCommand(), ['index', '--documents', english.file, '--documents', file,
      '--out', path.join(scratch, 'bundle'), '--seed-out', out, '--seed-words', String(kWords)], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`crossglot index, ${lang}: ${run.stderr}`);
    console.log(`${lang}: ${translated.length} pages, ${fs.statSync(out).size} bytes`);
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
