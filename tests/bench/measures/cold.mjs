// The cold first answer: a reader who has never searched here clicks the button, pauses, types a title; what is
// downloaded until five rows with excerpts stand, and in how many dependent round trips after the first keystroke.
//
// Both products run their own interface in headless Chromium with an empty cache for every query, against a server
// that counts bodies as sent (scripts and styles gzip-encoded) and delays each answer, so that a request which
// depends on another is seen as such. "Code" is everything that does not depend on the site's content, whether the
// page loads it before the click or after.
import path from 'node:path';

import { crossglotIndex } from '../engines/crossglot.mjs';
import { kRuntime, requireRuntime } from '../engines/crossglot_browser.mjs';
import { pagefindIndex } from '../engines/pagefind.mjs';
import { launch, withPage } from '../lib/browsers.mjs';
import { documents, kEnglish, kWork, site } from '../lib/corpus.mjs';
import { percentile } from '../lib/metrics.mjs';
import { dependentRounds, Server } from '../lib/server.mjs';
import { kilobytes, ratio, table } from '../lib/table.mjs';
import { titleQueries } from '../lib/titles.mjs';

const kRows = 5;
const kLatency_ms = 100;     // far above what the page needs between two requests
const kQuiet_ms = 400;       // nothing asked for so long: the network is at rest
const kPatience_ms = 8000;
const kTargets = { total: 150e3, code: 95e3, data: 55e3, rounds: 3 };

const document = (lang, head, body) => (
  `<!doctype html><html lang="${lang}"><head><title>Bench</title><link rel="icon" href="data:,">${head}</head>`
  + `<body>${body}</body></html>`);

// How to work each interface. A row stands when its excerpt holds text (both draw empty rows while they load).
export const kInterfaces = {
  crossglot: {
    name: 'Crossglot',
    page: (lang) => document(lang, '<script type="module" src="/crossglot/ui.js"></script>',
      '<crossglot-search></crossglot-search>'),
    button: 'crossglot-search button',
    row: '[role=group]',
    excerpt: '.excerpt',
    isCode: (name) => /\.(js|css|wasm)$/.test(name),
  },
  pagefind: {
    name: 'Pagefind 1.6',
    page: (lang) => document(lang, '<link rel="stylesheet" href="/pagefind/pagefind-component-ui.css">'
      + '<script type="module" src="/pagefind/pagefind-component-ui.js"></script>',
    '<pagefind-modal-trigger></pagefind-modal-trigger><pagefind-modal></pagefind-modal>'),
    button: 'pagefind-modal-trigger button',
    row: '.pf-result',
    excerpt: '.pf-result-excerpt',
    isCode: (name) => /\.(js|css|pagefind)$/.test(name),
  },
};

// In the page: counts the rows that stand, a few times a frame, and notes when there were enough. A row is a page,
// however many of its sections are shown below it.
function watchRows({ row, excerpt, enough }) {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.matches(row) ? [element] : []), ...(element.shadowRoot === null ? [] : all(element.shadowRoot))]);
  const stands = (element) => (element.querySelector(excerpt)?.textContent ?? '').trim() !== '';
  window.rows = () => all(document).filter(stands).length;
  window.enoughAt_ms = null;
  const timer = setInterval(() => {
    if (window.rows() < enough) return;
    window.enoughAt_ms = performance.timeOrigin + performance.now();
    clearInterval(timer);
  }, 4);
}

async function quiet(server) {
  let seen = -1;
  while (seen !== server.log.length) {
    seen = server.log.length;
    await new Promise((resolve) => setTimeout(resolve, kQuiet_ms));
  }
}

