// What a reranker does to the first ten rows, in Chromium through the public interface: nDCG@10 before and after, and
// how long it takes.
//
//   node tests/bench/rerank.mjs [SET...] [--count 50] [--in en] [--model PACK] [--reranker FILE] [--bundle DIR]
//                               [--hybrid]
//
// SET: xquad-r (default), libreoffice. Asks `count` queries of each language of the pages in `in`. FILE: a
// cross-encoder as ONNX whose pairs PACK's tokenizer cuts; default: what `crossglot model export-onnx --reranker` makes
// of PACK, the default encoder. --bundle: an index that stands already; --hybrid: rows are those of words and vectors,
// which PACK has made.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { crossglot, crossglotIndex } from './engines/crossglot.mjs';
import { kRuntime, requireRuntime } from './engines/crossglot_browser.mjs';
import { launch, withPage } from './lib/browsers.mjs';
import { kRepository, kWork } from './lib/corpus.mjs';
import { crossSet, questions } from './lib/cross.mjs';
import { provideHelp } from './lib/help.mjs';
import { mean, ndcg, percentile } from './lib/metrics.mjs';
import { Server } from './lib/server.mjs';
import { score, table } from './lib/table.mjs';

const kOrt = path.join(kRepository, 'tests/bench/node_modules/onnxruntime-web/dist');
const { values, positionals } = parseArgs({ allowPositionals: true, options: {
  count: { type: 'string', default: '50' }, in: { type: 'string', default: 'en' }, bundle: { type: 'string' },
  model: { type: 'string', default: path.join(kRepository, '.cache/model/e5-small') }, reranker: { type: 'string' },
  hybrid: { type: 'boolean' },
} });

function modelFile() {
  if (values.reranker !== undefined) return values.reranker;
  const out = path.join(kWork, 'reranker', 'model.onnx');
  fs.mkdirSync(path.dirname(out), { recursive: true });
  crossglot(['model', 'export-onnx', values.model, '--reranker', '--int8', '--out', out]);
  return out;
}

// In the page: [{ before, after, ms }] for each question, groups best first.
async function ask({ asked, pool, file, hybrid }) {
  const { open } = await import('/crossglot/index.js');
  const reranker = { runtime: '/ort/ort.wasm.min.mjs', file: `/onnx/${file}`, model: '/model/', timeoutMs: 600_000 };
  const onRerankerError = (error) => { throw error; };
  const index = await open('/crossglot/', { lang: pool, model: hybrid && '/model/', reranker, onRerankerError });
  await index.loadReranker();
  if (hybrid) await index.loadMeaning();
  const results = [];
  for (const { lang, text } of asked) {
    const options = { lang, in: [pool], limit: 10 };
    const before = await index.search(text, { ...options, rerank: false });
    const begin = performance.now();
    const after = await index.search(text, options);
    const ms = performance.now() - begin;
    results.push({ before: before.hits.map(({ group }) => group), after: after.hits.map(({ group }) => group), ms });
  }
  return results;
}

function row(lang, asked, results) {
  const gains = (which) => asked.map(({ relevant }, i) => ndcg(results[i][which], relevant, 10));
  const [before, after] = [gains('before'), gains('after')];
  // Ten rows in any order: what chance would make of them.
  const chance = asked.map(({ relevant }, i) => {
    const rows = results[i].before;
    return mean(rows.map((_, turn) => ndcg([...rows.slice(turn), ...rows.slice(0, turn)], relevant, 10)));
  });
  const better = after.filter((gain, i) => gain > before[i]).length;
  const worse = after.filter((gain, i) => gain < before[i]).length;
  return [lang, asked.length, score(mean(before)), score(mean(after)), score(mean(chance)), better, worse];
}

requireRuntime();
const file = modelFile();
for (const name of positionals.length > 0 ? positionals : ['xquad-r']) {
  await provideHelp();  // the name of everything that is derived
  const set = crossSet(name);
  const bundle = values.bundle ?? path.join(kWork, 'cross', name, 'reranked');
  if (values.bundle === undefined) crossglotIndex(set.documents, bundle);
  const server = new Server({
    mounts: {
      '/crossglot/': [bundle, kRuntime], '/ort/': kOrt, '/onnx/': path.dirname(file), '/model/': values.model,
    },
    pages: { '/': '<!doctype html><html lang="en"><title>Reranker</title></html>' },
  });
  const origin = await server.start();
  const browser = await launch();
  try {
    const asked = questions(set, 'even', Number(values.count)).filter(({ relevant }) => relevant.size > 0);
    const results = await withPage(browser, async (page) => {
      await page.goto(origin);
      return page.evaluate(ask, { asked, pool: values.in, file: path.basename(file), hybrid: values.hybrid ?? false });
    });
    const langs = [...new Set(asked.map(({ lang }) => lang))].sort();
    const of = (lang) => asked.map((_, i) => i).filter((i) => asked[i].lang === lang);
    const rows = langs.map((lang) => row(lang, of(lang).map((i) => asked[i]), of(lang).map((i) => results[i])));
    console.log(`${name}, pages in ${values.in}, first ten rows by ${values.hybrid ? 'words and meaning' : 'words'}\n`);
    console.log(table(['queries', 'n', 'before', 'after', 'any order', 'better', 'worse'],
      [...rows, row('all', asked, results)]));
    const times = results.filter(({ before }) => before.length === 10).map(({ ms }) => ms);
    const [half, most] = [0.5, 0.9].map((share) => percentile(times, share).toFixed(0));
    console.log(`\nten rows: ${half} ms p50, ${most} ms p90`);
  } finally {
    await browser.close();
    await server.stop();
  }
}
