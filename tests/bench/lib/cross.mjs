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

import { derived, kEnglish, kRelevanceLanguages, kRepository, pool } from './corpus.mjs';
import { termQueries } from './terms.mjs';

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

// { documents, qrels, queries(half) }: files. half: 'odd', 'even' or 'all'.
export function crossSet(name) {
  const set = name === 'libreoffice' ? libreoffice() : shared(name);
  const queries = (half) => path.join(set.folder,
    name === 'libreoffice' && half !== 'all' ? `queries.${half}.tsv` : 'queries.tsv');
  return { ...set, name, queries };
}
