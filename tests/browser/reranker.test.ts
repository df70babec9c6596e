/** `reranker`: a cross-encoder puts the rows of complete answers in order, or leaves them as they are and says why. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { ask, openDialog, optionsOf, situation, visit } from './dialog.js';
import { indexedSite, serve, type Server, temporaryFolder, useBrowser } from './harness.js';
import { crossglot, indexWithVectors, writePack } from './model.js';

declare global {
  // eslint-disable-next-line no-var
  var failures: string[];
}

const browser = useBrowser();
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];
let server: Server;
let folder: string;

/** A folder of a reranker whose answers are those of `answer`, a function body (fake_onnx_runtime.mjs). */
function writeFake(name: string, answer: string, modelInputs = inputs): void {
  const target = join(folder, name);
  cpSync(join(folder, 'pack'), target, { recursive: true });
  cpSync(here('fake_onnx_runtime.mjs'), join(target, 'ort.wasm.min.mjs'));
  writeFileSync(join(target, 'model.onnx'), JSON.stringify({ inputs: modelInputs, answer }));
}

/** Says whether the feeds are a pair of BERT's, with the pieces of the letters' pack. */
const CHECKED = `
  const { input_ids: ids, token_type_ids: types, attention_mask: mask } = feeds;
  const first = ids.indexOf(3);
  const joined = ids[0] === 2 && first > 1 && ids.lastIndexOf(3) === ids.length - 1 && first < ids.length - 1
    && types.every((type, i) => type === (i > first ? 1 : 0)) && mask.every((one) => one === 1) && ids.length <= 16;
  if (!joined) throw new Error('no pair: ' + JSON.stringify(feeds));`;

beforeAll(async () => {
  folder = indexedSite();
  writePack(join(folder, 'pack'));
  writeFake('last-first', `${CHECKED} return { dims: [1, 1], data: [count] };`);
  writeFake('two-classes', 'return { dims: [1, 2], data: [-count, count / 2] };');
  writeFake('one-number', 'return { dims: [1], data: [count] };', ['input_ids']);
  writeFake('vectors', 'return { dims: [1, 384], data: new Array(384).fill(0) };');
  writeFake('not-a-number', 'return { dims: [1, 1], data: [count === 2 ? NaN : count] };');
  writeFake('broken', 'throw new Error("out of luck");');
  writeFake('other-inputs', 'return { dims: [1, 1], data: [1] };', ['pixel_values']);
  writeFake('slow', 'return new Promise((done) => setTimeout(() => done({ dims: [1, 1], data: [count] }), 300));');
  writeFake('slower', 'return new Promise((done) => setTimeout(() => done({ dims: [1, 1], data: [count] }), 1500));');
  server = await serve(folder);
});
beforeEach(() => {
  server.rule = () => undefined;
  server.folder = folder;
  server.requests.length = 0;
});
afterAll(() => server.close());

type Options = Omit<Api.OpenOptions, 'reranker' | 'signal' | 'onRerankerError' | 'onModelProgress' | 'onnx'> & {
  reranker?: string | Omit<Api.RerankerOptions, 'tokenizer'>;
};

/** A page with the index opened, for words alone unless `options` say more; `failures` holds what onRerankerError heard. */
async function open(options: Options): Promise<Page> {
  const page = await browser.page();
  await page.goto(`${server.url}engine.html`);
  await page.waitForFunction(() => 'api' in globalThis);
  await page.evaluate(async (options) => {
    globalThis.failures = [];
    const onRerankerError = ({ code, message }: Api.SearchError) => failures.push(`${code}: ${message}`);
    globalThis.opened = await api.open('crossglot/', { model: false, ...options, onRerankerError });
  }, options);
  return page;
}

const load = (page: Page) => page.evaluate(() => opened.loadReranker!().then(
  (info) => info, (error) => (error instanceof api.SearchError ? `${error.code}: ${error.message}` : String(error))));

async function openLoaded(options: Options): Promise<Page> {
  const page = await open(options);
  expect(await load(page)).toMatchObject({ name: 'letters' });
  return page;
}

interface Rows {
  readonly urls: string[];
  readonly tiers: readonly string[];
}

const search = (
  page: Page, options: Omit<Api.SearchOptions, 'signal'> = {}, query = 'harbour',
): Promise<Rows> => page.evaluate(async ([query, options]) => {
  const { hits, tiers } = await opened.search(query, options);
  return { urls: hits.map(({ url }) => url), tiers };
}, [query, options] as const);

