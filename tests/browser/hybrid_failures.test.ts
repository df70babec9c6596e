/** What of the search by meaning is broken, late or has stopped leaves words alone, and comes back. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { serve, type Server, type Spoil, temporaryFolder, useBrowser } from './harness.js';
import { BOTH, cut, flip, mean, openEngine, search, seenBy, stream, timedSearch } from './hybrid_page.js';
import { indexWithVectors, writePack } from './model.js';
import { trapping } from './trap.js';

const browser = useBrowser();
let small: string;
let server: Server;
beforeAll(async () => {
  small = temporaryFolder();
  cpSync(fileURLToPath(new URL('site', import.meta.url)), small, { recursive: true });
  indexWithVectors(small, writePack(join(temporaryFolder(), 'pack')));
  server = await serve(small);
});
beforeEach(() => { server.rule = () => undefined; });
afterAll(() => server.close());

test.each<[string, string, (path: string) => boolean, Spoil]>([
  ['no list of vectors', 'missing', (path) => path.endsWith('.cgv'), { status: 404 }],
  ['a list of vectors cut off', 'corrupt', (path) => path.endsWith('.cgv'), cut],
  ['a list of vectors with a flipped bit', 'corrupt', (path) => path.endsWith('.cgv'), flip],
  ['another file as the list of vectors', 'corrupt', (path) => path.endsWith('.cgv'),
    { bytes: () => readFileSync(join(small, 'crossglot', readdirSync(join(small, 'crossglot'))
      .find((name) => name.endsWith('.cgl'))!)) }],
  ['no core', 'missing', (path) => path.endsWith('hybrid.wasm'), { status: 404 }],
  ['no hybrid.js', 'missing', (path) => path.endsWith('hybrid.js'), { status: 404 }],
  ['no meaning.js', 'missing', (path) => path.endsWith('meaning.js'), { status: 404 }],
  ['no model', 'missing', (path) => path.endsWith('model.json'), { status: 404 }],
  ['a broken model', 'corrupt', (path) => path.endsWith('model.json'), cut],
  ['a manifest that names the list wrongly', 'corrupt', (path) => path.endsWith('manifest.json'),
    { bytes: (bytes) => Buffer.from(String(bytes).replace(/"list":"\w+\.cgv"/, '"list":"../x.cgv"')) }],
  ['a list that says it is another model’s', 'corrupt', (path) => path.endsWith('.cgv'),
    { bytes: (bytes) => Buffer.from(gunzipSync(bytes).toString('latin1').replace('-1-p2', '-1-p9'), 'latin1') }],
])('with %s, words answer', async (_, code, matches, spoil) => {
  server.rule = (path) => (matches(path) ? spoil : undefined);
  const page = await openEngine(browser, server);
  await stream(page, 'tide table');
  expect(await page.evaluate(() => ended)).toBe('end');
  expect(await mean(page)).toMatch(`${code}: `);
  const results = await search(page, 'tide table');
  expect(results).toMatchObject({ tiers: ['lexical'], complete: true });
  expect(results.hits[0]?.title).toBe('Tide tables');
});

test('a meaning.js that fails late leaves the rows by words; a closed index does not', async () => {
  server.rule = (path) => (path.endsWith('meaning.js') ? { status: 404, delayMs: 1500 } : undefined);
  for (const [close, end] of [[false, 'end'], [true, 'aborted']] as const) {
    const page = await openEngine(browser, server);
    await stream(page, 'tide table');
    await expect.poll(() => seenBy(page)).toContainEqual(expect.objectContaining({ complete: true }));
    if (close) await page.evaluate(() => opened.close());
    expect(await page.evaluate(() => ended)).toBe(end);
    expect((await seenBy(page)).at(-1)).toMatchObject({ tiers: 'lexical', complete: true });
  }
});

test('a worker whose script did not come is started anew', async () => {
  server.rule = (path) => (path.endsWith('encoder.js') ? { status: 404 } : undefined);
  const page = await openEngine(browser, server);
  expect(await mean(page)).toMatch(/^unsupported: /);
  server.rule = () => undefined;
  expect(await mean(page)).toBe('ready');
  expect((await search(page, 'tide')).tiers).toEqual(BOTH);
});

test('who gives up waiting for the model does not have streams end without it', async () => {
  server.rule = (path) => (path.endsWith('.cgm') ? { delayMs: 1500 } : undefined);
  const page = await openEngine(browser, server);
  expect(await page.evaluate(() => opened.loadMeaning({ signal: AbortSignal.timeout(100) })
    .then(() => 'ready', (error: Api.SearchError) => error.code))).toBe('aborted');
  await stream(page, 'tide table');
  expect(await page.evaluate(() => ended)).toBe('end');
  expect((await seenBy(page)).at(-1)).toMatchObject({ tiers: 'lexical dense', complete: true });
});

test('a query whose vector is not of numbers is answered by words', async () => {
  writeFileSync(join(small, 'nan.mjs'), `
export const env = { wasm: {} };
export class Tensor { constructor(type, data, dims) { Object.assign(this, { data, dims }); } dispose() {} }
const output = new Tensor('float32', new Float32Array(32).fill(NaN), [1, 32]);
export const InferenceSession = { create: async () => ({
inputNames: ['input_ids'], outputNames: ['x'], run: async () => ({ x: output }) }) };
`);
  const onnx = { runtime: 'nan.mjs', file: 'nan.mjs' };
  const page = await openEngine(browser, server, { encoder: 'onnx', onnx, model: 'crossglot/model/' });
  expect(await mean(page)).toBe('ready');
  expect(await search(page, 'tide table')).toMatchObject({ tiers: ['lexical'], complete: true });
});

test('a killed worker leaves words, and the next search finds a new one', { timeout: 90_000 }, async () => {
  const page = await openEngine(browser, server);
  await mean(page);
  expect((await search(page, 'tide')).tiers).toEqual(BOTH);
  await page.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.at(-1)!.terminate());
  // A new worker is begun with at once, and does not come any further.
  let hold = true;
  server.rule = (path) => (path.endsWith('manifest.json') && hold ? { delayMs: 4000 } : undefined);
  expect(await search(page, 'tide table')).toMatchObject({ tiers: ['lexical'], complete: true });
  const [tiers, ms] = await timedSearch(page, 'tide');
  expect(tiers).toEqual(['lexical']);
  expect(ms).toBeLessThan(2000);
  hold = false;
  await stream(page, 'tide');
  expect(await page.evaluate(() => ended)).toBe('end');
  expect((await seenBy(page)).at(-1)!.tiers).toBe('lexical dense');
  expect((await search(page, 'tide')).tiers).toEqual(BOTH);
});

test('a core that stops leaves words, and is replaced', async () => {
  server.rule = (path) => (path.endsWith('hybrid.wasm')
    ? { bytes: (bytes) => trapping(bytes, 'cg_search', 2, 9000) } : undefined);
  const page = await openEngine(browser, server);
  expect(await mean(page)).toBe('ready');
  expect((await search(page, 'tide')).tiers).toEqual(BOTH);
  const long = `tide ${'x'.repeat(10_000)}`;
  expect((await search(page, long)).tiers).toEqual(['lexical']);
  await expect.poll(async () => (await search(page, 'tide')).tiers).toEqual(BOTH);
  expect((await search(page, long)).tiers).toEqual(['lexical']);
});

test('no search waits until an encoder that stopped is loaded anew', async () => {
  let hold = false;
  server.rule = (path) => {
    if (/encoder(-relaxed)?\.wasm$/.test(path)) return { bytes: (bytes) => trapping(bytes, 'cg_encode', 2, 5000) };
    return path.endsWith('model.json') && hold ? { delayMs: 3000 } : undefined;
  };
  const page = await openEngine(browser, server);
  expect(await mean(page)).toBe('ready');
  hold = true;
  expect((await search(page, `tide ${'x'.repeat(6000)}`)).tiers).toEqual(['lexical']);
  const [tiers, ms] = await timedSearch(page, 'tide');
  expect(tiers).toEqual(['lexical']);
  expect(ms).toBeLessThan(2000);
  hold = false;
  await expect.poll(async () => (await search(page, 'tide')).tiers, { timeout: 20_000 }).toEqual(BOTH);
});
