// Texts to vectors by our engine, by float arithmetic on the same pack, and by ONNX Runtime on its int8 export.
//
// A text is "query" or "passage", a tab and the text itself; it is cut at 128 pieces, and all three engines get the
// same pieces. Float arithmetic takes minutes, on all processors, and never changes: its vectors are kept under
// build/bench/float, by what they are made of.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { kRepository, kWork, sha256 } from '../lib/corpus.mjs';

const kBuild = process.env.CROSSGLOT_BUILD ?? path.join(kRepository, 'build/native');
export const kModel = process.env.CROSSGLOT_MODEL ?? path.join(kRepository, '.cache/model/e5-small');

async function run(engine, texts) {
  const program = spawn(path.join(kBuild, 'tests/embed/text_vectors'), [kModel, engine],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  const out = [];
  program.stdout.on('data', (bytes) => out.push(bytes));
  program.stdin.end(texts.join('\n'));
  const [status] = await once(program, 'close');
  if (status !== 0) throw new Error(`text_vectors ${engine}: exit ${status}`);
  return Buffer.concat(out);
}

// The same by as many processes as there are processors.
async function runInParts(engine, texts) {
  const parts = Math.min(os.availableParallelism(), texts.length);
  const size = Math.ceil(texts.length / parts);
  return Buffer.concat(await Promise.all(Array.from({ length: parts },
    (_, part) => run(engine, texts.slice(part * size, (part + 1) * size)))));
}

function split(bytes, count) {
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const size = all.length / count;
  return Array.from({ length: count }, (_, i) => all.subarray(i * size, (i + 1) * size));
}

export const ourVectors = async (texts) => split(await run('engine', texts), texts.length);

export async function floatVectors(texts) {
  const { id } = JSON.parse(fs.readFileSync(path.join(kModel, 'model.json'), 'utf8'));
  const source = fs.readFileSync(path.join(kRepository, 'core/embed/float_reference.cpp'), 'utf8');
  const file = path.join(kWork, 'float', sha256([id, source, ...texts].join('\n')));
  if (!fs.existsSync(file)) {
    const vectors = await runInParts('float', texts);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.new`, vectors);
    fs.renameSync(`${file}.new`, file);
  }
  return split(fs.readFileSync(file), texts.length);
}

// model: the file that `crossglot model export-onnx --int8` wrote.
export async function onnxVectors(texts, model) {
  const ort = await import('onnxruntime-node').then((module) => module.default ?? module);
  const session = await ort.InferenceSession.create(model, { graphOptimizationLevel: 'all' });
  const lines = (await run('pieces', texts)).toString().trimEnd().split('\n');
  const vectors = [];
  for (const line of lines) {
    const ids = line.split(' ').map(BigInt);
    const tensor = (values) => new ort.Tensor('int64', BigInt64Array.from(values), [1, values.length]);
    const { sentence_embedding: out } =
      await session.run({ input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1n)) });
    vectors.push(Float32Array.from(out.data));
  }
  await session.release();
  return vectors;
}
