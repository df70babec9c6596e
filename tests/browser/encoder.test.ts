import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { realTexts } from '../embed/real_texts.mjs';
import { indexedSite, serve, type Server, type Spoil, useBrowser } from './harness.js';
import { nativeVectors, realPack, TEXTS, writePack } from './model.js';

declare global {
  // eslint-disable-next-line no-var
  var modules: typeof import('../embed/encoder_module.mjs');
  // eslint-disable-next-line no-var
  var api: typeof Api;
  // eslint-disable-next-line no-var
  var opened: Api.SearchIndex;
  // eslint-disable-next-line no-var
  var progress: Api.ModelProgress[];
}

interface Named {
  readonly name: string;
}

/** What of model.json is used here. */
interface Description {
  readonly encoder: readonly Named[];
  readonly tokenizer: Named;
  readonly rows: Named;
  readonly prefixes: { readonly query: string; readonly passage: string };
}

const browser = useBrowser();
const texts = Object.values(TEXTS);
let server: Server;
let folder: string;
let pack: string;
let description: Description;
let pageNames: Set<string>;

beforeAll(async () => {
  folder = indexedSite();
  pack = writePack(join(folder, 'model'));
  description = JSON.parse(readFileSync(join(pack, 'model.json'), 'utf8'));
  const whole = new Set([...description.encoder, description.tokenizer, description.rows].map(({ name }) => name));
  pageNames = new Set(readdirSync(pack).filter((name) => name.endsWith('.cgm') && !whole.has(name)));
  server = await serve(folder);
});
beforeEach(() => {
  server.rule = () => undefined;
  server.requests.length = 0;
});
afterAll(() => server.close());

const modelRequests = () => server.requests.filter((path) => path.startsWith('model/')).map((path) => path.slice(6));
const pageRequests = () => modelRequests().filter((name) => pageNames.has(name));

/** A page with the index opened; the model is loaded when a test asks for it. */
async function openPage(page: Page, model: string | false = 'model/', url = server.url): Promise<Page> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  await page.goto(`${url}engine.html`);
  await page.waitForFunction(() => 'api' in globalThis);
  await page.evaluate(async (model) => {
    globalThis.progress = [];
    globalThis.opened = await api.open('crossglot/', { model, onModelProgress: (step) => progress.push(step) });
  }, model);
  return page;
}

const open = async (model?: string | false) => openPage(await browser.page(), model);

/** The vectors' bits, or the code of the SearchError. */
function embed(page: Page, texts: readonly string[], kind: Api.TextKind = 'query'): Promise<number[][] | string> {
  return page.evaluate(([texts, kind]) => opened.embed(texts, { kind }).then(
    (vectors) => vectors.map((vector) => [...new Uint32Array(vector.buffer)]),
    (error) => (error instanceof api.SearchError ? error.code : `not a SearchError: ${error}`),
  ), [texts, kind] as const);
}

const load = (page: Page) => page.evaluate(() => opened.loadModel().then(
  (info) => info, (error) => (error instanceof api.SearchError ? `${error.code}: ${error.message}` : String(error))));

/** Files are kept while the page goes on: resolves when all that have come are. `lost`: asked for in vain. */
const allKept = (page: Page, lost: readonly string[] = []) => expect.poll(() => page.evaluate(async () =>
  (await (await caches.open('crossglot-model')).keys()).length))
  .toBe(new Set(modelRequests().filter((name) => !lost.includes(name))).size);

const bits = (vectors: readonly Float32Array[]) => vectors.map((vector) => [...new Uint32Array(vector.buffer)]);

describe('vectors', () => {
  test('the browser gives the bits of the native command, for queries and passages in twelve languages', async () => {
    const page = await open();
    for (const kind of ['query', 'passage'] as const) {
      expect(await embed(page, texts, kind)).toEqual(bits(nativeVectors(pack, texts, kind)));
    }
    expect(await load(page)).toMatchObject({ name: 'letters', dimensions: 32, kernels: 'wasmrelaxed' });
    expect(server.requests).toContain('crossglot/encoder-relaxed.wasm');
  });

  test('the module without relaxed SIMD runs wasm128 and gives the same bits', async () => {
    server.rule = (path) => (path.endsWith('encoder-relaxed.wasm')
      ? { bytes: () => readFileSync(join(folder, 'crossglot/encoder.wasm')) } : undefined);
    const page = await open();
    expect(await load(page)).toMatchObject({ kernels: 'wasm128' });
    expect(await embed(page, texts)).toEqual(bits(nativeVectors(pack, texts, 'query')));
  });

  test.each([
    ['empty', ''], ['of one emoji', '🦀'], ['of half a surrogate pair', '\ud83d'], ['of unknown script', 'ꦲꦏ꧀'],
    ['of control characters', '\u0000\u0001\u001b\u007f'], ['of a megabyte', 'wort '.repeat(200_000)],
  ])('a text %s has a vector of length 1', async (_, text) => {
    const page = await open();
    const length = await page.evaluate(async (text) => {
      const [vector] = await opened.embed([text]);
      return Math.hypot(...vector!);
    }, text);
    expect(length).toBeCloseTo(1, 5);
  });

  test('on plain http, without Cache and the browser’s own hash, all goes the same way', async () => {
    const plain = server.url.replace('127.0.0.1', 'plain.test');
    const page = await openPage(await browser.page(), 'model/', plain);
    expect(await page.evaluate(() => [isSecureContext, 'caches' in globalThis])).toEqual([false, false]);
    expect(await embed(page, texts)).toEqual(bits(nativeVectors(pack, texts, 'query')));
    const again = await openPage(await browser.page(), 'model/', plain);
    server.rule = (path) => (path.endsWith(description.tokenizer.name)
      ? { bytes: () => readFileSync(join(pack, description.rows.name)) } : undefined);
    expect(await embed(again, ['x'])).toBe('corrupt');
  });

  test('no texts are no vectors', async () => {
    expect(await embed(await open(), [])).toEqual([]);
  });
});