const failed = (page: Page) => page.evaluate(() => failures);

describe('with a model that has the last row first', () => {
  test('rows come in its order, where the query wants it', async () => {
    const page = await openLoaded({ reranker: 'last-first' });
    const plain = await search(page, { rerank: false });
    expect(plain.urls.length).toBeGreaterThan(3);
    expect(plain.tiers).not.toContain('reranked');
    const moved = await search(page);
    expect(moved.urls).toEqual([...plain.urls].reverse());
    expect(moved.tiers).toEqual([...plain.tiers, 'reranked']);
    expect(await failed(page)).toEqual([]);
  });

  test('a stream ends with its order, after the answer without it', async () => {
    const page = await openLoaded({ reranker: 'last-first' });
    const answers = await page.evaluate(async () => {
      const steps: { urls: string[]; reranked: boolean; falling: boolean }[] = [];
      for await (const { hits, tiers } of opened.searchStream('harbour')) {
        const falling = hits.every(({ score }, row) => row === 0 || score <= hits[row - 1]!.score);
        steps.push({ urls: hits.map(({ url }) => url), reranked: tiers.includes('reranked'), falling });
      }
      return steps;
    });
    const [before, last] = answers.slice(-2);
    expect(answers.map(({ reranked }) => reranked)).toEqual([...answers.slice(1).map(() => false), true]);
    expect(last!.urls).toEqual([...before!.urls].reverse());
    expect(answers.every(({ falling }) => falling)).toBe(true);
  });

  test('only the first rows are read, as many as the page says', async () => {
    const page = await openLoaded({ reranker: { folder: 'last-first', limit: 2 } });
    const { urls } = await search(page, { rerank: false });
    expect((await search(page)).urls).toEqual([urls[1], urls[0], ...urls.slice(2)]);
  });

  test('by words and meaning, rows that hold the identifier stay first', async () => {
    const site = temporaryFolder();
    cpSync(here('site'), site, { recursive: true });
    indexWithVectors(site, join(folder, 'pack'));
    cpSync(join(folder, 'last-first'), join(site, 'last-first'), { recursive: true });
    server.folder = site;
    const page = await openLoaded({ reranker: 'last-first', model: 'crossglot/model/' });
    await page.evaluate(() => opened.loadMeaning());
    const [first, ...others] = (await search(page, { rerank: false }, 'listen_address')).urls;
    expect(first).toBe('/en/configure.html');
    expect(others.length).toBeGreaterThan(2);
    expect(await search(page, {}, 'listen_address'))
      .toEqual({ urls: [first, ...others.reverse()], tiers: ['lexical', 'dense', 'reranked'] });
    const plain = await search(page, { rerank: false }, 'listen_address settings');
    expect((await search(page, {}, 'listen_address settings')).urls).toEqual(plain.urls.reverse());
  });

  test('of its pack nothing but the tokenizer is loaded, and its parts may lie elsewhere', async () => {
    const page = await openLoaded({
      reranker: { runtime: 'last-first/ort.wasm.min.mjs', file: 'last-first/model.onnx', model: 'pack/' },
    });
    const { tokenizer } = JSON.parse(readFileSync(join(folder, 'pack/model.json'), 'utf8')) as
      { tokenizer: { name: string } };
    const asked = server.requests.filter((path) => /^(pack|last-first)\//.test(path)).sort();
    expect(asked).toEqual(['last-first/model.onnx', 'last-first/ort.wasm.min.mjs', 'pack/model.json',
      `pack/${tokenizer.name}`].sort());
    expect((await search(page)).tiers).toContain('reranked');
  });

  test('answers do not wait while it loads', async () => {
    server.rule = (path) => (path === 'last-first/model.onnx' ? { delayMs: 1500 } : undefined);
    const page = await open({ reranker: 'last-first' });
    expect((await search(page)).tiers).not.toContain('reranked');
    await load(page);
    expect((await search(page)).tiers).toContain('reranked');
  });

  test('readers who save data load nothing until it is asked for', async () => {
    const page = await browser.page();
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
    });
    await page.goto(`${server.url}engine.html`);
    await page.waitForFunction(() => 'api' in globalThis);
    await page.evaluate(async () => { globalThis.opened = await api.open('crossglot/', { reranker: 'last-first' }); });
    expect((await search(page)).tiers).not.toContain('reranked');
    expect(server.requests.filter((path) => path.startsWith('last-first/'))).toEqual([]);
    await load(page);
    expect((await search(page)).tiers).toContain('reranked');
  });

  test('a tokenizer of the page’s own needs no pack', async () => {
    const page = await open({});
    const [told, rows] = await page.evaluate(async () => {
      const told: [string, string][] = [];
      const tokenizer = async (query: string, passage: string) => {
        told.push([query, passage]);
        return { ids: [2, 7, 3, 8, 3], types: [0, 0, 0, 1, 1] };
      };
      const reranker = { folder: 'last-first', tokenizer };
      const index = await api.open('crossglot/', { reranker });
      await index.loadReranker!();
      const { hits } = await index.search('harbour');
      return [told, hits.map(({ title, sections }) => [title, sections[0]!.excerpt])] as const;
    });
    expect(server.requests).not.toContain('last-first/model.json');
    const read = told.map(([query, passage]) => [query, passage] as const).reverse();
    expect(read.map(([query]) => query)).toEqual(rows.map(() => 'harbour'));
    for (const [i, [title, excerpt]] of rows.entries()) {
      expect(read[i]![1].startsWith(title!)).toBe(true);
      expect(read[i]![1].endsWith(excerpt!)).toBe(true);
    }
  });
});

