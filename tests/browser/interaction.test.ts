/** What `crossglot model export-onnx --reranker` writes computes what it says, of the pieces' vectors of the encoder. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { afterAll, describe, expect, test } from 'vitest';
import { writeModelFolder } from '../command/model_folder.mjs';
import { crossglot, realPack } from './model.js';

const folder = mkdtempSync(join(tmpdir(), 'crossglot-interaction-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Rows = number[][];

async function session(pack: string, ...options: string[]): Promise<ort.InferenceSession> {
  const file = join(folder, 'model.onnx');
  crossglot(['model', 'export-onnx', pack, '--out', file, ...options]);
  return ort.InferenceSession.create(new Uint8Array(readFileSync(file)));
}

async function run(model: ort.InferenceSession, ids: readonly number[], output: string): Promise<ort.Tensor> {
  const integers = (values: readonly number[]) =>
    new ort.Tensor('int64', BigInt64Array.from(values.map(BigInt)), [1, values.length]);
  const feeds: Record<string, ort.Tensor> = { input_ids: integers(ids), attention_mask: integers(ids.map(() => 1)) };
  const wanted = model.inputNames.map((name) => [name, feeds[name]!]);
  return (await model.run(Object.fromEntries(wanted)))[output]!;
}

/** The vectors of a text's pieces, each of length 1. */
async function piecesOf(model: ort.InferenceSession, ids: readonly number[]): Promise<Rows> {
  const { data, dims } = await run(model, ids, 'last_hidden_state');
  const size = dims[2]!;
  return ids.map((_, i) => {
    const row = [...(data as Float32Array).slice(i * size, (i + 1) * size)];
    return row.map((x) => x / Math.hypot(...row));
  });
}

function interaction(query: Rows, passage: Rows): number {
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const best = query.map((piece) => Math.max(...passage.map((other) => dot(piece, other))));
  return best.reduce((sum, cosine) => sum + cosine, 0) / best.length;
}

interface Join {
  /** What an encoder reads before a text: begin, and the prefix. */
  readonly before: { readonly query: readonly number[]; readonly passage: readonly number[] };
  readonly between: readonly number[];
  readonly end: number;
}

/** The score of a pair, and what it should be. */
async function scores(
  models: { encoder: ort.InferenceSession; reranker: ort.InferenceSession }, { before, between, end }: Join,
  query: readonly number[], passage: readonly number[],
): Promise<[number, number]> {
  const own = async (before: readonly number[], pieces: readonly number[]) =>
    (await piecesOf(models.encoder, [...before, ...pieces, end])).slice(before.length);
  const pair = [before.query[0]!, ...query, ...between, ...passage, end];
  const logits = await run(models.reranker, pair, 'logits');
  expect(logits.dims).toEqual([1, 1]);
  const expected = interaction(await own(before.query, query), await own(before.passage, passage));
  return [logits.data[0] as number, expected];
}

describe('late interaction', () => {
  test('of a BERT model with prefixes', async () => {
    const pieces = [...'abcdefghijklmnop'];
    const card = { name: 'small', license: 'MIT', prefixes: { query: 'a b', passage: 'c' } };
    const weightOf = (name: string, i: number, begin: number) =>
      (name.includes('LayerNorm.weight') ? 1 : Math.sin((i + 1) * 12.9898 + begin) / (name.includes('embed') ? 1 : 3));
    crossglot(['model', 'import', writeModelFolder(join(folder, 'source'), { card, pieces, weightOf }),
      '--out', join(folder, 'pack')]);
    const pack = join(folder, 'pack');
    const models = { encoder: await session(pack), reranker: await session(pack, '--reranker') };
    const join_ = { before: { query: [2, 5, 6], passage: [2, 7] }, between: [3], end: 3 };
    const pairs = [[[8, 9], [10, 9, 8, 11]], [[12], [13, 14, 15, 16, 17]], [[], [8]], [[8], []], [[20, 19, 18], [18]]];
    for (const [query, passage] of pairs) {
      const [score, expected] = await scores(models, join_, query!, passage!);
      expect(score, JSON.stringify([query, passage])).toBeCloseTo(expected, 4);
    }
  });

  const real = realPack();
  if (!real) console.warn('the default encoder as a reranker: skipped, ./dev model has not fetched it');
  test.skipIf(!real)('of the default encoder, but for the rounding of eight bits', async () => {
    const models = { encoder: await session(real!, '--int8'), reranker: await session(real!, '--int8', '--reranker') };
    // "query:" and "passage:", two pieces each, as the tokenizer cuts them.
    const before = { query: [0, 41, 1294, 12], passage: [0, 46692, 12] };
    const join_ = { before, between: [2, 2], end: 2 };
    for (const [query, passage] of [[[35378, 8999], [35378, 8999, 38]], [[1810], [6, 5, 70, 1810, 1000]]]) {
      const [score, expected] = await scores(models, join_, query!, passage!);
      expect(Math.abs(score - expected)).toBeLessThan(0.02);
    }
  }, 300_000);
});
