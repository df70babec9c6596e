// Warm queries on the English language: everything loaded, every query asked once before it is timed.
//
// Timed in the page in Chromium, around the whole answer: ours goes through the message port to the worker and back
// with rows, excerpts and marks; Pagefind's is search() and the five rows' data(); MiniSearch's is search() alone,
// on the page's own thread, without excerpts.
import path from 'node:path';

import { crossglotIndex } from '../engines/crossglot.mjs';
import { withCrossglot } from '../engines/crossglot_browser.mjs';
import { kIndexOptions, kSearchOptions, miniSearchPages } from '../engines/minisearch.mjs';
import { pagefindIndex, withPagefind } from '../engines/pagefind.mjs';
import { launch, withPage } from '../lib/browsers.mjs';
import { documents, kEnglish, kRepository, kWork, site } from '../lib/corpus.mjs';
import { percentile } from '../lib/metrics.mjs';
import { Server } from '../lib/server.mjs';
import { milliseconds, ratio, table } from '../lib/table.mjs';
import { termQueries } from '../lib/terms.mjs';
import { titleQueries } from '../lib/titles.mjs';

const kTitles = 200;
const kTerms = 200;
const kRows = 5;
const kPasses = 3;
const kTargets = { p50_ms: 2, p95_ms: 8 };

// In the page: the times of all passes after an untimed one. `ask` is a function of the page's window.
async function timeQueries(page, queries) {
  return page.evaluate(async ({ queries, passes }) => {
    for (const query of queries) await window.ask(query);
    const times = [];
    for (let pass = 0; pass < passes; pass += 1) {
      for (const query of queries) {
        const begin = performance.now();
        await window.ask(query);
        times.push(performance.now() - begin);
      }
    }
    return times;
  }, { queries, passes: kPasses });
}

async function timeCrossglot(bundle, lang, queries) {
  return withCrossglot({ bundle, lang }, async (page) => {
    await page.evaluate(async ({ lang, limit }) => {
      const { open } = await import('/crossglot/index.js');
      const index = await open('/crossglot/', { lang });
      window.ask = (query) => index.search(query, { lang, limit });
    }, { lang, limit: kRows });
    return timeQueries(page, queries);
  });
}

async function timePagefind(bundle, lang, queries) {
  return withPagefind({ bundle, lang }, async (page) => {
    await page.evaluate(async ({ limit }) => {
      const engine = await import('/pagefind/pagefind.js');
      await engine.init();
      window.ask = async (query) => {
        const { results } = await engine.search(query);
        return Promise.all(results.slice(0, limit).map((result) => result.data()));
      };
    }, { limit: kRows });
    return timeQueries(page, queries);
  });
}

async function timeMiniSearch(pages, queries) {
  const folder = path.join(kRepository, 'tests/bench/node_modules/minisearch/dist/es');
  const server = new Server({ mounts: { '/minisearch/': folder }, pages: { '/': '<!doctype html><title>m</title>' } });
  const origin = await server.start();
  const browser = await launch();
  try {
    return await withPage(browser, async (page) => {
      await page.goto(origin);
      await page.evaluate(async ({ pages, index, search, limit }) => {
        const { default: MiniSearch } = await import('/minisearch/index.js');
        const engine = new MiniSearch(index);
        engine.addAll(pages);
        window.ask = (query) => engine.search(query, search).slice(0, limit);
      }, { pages, index: kIndexOptions, search: kSearchOptions, limit: kRows });
      return timeQueries(page, queries);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

export async function query({ lang = kEnglish } = {}) {
  const { file, documents: pages } = documents(lang);
  const queries = [
    ...titleQueries(lang, kTitles).map((it) => it.title),
    ...termQueries(lang, new Set(pages.map((page) => page.group))).slice(0, kTerms).map((it) => it.text),
  ];
  const scratch = path.join(kWork, 'scratch/query');
  const ours = path.join(scratch, 'crossglot');
  const theirs = path.join(scratch, 'pagefind');
  crossglotIndex(file, ours);
  pagefindIndex(site([lang]), theirs);
  const spread = (times) => ({ p50_ms: percentile(times, 0.5), p95_ms: percentile(times, 0.95) });
  return {
    lang, pages: pages.length, queries: queries.length,
    engines: {
      crossglot: spread(await timeCrossglot(ours, lang, queries)),
      miniSearch: spread(await timeMiniSearch(miniSearchPages(pages), queries)),
      pagefind: spread(await timePagefind(theirs, lang, queries)),
    },
  };
}

export function queryTable({ lang, pages, queries, engines: { crossglot, miniSearch, pagefind } }) {
  const row = (name, measure, target) => [name, `<= ${target} ms`,
    ...[crossglot, miniSearch, pagefind].map((engine) => milliseconds(engine[measure])),
    ratio(crossglot[measure], miniSearch[measure]), ratio(crossglot[measure], pagefind[measure])];
  return [
    `Warm query in Chromium, ${pages} pages in ${lang}, ${queries} queries, ${kPasses} passes`,
    table(['', 'target', 'Crossglot', 'MiniSearch 7.2 (no excerpts)', 'Pagefind 1.6', 'to MiniSearch', 'to Pagefind'],
      [row('p50', 'p50_ms', kTargets.p50_ms), row('p95', 'p95_ms', kTargets.p95_ms)]),
  ].join('\n');
}
