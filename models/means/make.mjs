// Means of queries in the languages of LibreOffice Help, for sites that are not written in them.
//
//   node models/means/make.mjs [PACK]      writes models/means/NAME.tsv; PACK: .cache/model/e5-small by default
//
// Debian's libreoffice-help-* packages are fetched as the demo fetches them and read as the benches read them. Of each
// language as many translated pages are taken, those that come first by hash: titles, headings, and of every section
// the first line alone, since passages are not wanted. The same packages and pack give the same bytes.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { fetchPackages, libreofficePackage } from '../../examples/demo/fetch.mjs';
import { libreofficeSource } from '../../examples/demo/paths.mjs';
import { crossglotCommand } from '../../tests/bench/engines/crossglot.mjs';
import { helpFolder, isTranslated, kEnglish, kRepository, pagePaths, sha256 } from '../../tests/bench/lib/corpus.mjs';
import { extract } from '../../tests/bench/lib/extract.mjs';

const kLanguages = [kEnglish, 'ca', 'cs', 'da', 'de', 'el', 'es', 'et', 'eu', 'fi', 'fr', 'gl', 'hi', 'hu', 'id', 'it',
  'ja', 'ko', 'nl', 'pl', 'pt', 'pt-BR', 'ru', 'sk', 'sl', 'sv', 'tr', 'vi', 'zh-CN', 'zh-TW'];
const kPages = 30;

const pack = process.argv[2] ?? path.join(kRepository, '.cache/model/e5-small');
await fetchPackages(['libreoffice-help-common', ...kLanguages.map(libreofficePackage)]);
process.env.CROSSGLOT_LO ??= libreofficeSource;

const read = (lang, name) => (
  extract(fs.readFileSync(path.join(helpFolder(), lang, name), 'utf8'), `/${lang}/${name}`, name));
const names = pagePaths(kEnglish).sort((a, b) => (sha256(a) < sha256(b) ? -1 : 1));

function pages(lang) {
  const taken = [];
  for (const name of names) {
    if (taken.length === kPages) break;
    if (!fs.existsSync(path.join(helpFolder(), lang, name))) continue;
    const page = read(lang, name);
    if (lang !== kEnglish && !isTranslated(page, read(kEnglish, name))) continue;
    const sections = page.sections.map(({ text, ...section }) => ({ ...section, text: text.split('\n')[0], code: '' }));
    // Pages of their own: nothing is to be learned from translations here.
    taken.push({ ...page, group: `${lang}/${name}`, sections });
  }
  return taken;
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'crossglot-means-'));
try {
  const documents = path.join(scratch, 'documents.jsonl');
  fs.writeFileSync(documents, kLanguages.flatMap(pages).map((page) => `${JSON.stringify(page)}\n`).join(''));
  const out = path.join(import.meta.dirname, `${path.basename(pack)}.tsv`);
  const run = spawnSync(crossglotCommand(), ['index', '--documents', documents, '--out', path.join(scratch, 'bundle'),
    '--model', pack, '--means-out', out], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`crossglot index: ${run.stderr}`);
  console.log(run.stdout);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
