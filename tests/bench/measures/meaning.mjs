// Meaning in Chromium: the scan alone, and what a reader waits for and downloads on the demo's manual in five
// languages, with words in the same list.
//
// The bundle is made with the default model, whose vectors the native command keeps in the user's cache: the first time
// takes a quarter of an hour. It is made again when the command is newer. CROSSGLOT_VECTOR_BUNDLE names one that is
// there already.
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { crossglotIndex, isCurrentIndex } from '../engines/crossglot.mjs';
import { kRuntime, requireRuntime } from '../engines/crossglot_browser.mjs';
import { launch, withPage } from '../lib/browsers.mjs';
import { documents, kDemoLanguages, kRepository, kWork } from '../lib/corpus.mjs';
import { Server } from '../lib/server.mjs';
import { megabytes, milliseconds, table } from '../lib/table.mjs';

const kModel = process.env.CROSSGLOT_MODEL ?? path.join(kRepository, '.cache/model/e5-small');
const kScan = process.env.CROSSGLOT_SCAN ?? path.join(kRepository, 'build/wasm/tests/vector/vectors_bench.wasm');
const kLib = path.join(kRepository, 'tests/bench/lib');
const kRows = 10_000;
const kQueries = [
  ['en', 'make the text stand out'], ['fr', 'imprimer sur les deux faces de la feuille'],
  ['de', 'Seitenzahlen erst ab der zweiten Seite'], ['ja', '表の行を色分けする'], ['zh-CN', '如何合并单元格'],
  ['en', 'undo more than one step'], ['fr', 'figer la première ligne'], ['de', 'Diagramm aus einer Tabelle erstellen'],
  ['ja', '文書にパスワードをかける'], ['zh-CN', '邮件合并'],
];
const kTargets = { scan_ms: 0.3, answer_ms: 30, bytes: 1.5e6 };

function bundle() {
  if (process.env.CROSSGLOT_VECTOR_BUNDLE !== undefined) return process.env.CROSSGLOT_VECTOR_BUNDLE;
  const out = path.join(kWork, 'vectors');
  if (isCurrentIndex(out)) return out;
  const [first, ...others] = kDemoLanguages.map((lang) => documents(lang).file);
  crossglotIndex(first, out, [...others.flatMap((file) => ['--documents', file]), '--model', kModel]);
  return out;
}

const scanInPage = async ({ rows }) => {
  const { runCommand } = await import('/lib/wasi.mjs');
  const bytes = await (await fetch('/scan/vectors_bench.wasm')).arrayBuffer();
  const lines = await runCommand(bytes, [String(rows)]);
  return lines.trim().split('\n').map((line) => JSON.parse(line));
};

// Times of answers by words and meaning, from the call to the rows, once nothing is fetched any more.
const answersInPage = async ({ queries }) => {
  const { open } = await import('/crossglot/index.js');
  const index = await open('/crossglot/', { lang: 'en' });
  const times = [];
  await index.loadMeaning();
  for (const [lang, query] of queries) await index.search(query, { lang });
  for (let turn = 0; turn < 5; turn++) {
    for (const [lang, query] of queries) {
      const begin = performance.now();
      const { tiers, complete } = await index.search(query, { lang });
      if (!complete || !tiers.includes('dense')) throw new Error(`${query} was answered by ${tiers}`);
      times.push(performance.now() - begin);
    }
  }
  index.close();
  return { times };
};

// A first query, by a reader whose model is there: when which answer comes, in milliseconds since 1970.
const firstInPage = async ({ lang, query }) => {
  const { open } = await import('/crossglot/index.js');
  const index = await open('/crossglot/', { lang });
  const times = { provisional: Infinity, whole: Infinity };
  await index.loadMeaning();
  for await (const { tiers, complete } of index.searchStream(query)) {
    if (!tiers.includes('dense')) continue;
    const answer = complete ? 'whole' : 'provisional';
    times[answer] = Math.min(times[answer], performance.timeOrigin + performance.now());
  }
  index.close();
  return times;
};

// Bytes of vectors that were asked for before an answer: the list, one-bit codes, rows.
function vectorBytes(log, folder, until) {
  const end = until - performance.timeOrigin;
  const kinds = new Set(['V', 'B'].map((letter) => letter.charCodeAt(0)));
  return log
    .filter(({ path: name, begin_ms }) => begin_ms < end && isVectors(path.join(folder, path.basename(name)), kinds))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

function isVectors(file, kinds) {
  if (file.endsWith('.cgv')) return true;
  return file.endsWith('.cgt') && fs.existsSync(file) && kinds.has(gunzipSync(fs.readFileSync(file))[0]);
}

const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];

export async function meaning() {
  requireRuntime();
  const folder = bundle();
  const server = new Server({
    mounts: {
      '/crossglot/': [folder, kRuntime], '/crossglot/model/': kModel, '/lib/': kLib, '/scan/': path.dirname(kScan),
    },
    pages: { '/': '<!doctype html><html lang="en"><title>Meaning</title></html>' },
  });
  const origin = await server.start();
  const browser = await launch();
  const visit = (inPage, given) => withPage(browser, async (page) => {
    await page.goto(`${origin}/`);
    server.log.length = 0;
    return page.evaluate(inPage, given);
  });
  try {
    const scan = await visit(scanInPage, { rows: kRows });
    const { times } = await visit(answersInPage, { queries: kQueries });
    const provisional = [];
    const whole = [];
    for (const [lang, query] of kQueries.slice(0, 5)) {
      const times = await visit(firstInPage, { lang, query });
      provisional.push(vectorBytes(server.log, folder, times.provisional));
      whole.push(vectorBytes(server.log, folder, times.whole));
    }
    const { vectors } = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    return {
      rows: vectors[0].rows, scan, answer_ms: middle(times), provisional: middle(provisional), whole: middle(whole),
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

export function meaningTable({ rows, scan, answer_ms, provisional, whole }) {
  const figures = [
    ...scan.map(({ variant, scan_ms }) =>
      [`best ten of ${kRows.toLocaleString('en')} x 384 int4, ${variant}`, milliseconds(scan_ms), kTargets.scan_ms]),
    [`answer by words and meaning, ${rows.toLocaleString('en')} rows, p50`, milliseconds(answer_ms), kTargets.answer_ms],
    ['bytes of vectors before the provisional answer', megabytes(provisional), megabytes(kTargets.bytes)],
    ['before the exact one', megabytes(whole), ''],
  ];
  return table(['in Chromium', '', '(target)'], figures);
}
