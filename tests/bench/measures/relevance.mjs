// Native index terms of LibreOffice Help to their pages, same language, on each language's translated pages.
// Half of the terms (odd hash) is for tuning; what counts is the other half.
import fs from 'node:fs';
import path from 'node:path';

import { kEnglish, kRelevanceLanguages, kWork, pool } from '../lib/corpus.mjs';
import { mean, ndcg, success } from '../lib/metrics.mjs';
import { score, table } from '../lib/table.mjs';
import { termQueries } from '../lib/terms.mjs';

const kTargets = { [kEnglish]: { ndcg: 0.70, success: 0.78 }, macro: { ndcg: 0.66, success: 0.75 } };
const kDepth = 10;

function scores(queries, answers, wanted) {
  const at = queries.map((_, index) => index).filter((index) => wanted(queries[index]));
  return {
    ndcg: mean(at.map((index) => ndcg(answers[index], queries[index].relevant, kDepth))),
    success: mean(at.map((index) => success(answers[index], queries[index].relevant, 5))),
  };
}

// engines: objects with name and rank(); the first is ours. misses: print our queries that failed.
export async function relevance({ engines, langs = kRelevanceLanguages, misses = null }) {
  const rows = [];
  for (const lang of langs) {
    const { file, documents, site } = pool(lang);
    const queries = termQueries(lang, new Set(documents.map((document) => document.group)));
    const row = { lang, pages: documents.length, queries: queries.length, engines: {} };
    for (const engine of engines) {
      const scratch = path.join(kWork, 'scratch', lang);
      fs.mkdirSync(scratch, { recursive: true });
      const answers = await engine.rank({ file, documents, site, lang, tag: documents[0].lang, scratch,
        queries: queries.map((query) => query.text), limit: kDepth });
      row.engines[engine.name] = {
        even: scores(queries, answers, (query) => !query.odd), odd: scores(queries, answers, (query) => query.odd),
      };
      if (misses !== null && engine === engines[0]) {
        queries.forEach((query, at) => {
          if (success(answers[at], query.relevant, 5) === 0) misses({ lang, query, answer: answers[at] });
        });
      }
    }
    rows.push(row);
  }
  return { rows, macro: macro(rows, engines), engines: engines.map((engine) => engine.name) };
}

function macro(rows, engines) {
  const foreign = rows.filter((row) => row.lang !== kEnglish);
  const average = (name, half, measure) => mean(foreign.map((row) => row.engines[name][half][measure]));
  return Object.fromEntries(engines.map(({ name }) => [name, Object.fromEntries(['even', 'odd'].map((half) => [
    half, { ndcg: average(name, half, 'ndcg'), success: average(name, half, 'success') }]))]));
}

export function relevanceTable({ rows, macro: means, engines }) {
  const cell = (result, half) => `${score(result[half].ndcg)} / ${score(result[half].success)}`;
  const target = (name) => (kTargets[name] ? `${score(kTargets[name].ndcg)} / ${score(kTargets[name].success)}` : '');
  const head = ['nDCG@10 / success@5', 'pages', 'target', ...engines, `${engines[0]} (odd: tuned on)`];
  const lines = rows.map((row) => [row.lang, row.pages, target(row.lang),
    ...engines.map((name) => cell(row.engines[name], 'even')), cell(row.engines[engines[0]], 'odd')]);
  if (rows.some((row) => row.lang !== kEnglish)) {
    lines.push(['macro without English', '', target('macro'), ...engines.map((name) => cell(means[name], 'even')),
      cell(means[engines[0]], 'odd')]);
  }
  return table(head, lines);
}
