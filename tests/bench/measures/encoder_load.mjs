// What a reader's first embedded query costs: bytes, time, memory; through the API, in Chromium, from this machine.
//
// The pack is ordered for the demo's documents, as a site does it. Beside it stands what ONNX Runtime Web needs for the
// same: its runtime, and the same weights as an int8 ONNX file (for a tokenizer it would need one more file; it
// borrows ours here, which is counted on both sides). Bytes are those of bodies as sent, scripts and modules gzipped.
import fs from 'node:fs';
import path from 'node:path';

import { crossglot, crossglotIndex } from '../engines/crossglot.mjs';
import { kRuntime, requireRuntime } from '../engines/crossglot_browser.mjs';
import { launch, withPage } from '../lib/browsers.mjs';
import { documents, kDemoLanguages, kRepository, kWork } from '../lib/corpus.mjs';
import { Server } from '../lib/server.mjs';
import { megabytes, ratio, table } from '../lib/table.mjs';

const kModel = process.env.CROSSGLOT_MODEL ?? path.join(kRepository, '.cache/model/e5-small');
const kOrt = path.join(kRepository, 'tests/bench/node_modules/onnxruntime-web/dist');
const kQuery = 'How do I change the page margins?';
const kRuns = 5;
const kTargets = { bytes: 15e6, code: 120 * 1024, ready_ms: 300, memory: 80e6 };

// A bundle of one page: what is measured is the encoder.
function smallBundle() {
  const file = path.join(kWork, 'one.jsonl');
  const sections = [{ anchor: '', level: 1, heading: 'One', text: 'One page.' }];
  fs.writeFileSync(file, `${JSON.stringify({ url: '/one.html', lang: 'en', title: 'One', sections })}\n`);
  const bundle = path.join(kWork, 'one');
  crossglotIndex(file, bundle);
  return bundle;
}

function demoModel() {
  const out = path.join(kWork, 'encoder-demo');
  const files = kDemoLanguages.flatMap((lang) => ['--documents', documents(lang).file]);
  crossglot(['model', 'import', kModel, '--out', out, ...files]);
  return out;
}

const inPage = async ({ options, query }) => {
  const { open } = await import('/crossglot/index.js');
  const index = await open('/crossglot/', options);
  // The worker and its module are part of the wait.
  const begin = performance.now();
  const { kernels } = await index.loadModel();
  const ready_ms = performance.now() - begin;
  const [vector] = await index.embed([query]);
  const first_ms = performance.now() - begin;
  await new Promise((resolve) => setTimeout(resolve, 500));  // the site's first rows, in the background
  const { memoryBytes } = await index.loadModel();
  index.close();
  return { kernels, ready_ms, first_ms, memory: kernels === 'onnx' ? null : memoryBytes, vector: [...vector] };
};

async function visit(browser, server, origin, options) {
  return withPage(browser, async (page) => {
    // As a reader's first visit: nothing loads before it is asked for, so that the clock has all of it.
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    await page.goto(`${origin}/`);
    server.log.length = 0;
    const first = await page.evaluate(inPage, { options, query: kQuery });
    const sent = server.log.filter(({ path: name }) => /^\/(model|ort|onnx)\/|encoder/.test(name));
    const code = sent.filter(({ path: name }) => /\.(js|mjs|wasm)$/.test(name));
    const sum = (entries) => entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
    const again = await page.evaluate(inPage, { options, query: kQuery });
    return { ...first, bytes: sum(sent), code: sum(code), again_ms: again.ready_ms };
  });
}

const cosine = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);

export async function encoderLoad() {
  requireRuntime();
  if (!fs.existsSync(path.join(kModel, 'model.json'))) throw new Error('no model pack: ./dev model makes one');
  fs.mkdirSync(path.join(kWork, 'onnx'), { recursive: true });
  const onnx = path.join(kWork, 'onnx', 'model-int8.onnx');
  crossglot(['model', 'export-onnx', kModel, '--int8', '--out', onnx]);
  const server = new Server({
    mounts: {
      '/crossglot/': [smallBundle(), kRuntime], '/model/': demoModel(), '/ort/': kOrt, '/onnx/': path.dirname(onnx),
    },
    pages: { '/': '<!doctype html><html lang="en"><title>Encoder</title></html>' },
  });
  const origin = await server.start();
  const browser = await launch();
  const sides = {
    Crossglot: { model: '/model/' },
    'onnxruntime-web int8': {
      model: '/model/', encoder: 'onnx', onnx: { runtime: '/ort/ort.wasm.min.mjs', file: '/onnx/model-int8.onnx' },
    },
  };
  try {
    const figures = {};
    for (const [name, options] of Object.entries(sides)) {
      const runs = [];
      for (let i = 0; i < kRuns; i++) runs.push(await visit(browser, server, origin, options));
      const fastest = (field) => Math.min(...runs.map((run) => run[field]));
      figures[name] = { ...runs[0], ready_ms: fastest('ready_ms'), first_ms: fastest('first_ms'),
        again_ms: fastest('again_ms') };
    }
    const [ours, theirs] = Object.values(figures);
    const same = cosine(ours.vector, theirs.vector);
    for (const side of Object.values(figures)) delete side.vector;
    return { ...figures, cosine: same };
  } finally {
    await browser.close();
    await server.stop();
  }
}

const ms = (value) => `${value.toFixed(0)} ms`;

export function encoderLoadTable({ cosine: same, ...sides }) {
  const theirs = Object.values(sides).at(-1);
  const rows = Object.entries(sides).map(([name, side]) => [name, megabytes(side.bytes), ratio(theirs.bytes, side.bytes),
    megabytes(side.code), ms(side.ready_ms), ms(side.first_ms), ms(side.again_ms),
    side.memory === null ? '' : megabytes(side.memory)]);
  const goal = ['(target)', `<= ${megabytes(kTargets.bytes)}`, '', `<= ${megabytes(kTargets.code)}`,
    `<= ${ms(kTargets.ready_ms)}`, '', '', `<= ${megabytes(kTargets.memory)}`];
  return `${table(['engine', 'bytes before the first query', 'x', 'of them code', 'ready', 'first vector',
    'ready on a second visit', 'module memory'], [...rows, goal])}\n\n`
    + `Cosine between the two vectors of a query: ${same.toFixed(4)}.`;
}
