// Queries in every language against the English pages alone: what a reader finds where nothing is translated. Peers
// get the same pages and the same queries. Same-language figures stand beside, since they bound what can be hoped for.
//
// LibreOffice Help counts on the even half of its terms (the odd half is for tuning), the other sets as a whole.
import fs from 'node:fs';
import path from 'node:path';

import { crossglot, crossglotIndex } from '../engines/crossglot.mjs';
import { kEnglish, kWork, pool } from '../lib/corpus.mjs';
import { crossSet, hasSet, kSets, peerPool, questions } from '../lib/cross.mjs';
import { mean, ndcg, recall } from '../lib/metrics.mjs';
import { score, table } from '../lib/table.mjs';

const kDepth = 100;
const kQuestionsPerLanguage = 200;  // the peers load every row they return, in a browser
const kFolds = 5;

function evaluate({ bundle, queries, qrels, pools, more = [] }) {
  const json = path.join(path.dirname(queries), 'eval.json');
  crossglot(['eval', bundle, '--queries', queries, '--qrels', qrels, '--json', json,
    ...pools.flatMap((name) => ['--in', name]), ...more]);
  return JSON.parse(fs.readFileSync(json, 'utf8')).rows;
}

const figures = (row) => ({ ndcg: row?.ndcg10.mean, recall: row?.recall100.mean, low: row?.ndcg10.low,
  high: row?.ndcg10.high });

// Ours: one bundle of the whole site, made with folds, gives all columns.
function ours(set, asked, english) {
  const scratch = path.join(kWork, 'cross', set.name, 'bench');
  fs.mkdirSync(scratch, { recursive: true });
  const bundle = path.join(scratch, 'bundle');
  crossglotIndex(set.documents, bundle, ['--eval-folds', String(kFolds)]);
  const queries = path.join(scratch, 'queries.tsv');
  fs.writeFileSync(queries, asked.map(({ id, lang, text }) => `${id}\t${lang}\t${text}\n`).join(''));
  const langs = [...new Set(asked.map(({ lang }) => lang))];
  const whole = evaluate({ bundle, queries, qrels: set.qrels, pools: langs });
  const heldOut = evaluate({ bundle, queries, qrels: set.qrels, pools: [english], more: ['--heldout', 'dictionary'] });
  const none = evaluate({ bundle, queries, qrels: set.qrels, pools: [english], more: ['--modes', 'plain'] });
  // The command spells languages as BCP 47 does.
  const same = (a, b) => a.toLowerCase() === b.toLowerCase();
  const at = (rows, from, to) => figures(rows.find((row) => same(row.from, from) && same(row.pool, to)));
  const rows = langs.map((lang) => ({ lang, own: at(whole, lang, lang), whole: at(whole, lang, english),
    heldOut: at(heldOut, lang, english), plain: at(none, lang, english) }));
  return { rows, macro: { own: at(whole, 'own', 'own'), whole: at(whole, 'others', english),
    heldOut: at(heldOut, 'others', english), plain: at(none, 'others', english) } };
}

async function theirs(engine, set, asked, english) {
  const scratch = path.join(kWork, 'cross', set.name, 'peers');
  fs.mkdirSync(scratch, { recursive: true });
  const given = set.name === 'libreoffice'
    ? { ...pool(kEnglish), names: new Map() } : peerPool(set, english);
  const foreign = given.documents.find((document) => document.lang !== english);
  if (foreign !== undefined) throw new Error(`${set.name}: ${foreign.url} is not ${english}: the pool would be unfair`);
  const answers = await engine.rank({ ...given, lang: english, scratch, limit: kDepth,
    queries: asked.map(({ text }) => text) });
  const byLang = new Map();
  asked.forEach(({ lang, relevant }, at) => {
    const names = answers[at].map((group) => given.names.get(group) ?? group);
    if (!byLang.has(lang)) byLang.set(lang, []);
    byLang.get(lang).push({ ndcg: ndcg(names, relevant, 10), recall: recall(names, relevant, kDepth) });
  });
  return new Map([...byLang].map(([lang, values]) => [lang,
    { ndcg: mean(values.map((it) => it.ndcg)), recall: mean(values.map((it) => it.recall)) }]));
}

export async function cross({ peers, sets = kSets.filter(hasSet) }) {
  const out = [];
  for (const name of sets) {
    const set = crossSet(name);
    const asked = questions(set, 'even', kQuestionsPerLanguage).filter(({ relevant }) => relevant.size > 0);
    const english = asked.find(({ lang }) => lang.startsWith('en')).lang;
    const result = { name, english, queries: asked.length, peers: {}, ...ours(set, asked, english) };
    for (const engine of peers) result.peers[engine.name] = Object.fromEntries(await theirs(engine, set, asked, english));
    out.push(result);
  }
  return out;
}

export function crossTables(results) {
  const cell = (value) => (value?.ndcg === undefined ? '' : `${score(value.ndcg)} / ${score(value.recall)}`);
  return results.map(({ name, english, queries, rows, macro, peers }) => {
    const names = Object.keys(peers);
    const others = rows.filter(({ lang }) => lang !== english).map(({ lang }) => lang);
    const average = (engine) => ({ ndcg: mean(others.map((lang) => peers[engine][lang].ndcg)),
      recall: mean(others.map((lang) => peers[engine][lang].recall)) });
    const head = ['nDCG@10 / recall@100', 'own language', `to ${english}: held out`, 'whole site', 'no dictionary',
      ...names];
    const lines = rows.map((row) => [row.lang, cell(row.own), cell(row.heldOut), cell(row.whole), cell(row.plain),
      ...names.map((engine) => cell(peers[engine][row.lang]))]);
    lines.push([`mean without ${english}`, cell(macro.own), cell(macro.heldOut), cell(macro.whole), cell(macro.plain),
      ...names.map((engine) => cell(average(engine)))]);
    return `${name}, ${queries} queries\n\n${table(head, lines)}`;
  }).join('\n\n');
}