test('the examples of the README run', async () => {
  for (const place of ['reranker', 'ort', 'crossglot/model']) {
    cpSync(join(folder, 'last-first'), join(folder, place), { recursive: true });
  }
  const readme = readFileSync(here('../../web/README.md'), 'utf8');
  const [, section] = readme.split('## Reranking');
  const examples = [...section!.split('\n## ')[0]!.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example!);
  expect(examples).toHaveLength(2);
  const page = await open({});
  for (const example of examples) {
    const run = `(async () => {
      const { open } = api;
      ${example};
      await index.loadReranker();
      return (await index.search('harbour')).tiers;
    })()`;
    expect(await page.evaluate(run)).toContain('reranked');
  }
});

test.each(['two-classes', 'one-number'])('an output of the kind "%s" is read', async (name) => {
  const page = await openLoaded({ reranker: name });
  const { urls } = await search(page, { rerank: false });
  expect((await search(page)).urls).toEqual([...urls].reverse());
});

describe('what goes wrong leaves the answer as it was', () => {
  test.each([
    ['vectors', /^input: The output .* \[1\]\[384\]/],
    ['not-a-number', /^input: .*no number/],
    ['broken', /^input: ONNX Runtime failed: out of luck/],
    ['other-inputs', /^input: .*"pixel_values"/],
  ])('a model that answers "%s"', async (name, message) => {
    const page = await openLoaded({ reranker: name });
    const plain = await search(page, { rerank: false });
    expect(await search(page)).toEqual(plain);
    expect(await failed(page)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['no runtime', /^missing: .*ort\.wasm\.min\.mjs/, 'ort.wasm.min.mjs', { status: 404 }],
    ['no model', /^missing: .*model\.onnx/, 'model.onnx', { status: 404 }],
    ['no tokenizer', /^missing: .*model\.json/, 'model.json', { status: 404 }],
    ['a model that is a page', /^input: .*ONNX Runtime does not run it/, 'model.onnx',
      { bytes: () => Buffer.from('<html>') }],
  ])('%s', async (_, message, name, spoil) => {
    server.rule = (path) => (path === `last-first/${name}` ? spoil : undefined);
    const page = await open({ reranker: 'last-first' });
    await expect.poll(() => failed(page)).toEqual([expect.stringMatching(message)]);
    expect(await load(page)).toMatch(message);
    expect((await search(page)).tiers).not.toContain('reranked');
    // What the browser has kept of a file, good or bad, it does not ask for again so soon.
    if (!('status' in spoil)) return;
    server.rule = () => undefined;
    await load(page);
    expect((await search(page)).tiers).toContain('reranked');
  });

  test.each([
    ['reranker.js', /^unsupported/], ['rerank.js', /^missing/],
  ])('a runtime without %s', async (name, message) => {
    server.rule = (path) => (path === `crossglot/${name}` ? { status: 404 } : undefined);
    const page = await open({ reranker: 'last-first' });
    await expect.poll(() => failed(page)).toEqual([expect.stringMatching(message)]);
    expect((await search(page)).urls.length).toBeGreaterThan(3);
    if (name !== 'reranker.js') return;
    server.rule = () => undefined;
    await load(page);
    expect((await search(page)).tiers).toContain('reranked');
  });

  test('one without its addresses', async () => {
    const page = await open({ reranker: { file: 'last-first/model.onnx' } });
    await expect.poll(() => failed(page)).toEqual([expect.stringMatching(/^argument: .*folder/)]);
    expect((await search(page)).tiers).not.toContain('reranked');
  });

  test('one that takes too long', async () => {
    const page = await openLoaded({ reranker: { folder: 'slow', timeoutMs: 100 } });
    const plain = await search(page, { rerank: false });
    expect(await search(page)).toEqual(plain);
    expect(await failed(page)).toEqual([expect.stringMatching(/^aborted: .*100 ms/)]);
    expect(await search(page)).toEqual(plain);
  });

  test('a tokenizer of the page’s own that never answers', async () => {
    const page = await open({});
    const [hits, plain, told, aborted] = await page.evaluate(async () => {
      const told: string[] = [];
      const index = await api.open('crossglot/', {
        reranker: { folder: 'last-first', timeoutMs: 100, tokenizer: () => new Promise(() => undefined) },
        onRerankerError: ({ code, message }) => told.push(`${code}: ${message}`),
      });
      await index.loadReranker!();
      const { hits: plain } = await index.search('harbour', { rerank: false });
      const { hits } = await index.search('harbour');
      await index.loadReranker!();
      const aborted = await index.search('harbour', { signal: AbortSignal.timeout(20) })
        .then(() => 'none', (error: Api.SearchError) => error.code);
      return [hits, plain, told, aborted] as const;
    });
    expect(hits).toEqual(plain);
    expect(told).toEqual([expect.stringMatching(/^aborted: .*100 ms/)]);
    expect(aborted).toBe('aborted');
  });
});

test('without a reranker there is none to load', async () => {
  const page = await open({});
  expect(await page.evaluate(() => opened.loadReranker)).toBeUndefined();
});

test('a query that is typed on ends the one before, and closing ends all', async () => {
  const page = await openLoaded({ reranker: { folder: 'slow', timeoutMs: 60_000 } });
  const codes = await page.evaluate(async () => {
    const code = (promise: Promise<unknown>) => promise.then(() => 'none', (error: Api.SearchError) => error.code);
    const begin = performance.now();
    const controller = new AbortController();
    const first = code(opened.search('harbour', { signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 400));
    controller.abort();
    const second = opened.search('harbour', { limit: 2 });
    const { tiers } = await second;
    const took = performance.now() - begin;
    const last = code(opened.search('harbour'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    opened.close();
    return [await first, tiers.includes('reranked'), took < 1900, await last, failures.length];
  });
  expect(codes).toEqual(['aborted', true, true, 'aborted', 0]);
});

test('in the dialog, the row that a reader has selected stays where it is, and those above it', async () => {
  const page = await browser.page();
  await visit(page, `${server.url}en/index.html`);
  // As text: what imports a module in the page is not for the test's own loader.
  await page.evaluate(`(async (url) => {
    const { open } = await import(url + 'crossglot/index.js');
    const index = await open(url + 'crossglot/', { reranker: { folder: url + 'slower', timeoutMs: 60_000 } });
    await index.loadReranker();
    document.querySelector('crossglot-search').index = index;
  })('${server.url}')`);
  await openDialog(page);
  await ask(page, 'harbour');
  const before = await optionsOf(page).allTextContents();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const { active } = await situation(page);
  expect(active).toBeGreaterThan(0);
  await expect.poll(() => optionsOf(page).allTextContents(), { timeout: 30_000 }).not.toEqual(before);
  const after = await optionsOf(page).allTextContents();
  expect((await situation(page)).active).toBe(active);
  expect(after.slice(0, active + 1)).toEqual(before.slice(0, active + 1));
  expect([...after].sort()).toEqual([...before].sort());
});

describe('with ONNX Runtime and a model that `crossglot model` exports', () => {
  test('the row that says what was asked comes first', async () => {
    const target = join(folder, 'real');
    mkdirSync(target);
    cpSync(join(folder, 'pack'), target, { recursive: true });
    crossglot(['model', 'export-onnx', target, '--reranker', '--out', join(target, 'model.onnx')]);
    for (const name of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
      cpSync(here(`../../web/node_modules/onnxruntime-web/dist/${name}`), join(target, name));
    }
    const page = await openLoaded({ reranker: { folder: 'real', timeoutMs: 60_000 } });
    const { urls, tiers } = await search(page);
    expect(tiers).toContain('reranked');
    expect([...urls].sort()).toEqual([...(await search(page, { rerank: false })).urls].sort());
    expect(await failed(page)).toEqual([]);
  });
});
