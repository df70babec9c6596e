import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { index, indexedSite, serve, type Server, type Spoil, temporaryFolder, useBrowser } from './harness.js';
import { markerOf, writeLargeSite } from './large_site.js';
import { trapping } from './trap.js';

declare global {
  // eslint-disable-next-line no-var
  var api: typeof Api;
  var opened: Api.SearchIndex;
}

const browser = useBrowser();

/** A page with the API, and the bundle beside it opened. */
async function openEngine(server: Server, lang = 'en'): Promise<Page> {
  const page = await browser.page();
  await page.goto(`${server.url}engine.html`);
  await page.waitForFunction(() => 'api' in globalThis);
  await page.evaluate(async (lang) => { globalThis.opened = await api.open('crossglot/', { lang }); }, lang);
  return page;
}

/** The code of the SearchError that `use` ends with in the page; "none" if it ends well. */
function codeOf(page: Page, query: string): Promise<string> {
  return page.evaluate((query) => opened.search(query).then(() => 'none', (error) =>
    (error instanceof api.SearchError ? error.code : `not a SearchError: ${error}`)), query);
}

/** The list as it is inflated, with a letter of a title changed. */
function otherText(list: Buffer): Buffer {
  const at = list.indexOf('Tide tables');
  if (at < 0) throw new Error('The list does not hold the title as it is');
  list.write('Side', at);
  return list;
}