const real = realPack();
if (!real) process.stderr.write('skipped: ./dev model has not fetched the default encoder\n');

describe.skipIf(!real)('the default encoder', () => {
  test('gives the bits of the native command, in at most 80 MB', async () => {
    symlinkSync(real!, join(folder, 'e5'));
    const page = await open('e5/');
    expect(await embed(page, texts)).toEqual(bits(nativeVectors(real!, texts, 'query')));
    const passage = [texts.join(' ')];
    expect(await embed(page, passage, 'passage')).toEqual(bits(nativeVectors(real!, passage, 'passage')));
    const info = await load(page) as Api.ModelInfo;
    expect(info).toMatchObject({ dimensions: 384, kernels: 'wasmrelaxed' });
    expect(info.memoryBytes).toBeLessThanOrEqual(80_000_000);
  });

  // The texts and the hash of tests/embed: the native suite and Node hold themselves to the same.
  test('gives the golden vectors of a thousand texts and thirty passages in Chromium', async () => {
    symlinkSync(fileURLToPath(new URL('../embed', import.meta.url)), join(folder, 'embed'));
    const page = await open(false);
    await page.addScriptTag({
      type: 'module', content: "import * as modules from './embed/encoder_module.mjs'; globalThis.modules = modules;",
    });
    await page.waitForFunction(() => 'modules' in globalThis);
    const { prefixes } = JSON.parse(readFileSync(join(real!, 'model.json'), 'utf8')) as Description;
    const { queries, passages } = realTexts();
    const lists = [[queries, prefixes.query, 16], [passages, prefixes.passage, 128]] as const;
    const [kernels, digest] = await page.evaluate(async (lists) => {
      const { EncoderModule, readAddress } = modules;
      const response = await fetch('crossglot/encoder-relaxed.wasm');
      const wasm = new Uint8Array(await response.arrayBuffer());
      const all: number[] = [];
      let kernels = '';
      for (const [texts, prefix, most] of lists) {
        const encoder = await EncoderModule.create(wasm, readAddress(new URL('e5/', location.href).href), most);
        kernels = encoder.kernels;
        for (const text of texts) {
          await encoder.fetchPages(prefix + text);
          all.push(...encoder.encode(prefix + text).bytes);
        }
      }
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Int8Array.from(all)));
      return [kernels, [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')];
    }, lists);
    expect(kernels).toBe('wasmrelaxed');
    const golden = readFileSync(new URL('../embed/vectors.golden', import.meta.url), 'utf8').trim();
    expect(digest).toBe(golden);
  });
});

