/** `encoder: 'onnx'`: ONNX Runtime Web in the encoder's worker, with the ONNX file that `crossglot model` exports. */
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { indexedSite, serve, type Server, useBrowser } from './harness.js';
import { crossglot, nativeVectors, TEXTS, writePack } from './model.js';

const browser = useBrowser();
const texts = Object.values(TEXTS);
const runtimeFiles = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];
let server: Server;
let folder: string;
let pack: string;

beforeAll(async () => {
  folder = indexedSite();
  pack = writePack(join(folder, 'model'));
  cpSync(pack, join(folder, 'crossglot', 'model'), { recursive: true });  // where the README's examples have it
  crossglot(['model', 'export-onnx', pack, '--out', join(folder, 'model.onnx')]);
  const ort = fileURLToPath(new URL('../../web/node_modules/onnxruntime-web/dist/', import.meta.url));
  mkdirSync(join(folder, 'ort'));
  for (const name of runtimeFiles) cpSync(join(ort, name), join(folder, 'ort', name));
  server = await serve(folder);
});
beforeEach(() => {
  server.rule = () => undefined;
  server.requests.length = 0;
});
afterAll(() => server.close());

interface Description {
  readonly tokenizer: { readonly name: string };
}

/** Options that a page can be handed; a tokenizer it makes itself. */
type Options = Omit<Api.OpenOptions, 'onnx' | 'signal' | 'onModelProgress'> & {
  onnx?: Omit<Api.OnnxOptions, 'tokenizer'>;
};
const own: Options = {
  model: 'model/', encoder: 'onnx', onnx: { runtime: 'ort/ort.wasm.min.mjs', file: 'model.onnx' },
};

async function open(options: Options): Promise<Page> {
  const page = await browser.page();
  await page.goto(`${server.url}engine.html`);
  await page.waitForFunction(() => 'api' in globalThis);
  await page.evaluate(async (options) => { globalThis.opened = await api.open('crossglot/', options); }, options);
  return page;
}

const embed = (page: Page, texts: readonly string[], kind: Api.TextKind): Promise<number[][] | string> =>
  page.evaluate(([texts, kind]) => opened.embed(texts, { kind }).then(
    (vectors) => vectors.map((vector) => [...vector]),
    (error) => (error instanceof api.SearchError ? `${error.code}: ${error.message}` : `no SearchError: ${error}`),
  ), [texts, kind] as const);

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (x, i) => x * b[i]!).reduce((sum, x) => sum + x, 0);

describe('ONNX Runtime in the browser', () => {
  test('it gives our engine’s vectors but for the rounding of eight bits', async () => {
    const page = await open(own);
    for (const kind of ['query', 'passage'] as const) {
      const vectors = await embed(page, texts, kind) as number[][];
      const ours = nativeVectors(pack, texts, kind);
      for (const [i, vector] of vectors.entries()) {
        expect(cosine(vector, vector)).toBeCloseTo(1, 4);
        expect(cosine(vector, ours[i]!), texts[i]).toBeGreaterThan(0.995);
      }
      // Closer to its own text than to others: not just any vector.
      expect(cosine(vectors[0]!, ours[4]!)).toBeLessThan(0.99);
    }
    expect(await page.evaluate(() => opened.loadModel())).toMatchObject({ name: 'letters', kernels: 'onnx' });
  });

  test('of the pack nothing but its tokenizer is loaded, and nothing from elsewhere', async () => {
    const page = await browser.page();
    const elsewhere: string[] = [];
    page.context().on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('blob:')) elsewhere.push(request.url());
    });
    await page.goto(`${server.url}engine.html`);
    await page.waitForFunction(() => 'api' in globalThis);
    await page.evaluate(async (options) => { await (await api.open('crossglot/', options)).embed(['x']); }, own);
    const { tokenizer } = JSON.parse(readFileSync(join(pack, 'model.json'), 'utf8')) as Description;
    expect(server.requests.filter((path) => path.startsWith('model/')).sort())
      .toEqual(['model/model.json', `model/${tokenizer.name}`].sort());
    for (const name of runtimeFiles) expect(server.requests).toContain(`ort/${name}`);
    expect(elsewhere).toEqual([]);
  });

  test('a tokenizer of the page’s own needs no pack', async () => {
    const page = await open({});
    const [vector, told] = await page.evaluate(async (onnx) => {
      const told: string[] = [];
      const tokenizer = async (text: string) => {
        told.push(text);
        return [2, 7, 9, 11, 3];
      };
      const prefixes = { query: 'q: ', passage: 'p: ' };
      const index = await api.open('crossglot/', { encoder: 'onnx', onnx: { ...onnx, tokenizer, prefixes } });
      const [vector] = await index.embed(['some text'], { kind: 'passage' });
      return [[...vector!], told] as const;
    }, own.onnx!);
    expect(told).toEqual(['p: some text']);
    expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    expect(server.requests.filter((path) => path.startsWith('model/'))).toEqual([]);
  });
});

test('the examples of the README run', async () => {
  const readme = readFileSync(new URL('../../web/README.md', import.meta.url), 'utf8');
  const [, section] = readme.split('## Vectors of texts');
  const examples = [...section!.split('\n## ')[0]!.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example!);
  expect(examples).toHaveLength(2);
  const page = await open({});
  for (const example of examples) {
    const run = `(async () => { const { open } = api; ${example}; return (await index.embed(['x']))[0].length; })()`;
    expect(await page.evaluate(run)).toBe(32);
  }
});

describe('what is broken says so', () => {
  test.each([
    ['no runtime', /^missing: .*ort\.wasm\.min\.mjs/, 'ort/ort.wasm.min.mjs', { status: 404 }],
    ['no ONNX file', /^missing: .*model\.onnx/, 'model.onnx', { status: 404 }],
    ['an ONNX file that is none', /^input: .*ONNX Runtime does not run it/, 'model.onnx',
      { bytes: () => Buffer.from('<html>not a model</html>') }],
    ['an ONNX file cut off', /^input: .*ONNX Runtime does not run it/, 'model.onnx',
      { bytes: (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1) }],
  ])('%s', async (_, message, path, spoil) => {
    server.rule = (asked) => (asked === path ? spoil : undefined);
    expect(await embed(await open(own), ['x'], 'query')).toMatch(message);
  });

  test('the engine without its addresses, or without a tokenizer', async () => {
    const code = async (options: Options) => embed(await open({ encoder: 'onnx', ...options }), ['x'], 'query');
    expect(await code({ model: 'model/' })).toMatch(/^argument: .*onnx/);
    expect(await code({ onnx: own.onnx! })).toMatch(/^argument: .*tokenizer/);
  });
});