describe('a small multilingual site', () => {
  let server: Server;
  beforeAll(async () => { server = await serve(indexedSite()); });
  beforeEach(() => { server.rule = () => undefined; });
  afterAll(() => server.close());

  test('opening says which languages there are', async () => {
    const page = await openEngine(server);
    const languages = await page.evaluate(() => opened.languages.map(({ lang, dir, pages }) => [lang, dir, pages]));
    expect(languages.sort()).toEqual([['ar', 'rtl', 4], ['en', 'ltr', 5], ['fr', 'ltr', 5], ['ja', 'ltr', 5]]);
  });

  test('a search gives rows with title, address, excerpt and marks on the words', async () => {
    const page = await openEngine(server);
    const results = await page.evaluate(() => opened.search('tide table'));
    expect(results).toMatchObject({ complete: true, dropped: [], corrected: [], tiers: ['lexical'] });
    const [hit] = results.hits;
    expect(hit).toMatchObject({ lang: 'en', dir: 'ltr', title: 'Tide tables' });
    expect(hit!.url.replace(/^\//, '')).toBe('en/tides.html');
    const marked = hit!.sections[0]!.marks.map(([begin, end]) => hit!.sections[0]!.excerpt.slice(begin, end));
    expect(marked.join(' ').toLowerCase()).toContain('tide');
  });

  test('inflected words match through the stemmer of the language', async () => {
    const page = await openEngine(server);
    const results = await page.evaluate(() => opened.search('installation downloaded', { lang: 'en' }));
    expect(results.hits[0]?.title).toBe('Installing Harbour');
    expect(server.requests).toContain('crossglot/stem/english.wasm');
  });

  test('the reader’s version of a page is shown', async () => {
    const page = await openEngine(server);
    const titles = await page.evaluate(async () => Promise.all(['fr', 'ja', 'ar', 'fr-CA'].map(async (lang) =>
      (await opened.search('harbour.toml', { lang })).hits[0]?.title)));
    expect(titles).toEqual(['Fichier de configuration', '設定ファイル', 'ملف الإعدادات', 'Fichier de configuration']);
  });

  test('a word of another language is found where the reader’s has nothing', async () => {
    const page = await openEngine(server);
    const results = await page.evaluate(() => opened.search('phare', { lang: 'en' }));
    expect(results.hits.map(({ lang, title }) => [lang, title])).toContainEqual(['fr', 'Le phare']);
    const japanese = await page.evaluate(() => opened.search('停電', { lang: 'fr' }));
    expect(japanese.hits[0]?.group).toContain('repair');
  });

  test('`in` keeps to the languages it names', async () => {
    const page = await openEngine(server);
    const langs = await page.evaluate(async () =>
      (await opened.search('harbour', { lang: 'en', in: ['fr'] })).hits.map(({ lang }) => lang));
    expect(langs.length).toBeGreaterThan(0);
    expect(new Set(langs)).toEqual(new Set(['fr']));
  });

  test('a language that the bundle lacks is an argument error in `in` and English as the reader’s', async () => {
    const page = await openEngine(server, 'sv');
    const code = await page.evaluate(() =>
      opened.search('table', { in: ['sv'] }).then(() => 'none', (error: Api.SearchError) => error.code));
    expect(code).toBe('argument');
    expect(await page.evaluate(async () => (await opened.search('table')).hits[0]?.lang)).toBe('en');
  });

  test('the list of another language is loaded once, when it is needed', async () => {
    server.requests.length = 0;
    const page = await openEngine(server);
    const lists = () => server.requests.filter((path) => path.endsWith('.cgl'));
    expect(lists()).toHaveLength(1);
    await page.evaluate(() => Promise.all([
      opened.prefetch('ja'), opened.search('表', { lang: 'ja' }), opened.search('表', { lang: 'ja' })]));
    expect(lists()).toHaveLength(2);
    expect(new Set(lists()).size).toBe(2);
  });

  test.each([
    ['empty', ''], ['of blanks', ' \t '], ['of control characters', '\u0000\u0001\u001b\u007f'],
    ['of line ends and equals signs', 'a\nlimit=abc\\x'], ['of half a surrogate pair', '\ud83d'],
    ['of quotes alone', '"""'], ['of operators alone', 'OR - OR'], ['of 100 kB', 'wort '.repeat(20000)],
  ])('a query %s is answered', async (_, query) => {
    const page = await openEngine(server);
    expect(await codeOf(page, query)).toBe('none');
  });

  test('a stream ends with the answer that search gives', async () => {
    const page = await openEngine(server);
    const [last, whole] = await page.evaluate(async () => {
      let last: Api.SearchResults | undefined;
      for await (const results of opened.searchStream('harbour')) last = results;
      return [last, await opened.search('harbour')];
    });
    expect(last).toEqual(whole);
  });

  test('a signal that is aborted already, and one aborted on the way, end in "aborted"', async () => {
    const page = await openEngine(server);
    const codes = await page.evaluate(async () => {
      const code = (promise: Promise<unknown>) => promise.then(() => 'none', (error: Api.SearchError) => error.code);
      const controller = new AbortController();
      const running = code(opened.search('harbour', { signal: controller.signal }));
      controller.abort();
      return [await code(opened.search('harbour', { signal: AbortSignal.abort() })), await running,
        await code(opened.search('harbour'))];
    });
    expect(codes).toEqual(['aborted', 'aborted', 'none']);
  });

  test('closing ends what runs and refuses what comes', async () => {
    const page = await openEngine(server);
    const codes = await page.evaluate(async () => {
      const code = (promise: Promise<unknown>) => promise.then(() => 'none', (error: Api.SearchError) => error.code);
      const running = code(opened.search('harbour'));
      opened.close();
      return [await running, await code(opened.search('harbour'))];
    });
    expect(codes).toEqual(['aborted', 'aborted']);
  });

  test.each([
    ['no manifest', 'missing', 'manifest.json', { status: 404 }],
    ['a manifest that is not JSON', 'corrupt', 'manifest.json', { bytes: () => Buffer.from('<html>') }],
    ['a manifest of a later format', 'version', 'manifest.json',
      { bytes: (bytes: Buffer) => Buffer.from(bytes.toString().replace('"format":1', '"format":2')) }],
    ['a manifest that breaks off', 'network', 'manifest.json', { cut: 'middle' }],
    ['a core that breaks off', 'network', 'crossglot.wasm', { cut: 'middle' }],
    ['a list that breaks off', 'network', '.cgl', { cut: 'middle' }],
    ['no core', 'missing', 'crossglot.wasm', { status: 404 }],
    ['a core that is not wasm', 'unsupported', 'crossglot.wasm', { bytes: () => Buffer.from('not wasm') }],
    ['a server that fails', 'network', 'manifest.json', { status: 503 }],
    ['a list cut off', 'corrupt', '.cgl', { bytes: (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1) }],
    ['a list with a flipped byte', 'corrupt', '.cgl',
      { bytes: (bytes: Buffer) => { bytes[bytes.length >> 1]! ^= 1; return bytes; } }],
    // As a host answers that declares its gzip, which the browser then takes off: nothing else would notice.
    ['a list with another text', 'corrupt', '.cgl', { bytes: (bytes: Buffer) => otherText(gunzipSync(bytes)) }],
    ['no worker', 'unsupported', 'worker.js', { status: 404 }],
  ] as readonly [string, string, string, Spoil][])('opening with %s fails with "%s"', async (_, code, name, spoil) => {
    server.rule = (path) => (path.endsWith(name) ? spoil : undefined);
    const page = await browser.page();
    await page.goto(`${server.url}engine.html`);
    await page.waitForFunction(() => 'api' in globalThis);
    const seen = await page.evaluate(() => api.open('crossglot/').then(() => 'none', (error: Api.SearchError) =>
      (error instanceof api.SearchError && error.message ? error.code : String(error))));
    expect(seen).toBe(code);
  });

  test('a connection that breaks once is tried again', async () => {
    let broken = 0;
    server.rule = (path) => (path.endsWith('.cgl') && broken++ === 0 ? { cut: true } : undefined);
    const page = await openEngine(server);
    expect(await codeOf(page, 'harbour')).toBe('none');
    expect(broken).toBeGreaterThan(1);
  });

  test('a core that stops ends its query with "memory" and is replaced', async () => {
    server.rule = (path) => (path.endsWith('/crossglot.wasm')
      ? { bytes: (bytes) => trapping(bytes, 'cg_search', 2, 5000) } : undefined);
    const page = await openEngine(server);
    expect(await codeOf(page, 'harbour')).toBe('none');
    expect(await codeOf(page, 'x'.repeat(6000))).toBe('memory');
    expect((await page.evaluate(() => opened.search('harbour'))).hits.length).toBeGreaterThan(0);
  });

  test('an origin without a function to hash with is searched all the same', async () => {
    const page = await browser.page();
    await page.goto(`${server.url.replace('127.0.0.1', 'plain.test')}engine.html`);
    await page.waitForFunction(() => 'api' in globalThis);
    const seen = await page.evaluate(async () => {
      const opened = await api.open('crossglot/', { lang: 'en' });
      return [isSecureContext, (await opened.search('harbour')).hits.length > 0];
    });
    expect(seen).toEqual([false, true]);
  });

  test('a broken copy is fetched once more before it counts as corrupt', async () => {
    let spoilt = 0;
    server.rule = (path) => (path.endsWith('.cgl') && spoilt++ === 0
      ? { bytes: (bytes) => bytes.subarray(0, 99) } : undefined);
    const page = await openEngine(server);
    expect(await codeOf(page, 'harbour')).toBe('none');
  });
});

describe('a site of several files', () => {
  const PAGES = 700;
  let first: string;
  let second: string;
  let server: Server;

  beforeAll(async () => {
    first = temporaryFolder();
    writeLargeSite(first, PAGES);
    index(first);
    second = temporaryFolder();
    writeLargeSite(second, PAGES, 11);
    index(second);
    for (const folder of [first, second]) {
      cpSync(new URL('pages', import.meta.url).pathname, folder, { recursive: true });
    }
    server = await serve(first);
  });
  beforeEach(() => {
    server.rule = () => undefined;
    server.folder = first;
    server.requests.length = 0;
  });
  afterAll(() => server.close());

  const shards = () => server.requests.filter((path) => path.endsWith('.cgt'));

  test('its index has several files, and one query asks for few of them', async () => {
    const files = readdirSync(join(first, 'crossglot')).filter((name) => name.endsWith('.cgt'));
    expect(files.length).toBeGreaterThan(4);
    const page = await openEngine(server);
    expect(shards()).toEqual([]);
    const results = await page.evaluate((word) => opened.search(word), markerOf(123));
    expect(results.hits[0]?.url).toContain('123.html');
    expect(shards().length).toBeGreaterThan(0);
    expect(shards().length).toBeLessThan(files.length);
  });

  test('queries at the same time fetch each file once', async () => {
    const page = await openEngine(server);
    await page.evaluate((words) => Promise.all(words.map((word) => opened.search(word))),
      [markerOf(5), markerOf(5), markerOf(6), markerOf(500)]);
    expect(new Set(shards()).size).toBe(shards().length);
  });

  test('a stream gives what is loaded before it is whole', async () => {
    const page = await openEngine(server);
    await page.evaluate(() => opened.search('chapter'));
    const seen = await page.evaluate(async (query) => {
      const seen: [boolean, number][] = [];
      for await (const results of opened.searchStream(query)) seen.push([results.complete, results.hits.length]);
      return seen;
    }, `chapter ${markerOf(321)}`);
    expect(seen.at(-1)?.[0]).toBe(true);
    expect(seen.slice(0, -1).every(([complete, rows]) => !complete && rows > 0)).toBe(true);
  });

  test('a search aborted while files are on their way ends at once', async () => {
    const page = await openEngine(server);
    server.rule = (path) => (path.endsWith('.cgt') ? { delayMs: 3000 } : undefined);
    const [code, ms] = await page.evaluate(async (word) => {
      const begin = performance.now();
      const signal = AbortSignal.timeout(200);
      const code = await opened.search(word, { signal }).then(() => 'none', (error: Api.SearchError) => error.code);
      return [code, performance.now() - begin] as const;
    }, markerOf(7));
    expect(code).toBe('aborted');
    expect(ms).toBeLessThan(1500);
  });

  test('a file that stays away is "missing", and other queries go on', async () => {
    const page = await openEngine(server);
    expect(await codeOf(page, markerOf(1))).toBe('none');
    server.rule = (path) => (path.endsWith('.cgt') ? { status: 404 } : undefined);
    expect(await codeOf(page, 'zazazaza')).toBe('missing');
    expect(await codeOf(page, markerOf(1))).toBe('none');
  });

  test('while the manifest is out of reach, rows that do not need a file that is gone are an answer', async () => {
    const page = await openEngine(server);
    expect(await codeOf(page, markerOf(1))).toBe('none');
    server.rule = (path) => (path.endsWith('.cgt') ? { status: 404 }
      : path.endsWith('manifest.json') ? { status: 503 } : undefined);
    expect(await codeOf(page, 'zazazaza')).toBe('missing');
    const { hits, complete } = await page.evaluate((query) => opened.search(query), `${markerOf(1)} zazazaza`);
    expect([hits[0]?.url, complete]).toEqual([expect.stringContaining('1.html'), false]);
  });

  test('a corrupt file ends its query with "corrupt" and is fetched anew by the next', async () => {
    const page = await openEngine(server);
    server.rule = (path) => (path.endsWith('.cgt')
      ? { bytes: (bytes) => { bytes[bytes.length >> 1]! ^= 0x10; return bytes; } } : undefined);
    expect(await codeOf(page, markerOf(2))).toBe('corrupt');
    server.rule = () => undefined;
    expect(await codeOf(page, markerOf(2))).toBe('none');
  });

  test('offline is "network", and the next query after it works', async () => {
    const page = await openEngine(server);
    await page.context().setOffline(true);
    expect(await codeOf(page, markerOf(3))).toBe('network');
    await page.context().setOffline(false);
    expect(await codeOf(page, markerOf(3))).toBe('none');
  });

  test('a page opened before a deploy searches what the deploy brought', async () => {
    const folder = temporaryFolder();
    cpSync(first, folder, { recursive: true });
    server.folder = folder;
    const page = await openEngine(server);
    expect(await codeOf(page, markerOf(4))).toBe('none');
    rmSync(join(folder, 'crossglot'), { recursive: true });
    cpSync(join(second, 'crossglot'), join(folder, 'crossglot'), { recursive: true });
    const results = await page.evaluate((word) => opened.search(word), markerOf(654));
    expect(results.hits[0]?.url).toContain('654.html');
    expect(results.complete).toBe(true);
    expect(server.requests.filter((path) => path.endsWith('manifest.json'))).toHaveLength(2);
  });
});
