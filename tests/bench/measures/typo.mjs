// Titles with one slip of the finger: is the right page still among the first five rows? And the same titles spelt
// right: how often is a query "corrected" that needed no correction?
import fs from 'node:fs';
import path from 'node:path';

import { kDemoLanguages, kWork, documents, site } from '../lib/corpus.mjs';
import { mean, success } from '../lib/metrics.mjs';
import { percent, table } from '../lib/table.mjs';
import { titleQueries } from '../lib/titles.mjs';

const kTitles = 1000;
const kDepth = 5;
const kTarget = 0.95;

// engines: objects with name and rank(), the first ours; an engine with answer() also says what it corrected.
export async function typo({ engines, langs = kDemoLanguages, misses = null }) {
  const rows = [];
  for (const lang of langs) {
    const { file, documents: pages } = documents(lang);
    const queries = titleQueries(lang, kTitles / kDemoLanguages.length);
    const scratch = path.join(kWork, 'scratch', `titles-${lang}`);
    fs.mkdirSync(scratch, { recursive: true });
    const row = { lang, titles: queries.length, engines: {} };
    for (const engine of engines) {
      const given = { file, documents: pages, site: site([lang]), lang, tag: pages[0].lang, scratch, limit: kDepth };
      const texts = [...queries.map((query) => query.typo), ...queries.map((query) => query.title)];
      const answers = engine.answer !== undefined
        ? await engine.answer({ ...given, queries: texts })
        : (await engine.rank({ ...given, queries: texts })).map((found) => ({ pages: found, corrected: null }));
      const hit = (at, relevant) => success(answers[at].pages, relevant, kDepth);
      row.engines[engine.name] = {
        typo: mean(queries.map((query, at) => hit(at, query.relevant))),
        correct: mean(queries.map((query, at) => hit(queries.length + at, query.relevant))),
        wronglyCorrected: engine.answer === undefined ? null
          : answers.slice(queries.length).filter((answer) => answer.corrected.length > 0).length,
      };
      if (misses !== null && engine === engines[0]) {
        queries.forEach((query, at) => {
          if (hit(at, query.relevant) === 0) misses({ lang, query, answer: answers[at] });
        });
      }
    }
    rows.push(row);
  }
  return { rows, engines: engines.map((engine) => engine.name), target: kTarget };
}

export function typoTable({ rows, engines, target }) {
  const titles = rows.reduce((sum, row) => sum + row.titles, 0);
  const over = (name, measure) => rows.reduce(
    (sum, row) => sum + row.engines[name][measure] * row.titles, 0) / titles;
  const wrong = (row, name) => row.engines[name].wronglyCorrected ?? 'n/a';
  const ours = engines[0];
  const head = ['right page in top 5', 'titles', ...engines.map((name) => `${name}, misspelt`),
    ...engines.map((name) => `${name}, as is`), `${ours}: wrongly corrected`];
  const lines = rows.map((row) => [row.lang, row.titles,
    ...engines.map((name) => percent(row.engines[name].typo)),
    ...engines.map((name) => percent(row.engines[name].correct)), wrong(row, ours)]);
  const sum = rows.some((row) => row.engines[ours].wronglyCorrected === null) ? 'n/a'
    : rows.reduce((total, row) => total + row.engines[ours].wronglyCorrected, 0);
  lines.push([`all (target >= ${percent(target)})`, titles, ...engines.map((name) => percent(over(name, 'typo'))),
    ...engines.map((name) => percent(over(name, 'correct'))), sum]);
  return table(head, lines);
}
