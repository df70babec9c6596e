// Query time of the native command on a site of 50,000 sections: three whole languages of LibreOffice Help under one
// language tag, so that one index holds them all. Timed is a batch of `crossglot run` with every query twice less one
// with every query once: ranking and answer, without start, lists and files.
import fs from 'node:fs';
import path from 'node:path';

import { crossglot, crossglotCommand, crossglotIndex } from '../engines/crossglot.mjs';
import { documents, kEnglish, kWork } from '../lib/corpus.mjs';
import { percentile } from '../lib/metrics.mjs';
import { measureProcess } from '../lib/process.mjs';
import { milliseconds, table } from '../lib/table.mjs';
import { titleQueries } from '../lib/titles.mjs';

const kLanguages = [kEnglish, 'fr', 'de'];
const kQueries = 400;
const kRepeat = 3;
const kTarget_ms = 10;

function oneLanguage() {
  return kLanguages.flatMap((lang) => documents(lang).documents.map((document) => (
    { ...document, lang: 'en', group: `${lang}/${document.group}` })));
}

export async function scale() {
  const scratch = path.join(kWork, 'scratch/scale');
  fs.mkdirSync(scratch, { recursive: true });
  const pages = oneLanguage();
  const file = path.join(scratch, 'documents.jsonl');
  fs.writeFileSync(file, pages.map((page) => `${JSON.stringify(page)}\n`).join(''));
  const bundle = path.join(scratch, 'bundle');
  crossglotIndex(file, bundle);
  const texts = titleQueries(kEnglish, kQueries).map((query) => query.title);
  const batch = async (queries) => {
    const queryFile = path.join(scratch, 'queries.tsv');
    fs.writeFileSync(queryFile, queries.map((text, at) => `${at}\ten\t${text}\n`).join(''));
    const parameters = ['run', bundle, '--queries', queryFile, '--in', 'en', '--mode', 'lexical', '--limit', '10'];
    const runs = [];
    for (let at = 0; at < kRepeat; at += 1) runs.push((await measureProcess(crossglotCommand(), parameters)).ms);
    return percentile(runs, 0.5);
  };
  crossglot(['search', bundle, texts[0], '--limit', '1']);
  // Twice the queries of one batch cost the queries once: what start and files cost falls out of the difference.
  const once_ms = await batch(texts);
  const twice_ms = await batch([...texts, ...texts]);
  return {
    pages: pages.length, sections: pages.reduce((sum, page) => sum + page.sections.length, 0),
    queries: texts.length, mean_ms: (twice_ms - once_ms) / texts.length,
  };
}

export function scaleTable({ pages, sections, queries, mean_ms }) {
  return table(['native, one language', 'sections', 'queries', 'target', 'mean query'],
    [[`${pages} pages`, sections, queries, `well under ${kTarget_ms} ms`, milliseconds(mean_ms)]]);
}
