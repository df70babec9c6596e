// What the cross-language measures ask: documents, queries and judgments of a set, as files for `crossglot`.
//
//   libreoffice  LibreOffice Help: each language's translated pages, and 400 index terms a language that translators
//                wrote (reference/baselines section 6). A term's pages are judged by group, in any language.
//   fastapi, xquad-r  from ../shared/data, where that folder is: sections of a manual asked for by their headings,
//                and paragraphs asked for by questions.
//
// `half` of LibreOffice's terms: odd (by hash) for tuning, even for reporting.
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { derived, kEnglish, kRelevanceLanguages, kRepository, pool, sha256 } from './corpus.mjs';
import { termQueries } from './terms.mjs';
import { units } from './units.mjs';

const kData = path.resolve(kRepository, '../shared/data');
export const kSets = ['libreoffice', 'fastapi', 'xquad-r'];

export function hasSet(name) {
  return name === 'libreoffice' || fs.existsSync(path.join(kData, name, 'queries.tsv'));
}

const tsv = (rows) => rows.map((row) => `${row.join('\t')}\n`).join('');

function libreoffice() {
  const folder = derived('cross/libreoffice', (target) => {
    const english = new Set(pool(kEnglish).documents.map((document) => document.group));
    const documents = fs.openSync(path.join(target, 'documents.jsonl'), 'w');
    const queries = { odd: [], even: [] };
    const qrels = [];
    for (const lang of kRelevanceLanguages) {
      const { file, documents: pages } = pool(lang);
      fs.writeSync(documents, fs.readFileSync(file));
      // The judged page need not be translated: that is what a reader across languages is after.
      termQueries(lang, english).forEach((term, at) => {
        const id = `${lang}-${String(at).padStart(3, '0')}-${term.hash.slice(0, 8)}`;
        queries[term.odd ? 'odd' : 'even'].push([id, pages[0].lang, term.text]);
        for (const group of term.relevant) qrels.push([id, group]);
      });
    }
    fs.closeSync(documents);
    for (const half of ['odd', 'even']) fs.writeFileSync(path.join(target, `queries.${half}.tsv`), tsv(queries[half]));
    fs.writeFileSync(path.join(target, 'queries.tsv'), tsv([...queries.odd, ...queries.even]));
    fs.writeFileSync(path.join(target, 'qrels.tsv'), tsv(qrels));
  });
  return { folder, documents: path.join(folder, 'documents.jsonl'), qrels: path.join(folder, 'qrels.tsv') };
}

// fastapi without headings, since its queries are the headings; xquad-r as it is.
function shared(name) {
  const folder = derived(`cross/${name}`, (target) => {
    const source = path.join(kData, name);
    const packed = path.join(source, 'documents_noheading.jsonl.gz');
    const documents = fs.existsSync(packed) ? gunzipSync(fs.readFileSync(packed))
      : fs.readFileSync(path.join(source, 'documents.jsonl'));
    fs.writeFileSync(path.join(target, 'documents.jsonl'), documents);
    const sections = path.join(source, 'qrels_sections.tsv');
    fs.copyFileSync(fs.existsSync(sections) ? sections : path.join(source, 'qrels.tsv'), path.join(target, 'qrels.tsv'));
    fs.copyFileSync(path.join(source, 'queries.tsv'), path.join(target, 'queries.tsv'));
  });
  return { folder, documents: path.join(folder, 'documents.jsonl'), qrels: path.join(folder, 'qrels.tsv') };
}

const readLines = (file) => fs.readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');

// The first `count` queries of a language by hash of their ids, with what answers them:
// [{ id, lang, text, relevant }].
export function questions(set, half, count = Infinity) {
  const relevant = new Map();
  for (const line of readLines(set.qrels)) {
    const [id, name] = line.split('\t');
    if (!relevant.has(id)) relevant.set(id, new Set());
    relevant.get(id).add(name);
  }
  const taken = new Map();
  return readLines(set.queries(half))
    .map((line) => line.split('\t'))
    .map(([id, lang, text]) => ({ id, lang, text, relevant: relevant.get(id) ?? new Set(), hash: sha256(id) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .filter(({ lang }) => {
      taken.set(lang, (taken.get(lang) ?? 0) + 1);
      return taken.get(lang) <= count;
    });
}

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

// The units as documents and as HTML, for engines/*: { documents, site, names }; names by the documents' groups.
export function peerPool(set, lang) {
  const bySection = readLines(set.qrels)[0].includes('#');
  const folder = path.join(set.folder, 'peers', lang);
  const site = path.join(folder, 'site');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(site, lang), { recursive: true });
  const names = new Map();
  const documents = units(readLines(set.documents).map((line) => JSON.parse(line)), lang, bySection).map((unit, at) => {
    const group = `${at}.html`;
    names.set(group, unit.name);
    const paragraphs = unit.text.split('\n').map((line) => `<p>${escape(line)}</p>`).join('\n');
    fs.writeFileSync(path.join(site, lang, group), `<!doctype html><html lang="${lang}"><title>${escape(unit.title)}` +
      `</title><body><h1>${escape(unit.title)}</h1>\n<h2>${escape(unit.heading)}</h2>\n${paragraphs}</body></html>`);
    return { url: `/${lang}/${group}`, group, lang, title: unit.title,
      sections: [{ heading: unit.heading, text: unit.text }] };
  });
  return { documents, site, names };
}

// { documents, qrels, queries(half) }: files. half: 'odd', 'even' or 'all'.
export function crossSet(name) {
  const set = name === 'libreoffice' ? libreoffice() : shared(name);
  const queries = (half) => path.join(set.folder,
    name === 'libreoffice' && half !== 'all' ? `queries.${half}.tsv` : 'queries.tsv');
  return { ...set, name, queries };
}