describe('loading', () => {
  test('a page without a model loads nothing of the encoder, and says so when asked to embed', async () => {
    const page = await open(false);
    await page.evaluate(() => opened.search('harbour'));
    expect(await embed(page, ['x'])).toBe('argument');
    expect(server.requests.filter((path) => path.includes('encoder') || path.startsWith('model/'))).toEqual([]);
  });

  test('the model comes in the background, but where the reader saves data only when it is asked for', async () => {
    const saving = await open();
    await saving.evaluate(() => opened.search('harbour'));
    expect(modelRequests()).toEqual([]);
    expect(Array.isArray(await embed(saving, ['x']))).toBe(true);
    server.requests.length = 0;
    const page = await browser.page();
    await page.goto(`${server.url}engine.html`);
    await page.waitForFunction(() => 'api' in globalThis);
    await page.evaluate(async () => {
      await new Promise<void>((resolve) => {
        void api.open('crossglot/', {
          model: 'model/', onModelProgress: ({ loaded, total }) => { if (loaded === total) resolve(); },
        });
      });
    });
    expect(modelRequests()).toContain(description.rows.name);
  });

  test('progress counts bytes up to all of them', async () => {
    const page = await open();
    await load(page);
    const steps = await page.evaluate(() => progress);
    expect(steps.length).toBeGreaterThan(description.encoder.length);
    expect(steps[0]!.loaded).toBe(0);
    for (const [i, step] of steps.entries()) expect(step.loaded).toBeGreaterThanOrEqual(steps[i - 1]?.loaded ?? 0);
    expect(steps.at(-1)!.loaded).toBe(steps.at(-1)!.total);
  });

  test('rows come when a text needs them, each page once', async () => {
    const page = await open();
    await load(page);
    expect(pageRequests()).toEqual([]);
    await embed(page, [TEXTS['en']!]);
    const latin = pageRequests().length;
    expect(latin).toBeGreaterThan(0);
    await embed(page, [TEXTS['en']!, TEXTS['en']!]);
    expect(pageRequests()).toHaveLength(latin);
    await embed(page, [TEXTS['ru']!]);
    expect(pageRequests().length).toBeGreaterThan(latin);
    await embed(page, texts);
    expect(new Set(pageRequests()).size).toBe(pageRequests().length);
  });

  test('a second visit asks for model.json alone', async () => {
    const page = await open();
    await embed(page, texts);
    await allKept(page);
    server.requests.length = 0;
    const again = await openPage(await page.context().newPage());
    expect(await embed(again, texts)).toEqual(bits(nativeVectors(pack, texts, 'query')));
    expect(modelRequests()).toEqual(['model.json']);
  });

  test('a connection that breaks is tried again, and what has come is not asked for again', async () => {
    const page = await open();
    const last = description.encoder.at(-1)!.name;
    let cuts = 2;
    server.rule = (path) => (path.endsWith(last) && cuts-- > 0 ? { cut: true } : undefined);
    expect(Array.isArray(await embed(page, [TEXTS['en']!]))).toBe(true);
    const counts = new Map<string, number>();
    for (const name of modelRequests()) counts.set(name, (counts.get(name) ?? 0) + 1);
    expect(counts.get(last)).toBe(3);
    counts.delete(last);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
  });

  test('a load that failed goes on where it was', async () => {
    const page = await open();
    const last = description.encoder.at(-1)!.name;
    server.rule = (path) => (path.endsWith(last) ? { status: 404 } : undefined);
    expect(await load(page)).toMatch(/^missing: .*status 404/);
    await allKept(page, [last]);
    server.rule = () => undefined;
    server.requests.length = 0;
    expect(await load(page)).toMatchObject({ dimensions: 32 });
    expect(modelRequests().filter((name) => name !== 'model.json' && name !== last
      && name !== description.rows.name)).toEqual([]);
  });

  test('offline after a first visit, the kept files do', async () => {
    const page = await open();
    await embed(page, texts);
    await allKept(page);
    const again = await openPage(await page.context().newPage());
    server.rule = (path) => (path.startsWith('model/') ? { cut: true } : undefined);
    expect(await embed(again, texts)).toEqual(bits(nativeVectors(pack, texts, 'query')));
  });

  test('a kept file that is broken is fetched anew', async () => {
    const page = await open();
    await embed(page, [TEXTS['en']!]);
    await allKept(page);
    const name = description.encoder[1]!.name;
    await page.evaluate(async (url) => {
      const cache = await caches.open('crossglot-model');
      await cache.put(url, new Response(new Uint8Array([0x1f, 0x8b, 1, 2, 3])));
    }, `${server.url}model/${name}`);
    server.requests.length = 0;
    const again = await openPage(await page.context().newPage());
    expect(await embed(again, [TEXTS['en']!])).toEqual(bits(nativeVectors(pack, [TEXTS['en']!], 'query')));
    expect(modelRequests()).toEqual(['model.json', name]);
  });

  test('another model in the same place replaces the old one, whose files are forgotten', async () => {
    const page = await open();
    await embed(page, texts);
    const kept = () => page.evaluate(async () => (await (await caches.open('crossglot-model')).keys())
      .map(({ url }) => url.split('/').at(-1)!));
    await allKept(page);
    const before = await kept();
    writePack(pack, 1);
    const again = await openPage(await page.context().newPage());
    expect(await embed(again, texts)).toEqual(bits(nativeVectors(pack, texts, 'query')));
    const gone = before.filter((name) => name.endsWith('.cgm') && !readdirSync(pack).includes(name));
    expect(gone.length).toBeGreaterThan(0);
    await expect.poll(async () => (await kept()).filter((name) => gone.includes(name))).toEqual([]);
    writePack(pack);
  });

  test('a page that was open when the model was replaced goes on with the new one', async () => {
    const page = await open();
    await embed(page, [TEXTS['en']!]);
    writePack(pack, 1);
    expect(readdirSync(pack).filter((name) => pageNames.has(name))).toEqual([]);
    expect(await embed(page, [TEXTS['ru']!])).toEqual(bits(nativeVectors(pack, [TEXTS['ru']!], 'query')));
    writePack(pack);
  });
});

