// Queries in every language against pages in every language, by words, by meaning and by both: each pair's own pool,
// lists of all languages, and the English pages alone, which peers get too, with the same queries.
//
// "Held out": neither the dictionary has seen the page that is asked for nor the vectors the query's language; "whole
// site": only the latter. LibreOffice Help counts on the even half of its terms (the odd half is for tuning), the
// other sets as a whole. Without a model (`./dev model`) there are words alone. Tables: cross_tables.mjs.
import fs from 'node:fs';
import path from 'node:path';

import { crossglotIndex } from '../engines/crossglot.mjs';
import { kEnglish, kRepository, kWork, pool } from '../lib/corpus.mjs';
import { crossSet, hasSet, kSets, peerPool, questions } from '../lib/cross.mjs';
import { evaluate, model, withModel } from '../lib/evaluate.mjs';
import { foldOf } from '../lib/fold.mjs';
import { mean, ndcg, recall } from '../lib/metrics.mjs';

const kDepth = 100;
const kQuestionsPerLanguage = 200;  // the peers load every row they return, in a browser
const kFolds = 5;

function scratchOf(set, name) {
  const folder = path.join(kWork, 'cross', set.name, name);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

// Ours: one bundle of the whole site, made with folds, gives all columns.
function ours(set, asked, english) {
  const scratch = scratchOf(set, 'bench');
  const bundle = path.join(scratch, 'bundle');
  if (model() !== null) process.stderr.write(`${set.name}: indexing; minutes where no vectors are cached yet\n`);
  crossglotIndex(set.documents, bundle, ['--eval-folds', String(kFolds), ...withModel()]);
  const langs = [...new Set(asked.map(({ lang }) => lang))];
  const ask = (pools, more) => evaluate({ bundle, queries: asked, qrels: set.qrels, pools, scratch, ...more });
  return {
    langs,
    heldOut: ask(langs, { heldOut: ['dictionary', 'pivot'] }),
    whole: ask([english], { heldOut: ['pivot'] }),
    plain: ask([english], { asked: ['plain'] }),
    versions: ask(['all'], { heldOut: ['dictionary'], more: ['--collapse', 'none'] }),
    ...(set.name === 'libreoffice' ? { own: ownLanguages({ set, bundle, scratch, asked, english }) } : {}),
  };
}

// The protocol of LibreOffice Help's own-language figures, English left out: each language's translated pages, and all
// pages at once with the reader's own version where there is one. The dictionary is the whole site's.
function ownLanguages({ set, bundle, scratch, asked, english }) {
  const queries = asked.filter(({ lang }) => lang !== english);
  const pools = [...new Set(queries.map(({ lang }) => lang)), 'all'];
  return evaluate({ bundle, queries, qrels: set.qrels, pools, scratch, heldOut: ['pivot'] });
}

// Means and dictionary of one half of the site's pages, asked for the other half's, and the other way round: how much
// of the figures is the site's own pages being known. null without a model: words alone have their folds above.
function halves(set, asked, english) {
  if (model() === null) return null;
  const scratch = scratchOf(set, 'halves');
  return [1, 2].map((fold) => {
    const bundle = path.join(scratch, 'bundle');
    crossglotIndex(set.documents, bundle, ['--eval-folds', '2', '--eval-means-without', String(fold), ...withModel()]);
    const queries = asked.filter((query) => foldOf(query, 2) === fold);
    return evaluate({ bundle, queries, qrels: set.qrels, pools: [english], scratch, heldOut: ['dictionary', 'pivot'] });
  });
}

async function theirs(engine, set, asked, english) {
  const scratch = scratchOf(set, 'peers');
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
  return Object.fromEntries([...byLang].map(([lang, values]) => [lang,
    { ndcg: mean(values.map((it) => it.ndcg)), recall: mean(values.map((it) => it.recall)) }]));
}

export async function cross({ peers, sets = kSets.filter(hasSet), perLanguage = kQuestionsPerLanguage }) {
  const out = [];
  for (const name of sets) {
    const set = crossSet(name);
    const asked = questions(set, 'even', perLanguage).filter(({ relevant }) => relevant.size > 0);
    const english = asked.find(({ lang }) => lang.startsWith('en')).lang;
    const result = { name, english, queries: asked.length, peers: {}, ...ours(set, asked, english),
      halves: halves(set, asked, english) };
    for (const engine of peers) result.peers[engine.name] = await theirs(engine, set, asked, english);
    out.push(result);
  }
  return out;
}

// A site in English alone, asked in all languages: what word tables of other documentation bring where the site has
// no translations to learn from. By words; fastapi has languages that models/seed knows.
export function alone(name = 'fastapi') {
  if (!hasSet(name)) return null;
  const set = crossSet(name);
  const scratch = scratchOf(set, 'alone');
  const documents = path.join(scratch, 'documents.jsonl');
  fs.writeFileSync(documents, fs.readFileSync(set.documents, 'utf8').split('\n')
    .filter((line) => line !== '' && JSON.parse(line).lang === 'en').map((line) => `${line}\n`).join(''));
  const seeds = path.join(kRepository, 'models/seed');
  const tables = fs.readdirSync(seeds).filter((file) => file.endsWith('.tsv')).sort()
    .flatMap((file) => ['--seed', path.join(seeds, file)]);
  const queries = questions(set, 'all', kQuestionsPerLanguage).filter(({ relevant }) => relevant.size > 0);
  const macro = (more) => {
    const bundle = path.join(scratch, 'bundle');
    crossglotIndex(documents, bundle, more);
    return evaluate({ bundle, queries, qrels: set.qrels, pools: ['en'], scratch, asked: ['lexical'] })
      .at('lexical', 'others', 'en');
  };
  return { name, without: macro([]), seeded: macro(tables) };
}