async function firstAnswer(page, server, face, query) {
  server.log.length = 0;
  const asked = new Map();  // address to when the page asked for it, which may be before a connection was free
  page.on('requestfinished', (request) => {
    asked.set(new URL(request.url()).pathname, request.timing().startTime - performance.timeOrigin);
  });
  await page.goto(server.origin);
  await quiet(server);
  await page.locator(face.button).first().click();
  await quiet(server);
  const before = server.log.length;
  await page.evaluate(watchRows, { row: face.row, excerpt: face.excerpt, enough: kRows });
  await page.keyboard.insertText(query);
  await page.waitForFunction(() => window.enoughAt_ms !== null, null, { timeout: kPatience_ms }).catch(() => null);
  await quiet(server);
  const { rows, enoughAt_ms } = await page.evaluate(() => ({ rows: window.rows(), enoughAt_ms: window.enoughAt_ms }));
  // What was answered later is not part of the first five rows. Both clocks are this machine's.
  const shown_ms = enoughAt_ms === null ? Infinity : enoughAt_ms - performance.timeOrigin;
  const log = server.log.filter((entry) => entry.end_ms <= shown_ms);
  const isOurs = (entry) => entry.path !== '/' && entry.bytes > 0;
  const sum = (entries) => entries.reduce((total, entry) => total + entry.bytes, 0);
  const counted = log.filter(isOurs);
  return {
    query, rows,
    code: sum(counted.filter((entry) => face.isCode(entry.path))),
    data: sum(counted.filter((entry) => !face.isCode(entry.path))),
    requests: counted.length,
    rounds: dependentRounds(log.slice(before).map((entry) => (
      { ...entry, begin_ms: Math.min(entry.begin_ms, asked.get(entry.path) ?? Infinity) }))),
    files: counted.map((entry) => `${entry.path} ${entry.bytes}`),
  };
}

async function measure(face, mounts, lang, queries) {
  const server = new Server({ mounts, pages: { '/': face.page(lang) }, latency_ms: kLatency_ms });
  server.origin = await server.start();
  const browser = await launch();
  const answers = [];
  try {
    for (const { title } of queries) {
      answers.push(await withPage(browser, (page) => firstAnswer(page, server, face, title)));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return answers;
}

// queries that do not bring five rows in both products say nothing about five rows: they are left out, and counted.
export async function cold({ count = 30, lang = kEnglish } = {}) {
  requireRuntime();
  const scratch = path.join(kWork, 'scratch/cold');
  const ours = path.join(scratch, 'crossglot');
  const theirs = path.join(scratch, 'pagefind');
  crossglotIndex(documents(lang).file, ours);
  pagefindIndex(site([lang]), theirs);
  const queries = titleQueries(lang, count);
  const answers = {
    crossglot: await measure(kInterfaces.crossglot, { '/crossglot/': [ours, kRuntime] }, lang, queries),
    pagefind: await measure(kInterfaces.pagefind, { '/pagefind/': theirs }, lang, queries),
  };
  const usable = queries.map((_, at) => at)
    .filter((at) => Object.values(answers).every((list) => list[at].rows >= kRows));
  const engines = Object.fromEntries(Object.entries(answers).map(([name, list]) => {
    const kept = usable.map((at) => list[at]);
    const spread = (value) => {
      const values = kept.map(value);
      return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
    };
    return [name, {
      name: kInterfaces[name].name,
      total: spread((it) => it.code + it.data), code: spread((it) => it.code), data: spread((it) => it.data),
      requests: spread((it) => it.requests), rounds: spread((it) => it.rounds), answers: list,
    }];
  }));
  return { lang, queries: queries.length, usable: usable.length, pages: documents(lang).documents.length, engines };
}

export function coldTable({ lang, queries, usable, pages, engines: { crossglot, pagefind } }) {
  const bytes = (name, measure, target) => [name, target === null ? '' : `<= ${kilobytes(target)}`,
    ...[crossglot, pagefind].map((engine) => `${kilobytes(engine[measure].p50)} / ${kilobytes(engine[measure].p95)}`),
    ratio(crossglot[measure].p50, pagefind[measure].p50)];
  const counts = (name, measure, target) => [name, target === null ? '' : `<= ${target}`,
    ...[crossglot, pagefind].map((engine) => `${engine[measure].p50} / ${engine[measure].p95}`),
    ratio(crossglot[measure].p50, pagefind[measure].p50)];
  return [
    `Cold first answer, five rows with excerpts, ${pages} pages in ${lang}: median / p95 over ${usable} of ${queries} titles`,
    table(['', 'target', crossglot.name, pagefind.name, 'ratio of medians'], [
      bytes('bytes', 'total', kTargets.total), bytes('of which code', 'code', kTargets.code),
      bytes('of which data', 'data', kTargets.data), counts('requests', 'requests', null),
      counts('round trips after the first keystroke', 'rounds', kTargets.rounds)]),
  ].join('\n');
}