describe('what is broken says so', () => {
  const edit = (from: string, to: string): Spoil =>
    ({ bytes: (bytes) => Buffer.from(String(bytes).replace(from, to)) });
  const flip: Spoil = { bytes: (bytes) => { bytes[bytes.length >> 1]! ^= 0x10; return bytes; } };
  const cut: Spoil = { bytes: (bytes) => bytes.subarray(0, bytes.length >> 1) };

  test.each<[string, string, () => string, Spoil]>([
    ['no model', 'missing', () => 'model.json', { status: 404 }],
    ['a model.json that is a page', 'corrupt', () => 'model.json', { bytes: () => Buffer.from('<html>') }],
    ['a model.json cut off', 'corrupt', () => 'model.json', cut],
    ['a newer format', 'version', () => 'model.json', edit('"format": 1', '"format": 7')],
    ['another family', 'input', () => 'model.json', edit('"family": "bert"', '"family": "t5"')],
    ['an impossible shape', 'corrupt', () => 'model.json', edit('"positions": 16', '"positions": -1')],
    ['a negative size', 'corrupt', () => 'model.json', edit('"raw": ', '"raw": -')],
    ['a name outside of the folder', 'corrupt', () => 'model.json', {
      bytes: (bytes) => Buffer.from(String(bytes).replace(`"${description.tokenizer.name}"`, '"../x.cgm"')),
    }],
    ['no layers', 'missing', () => description.encoder[1]!.name, { status: 404 }],
    ['layers with a flipped bit', 'corrupt', () => description.encoder[1]!.name, flip],
    ['layers cut off', 'corrupt', () => description.encoder[1]!.name, cut],
    ['a tokenizer with a flipped bit', 'corrupt', () => description.tokenizer.name, flip],
    ['no table', 'missing', () => description.rows.name, { status: 410 }],
    ['a table that is another file', 'corrupt', () => description.rows.name,
      { bytes: () => readFileSync(join(pack, description.tokenizer.name)) }],
  ])('%s', async (_, code, name, spoil) => {
    const page = await open();
    server.rule = (path) => (path === `model/${name()}` ? spoil : undefined);
    expect(await embed(page, ['x'])).toBe(code);
    server.rule = () => undefined;
    expect(Array.isArray(await embed(page, ['x']))).toBe(true);
  });

  test('a page of rows that is missing, or another one, fails the texts that need it and no others', async () => {
    const page = await open();
    await embed(page, [TEXTS['en']!]);
    const latin = new Set(pageRequests());
    const other = join(pack, [...latin][0]!);
    for (const [code, spoil] of [['missing', { status: 404 }],
      ['corrupt', { bytes: () => readFileSync(other) }], ['corrupt', flip]] as const) {
      server.rule = (path) => (path.startsWith('model/') && path.endsWith('.cgm') ? spoil : undefined);
      expect(await embed(page, [TEXTS['ru']!])).toBe(code);
      expect(await embed(page, [TEXTS['en']!])).toEqual(bits(nativeVectors(pack, [TEXTS['en']!], 'query')));
    }
    server.rule = () => undefined;
    expect(await embed(page, [TEXTS['ru']!])).toEqual(bits(nativeVectors(pack, [TEXTS['ru']!], 'query')));
  });

  test.each([['encoder.js', 'unsupported'], ['encoder-relaxed.wasm', 'missing']])(
    'a runtime without %s', async (name, code) => {
      const page = await open();
      server.rule = (path) => (path.endsWith(name) ? { status: 404 } : undefined);
      expect(await embed(page, ['x'])).toBe(code);
      expect(await page.evaluate(async () => (await opened.search('harbour')).hits.length)).toBeGreaterThan(0);
    });

  test('a signal aborts, and closing ends what runs', async () => {
    const page = await open();
    server.rule = (path) => (path.startsWith('model/') ? { delayMs: 2000 } : undefined);
    const codes = await page.evaluate(async () => {
      const code = (promise: Promise<unknown>) => promise.then(() => 'none', (error: Api.SearchError) => error.code);
      const begin = performance.now();
      const aborted = await code(opened.embed(['x'], { signal: AbortSignal.timeout(100) }));
      const running = code(opened.embed(['x']));
      opened.close();
      return [aborted, await running, await code(opened.embed(['x'])), performance.now() - begin < 1500];
    });
    expect(codes).toEqual(['aborted', 'aborted', 'aborted', true]);
  });
});

