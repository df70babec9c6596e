// Queries with half of their words in English (lib/switched.mjs), beside the same queries in one language: on the
// pages of the reader's language, on the English pages, and on all of them.
import fs from 'node:fs';
import path from 'node:path';

import { crossglot } from '../engines/crossglot.mjs';
import { kEnglish, kRelevanceLanguages, kWork, pool } from '../lib/corpus.mjs';
import { crossSet } from '../lib/cross.mjs';
import { switchedQueries } from '../lib/switched.mjs';
import { score, table } from '../lib/table.mjs';

const kForms = ['text', 'english', 'switched'];

// half: 'odd' or 'even'. bundle: of crossSet('libreoffice'). Rows by language: nDCG@10 by form and pool.
export function switched({ bundle, half }) {
  const { qrels } = crossSet('libreoffice');
  const folder = path.join(kWork, 'cross', 'libreoffice', 'switched');
  fs.mkdirSync(folder, { recursive: true });
  const lines = Object.fromEntries(kForms.map((form) => [form, '']));
  const judged = [];
  const langs = kRelevanceLanguages.filter((lang) => lang !== kEnglish).map((lang) => {
    const tag = pool(lang).documents[0].lang;
    switchedQueries(lang).filter(({ odd }) => odd === (half === 'odd')).forEach((query, at) => {
      for (const form of kForms) lines[form] += `${lang}-${at}\t${tag}\t${query[form]}\n`;
      for (const group of query.relevant) judged.push(`${lang}-${at}\t${group}\n`);
    });
    return tag;
  });
  const english = pool(kEnglish).documents[0].lang;
  const qrelsFile = path.join(folder, 'qrels.tsv');
  fs.writeFileSync(qrelsFile, judged.join(''));
  const rows = Object.fromEntries(kForms.map((form) => {
    const queries = path.join(folder, `${form}.tsv`);
    fs.writeFileSync(queries, lines[form]);
    const json = path.join(folder, `${form}.json`);
    crossglot(['eval', bundle, '--queries', queries, '--qrels', qrelsFile, '--json', json,
      ...[...langs, 'all'].flatMap((name) => ['--in', name]), '--in', english]);
    return [form, JSON.parse(fs.readFileSync(json, 'utf8')).rows];
  }));
  const at = (form, from, to) => rows[form].find((row) => row.from === from && row.pool === to)?.ndcg10.mean ?? 0;
  const out = langs.map((lang) => ({ lang, forms: Object.fromEntries(kForms.map((form) => (
    [form, { own: at(form, lang, lang), english: at(form, lang, english), all: at(form, lang, 'all') }]))) }));
  out.push({ lang: 'mean', forms: Object.fromEntries(kForms.map((form) => [form, { own: at(form, 'own', 'own'),
    english: at(form, 'others', english), all: at(form, 'every', 'all') }])) });
  return { half, rows: out };
}

export function switchedTable({ half, rows }) {
  const head = [`nDCG@10, ${half} half`];
  for (const pages of ['own pages', 'English pages', 'all pages']) head.push(`${pages}: own words`, 'English', 'half and half');
  return table(head, rows.map(({ lang, forms }) => [lang, ...['own', 'english', 'all'].flatMap((pages) => (
    kForms.map((form) => score(forms[form][pages]))))]));
}
