// What translating a query costs: titles of pages as queries on the English index, once in English and once in German,
// where each word becomes up to five. Timed as in scale.mjs, by the difference of two batches.
import fs from 'node:fs';
import path from 'node:path';

import { crossglot, crossglotCommand, crossglotIndex } from '../engines/crossglot.mjs';
import { documents, kEnglish, kWork, sha256 } from '../lib/corpus.mjs';
import { percentile } from '../lib/metrics.mjs';
import { measureProcess } from '../lib/process.mjs';
import { milliseconds, table } from '../lib/table.mjs';

const kForeign = 'de';
const kQueries = 400;
const kTimes = 10; // a query takes a fifth of a millisecond
const kRepeat = 3;
const kTarget = 2;

export async function expansion() {
  const scratch = path.join(kWork, 'scratch/expansion');
  fs.mkdirSync(scratch, { recursive: true });
  const pages = { [kEnglish]: documents(kEnglish).documents, [kForeign]: documents(kForeign).documents };
  const lines = path.join(scratch, 'documents.jsonl');
  fs.writeFileSync(lines, Object.values(pages).flat().map((page) => `${JSON.stringify(page)}\n`).join(''));
  const bundle = path.join(scratch, 'bundle');
  crossglotIndex(lines, bundle);
  const english = new Map(pages[kEnglish].map(({ group, title }) => [group, title]));
  const asked = pages[kForeign].filter(({ group, title }) => english.has(group) && english.get(group) !== title)
    .sort((a, b) => (sha256(a.group) < sha256(b.group) ? -1 : 1)).slice(0, kQueries);

  const batch = async (lang, texts) => {
    const file = path.join(scratch, 'queries.tsv');
    fs.writeFileSync(file, texts.map((text, at) => `${at}\t${lang}\t${text}\n`).join(''));
    const parameters = ['run', bundle, '--queries', file, '--in', kEnglish, '--mode', 'lexical', '--limit', '10'];
    const runs = [];
    for (let at = 0; at < kRepeat; at += 1) runs.push((await measureProcess(crossglotCommand(), parameters)).ms);
    return percentile(runs, 0.5);
  };
  const mean = async (lang, texts) => {
    const many = Array.from({ length: kTimes }, () => texts).flat();
    return (await batch(lang, many) - await batch(lang, texts)) / (many.length - texts.length);
  };
  crossglot(['search', bundle, asked[0].title, '--limit', '1']);
  return {
    queries: asked.length,
    own_ms: await mean(kEnglish, asked.map(({ group }) => english.get(group))),
    translated_ms: await mean(kForeign, asked.map(({ title }) => title)),
  };
}

export function expansionTable({ queries, own_ms, translated_ms }) {
  return table(['native, English pages', 'queries', 'English titles', 'German titles', 'ratio', 'target'],
    [['mean query', queries, milliseconds(own_ms), milliseconds(translated_ms), (translated_ms / own_ms).toFixed(2),
      `<= ${kTarget}`]]);
}
