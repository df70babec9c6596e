/** Languages without a model: the dictionary that the site's own translations give. */
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { titleOf, UNTRANSLATED, writeBilingualSite } from './bilingual_site.js';
import { ask, openDialog, visit } from './dialog.js';
import { index, serve, type Server, temporaryFolder, useBrowser } from './harness.js';

const PAGES = 600;
const [ALONE = 0, OTHER = 0] = UNTRANSLATED;
/** First byte of an inflated dictionary shard (core/format/FORMAT.md). */
const DICTIONARY = 'D'.charCodeAt(0);

const browser = useBrowser();
let server: Server;
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder();
  writeBilingualSite(folder, PAGES);
  index(folder);
  cpSync(fileURLToPath(new URL('pages', import.meta.url)), folder, { recursive: true });
  server = await serve(folder);
});
beforeEach(() => {
  server.rule = () => undefined;
  server.requests.length = 0;
});
afterAll(() => server.close());

async function openEngine(lang: string): Promise<Page> {
  const page = await browser.page();
  await page.goto(`${server.url}engine.html`);
  await page.waitForFunction(() => 'api' in globalThis);
  await page.evaluate(async (lang) => { globalThis.opened = await api.open('crossglot/', { lang }); }, lang);
  return page;
}

function search(page: Page, query: string, options: Api.SearchOptions = {}) {
  return page.evaluate(([query, options]) => opened.search(query, options), [query, options] as const);
}

const urls = (results: Api.SearchResults) => results.hits.map(({ url }) => url);

describe('a page that the reader’s language lacks', () => {
  test('is found by a query in the reader’s language, and the row says which language it is in', async () => {
    const page = await browser.page();
    await visit(page, `${server.url}fr/1.html`);
    await openDialog(page);
    await ask(page, titleOf('fr', ALONE));
    const row = page.locator(`crossglot-search [role=group]:has(a[href*="/en/${ALONE}.html"])`);
    expect(await row.locator('.badge').textContent()).toBe('anglais');
  });

  test('is found by a French query from an English page, without any setting', async () => {
    const page = await openEngine('en');
    expect(urls(await search(page, titleOf('fr', ALONE)))[0]).toBe(`/en/${ALONE}.html`);
    expect(server.requests).toContain('crossglot/stem/french.wasm');
  });

  test('is found by a query that switches languages', async () => {
    const page = await openEngine('fr');
    const [first = ''] = titleOf('fr', OTHER).split(' ');
    const [, ...rest] = titleOf('en', OTHER).split(' ');
    expect(urls(await search(page, [first, ...rest].join(' '))).slice(0, 5)).toContain(`/en/${OTHER}.html`);
  });

  test('does not stand in the way of pages that are there', async () => {
    const page = await openEngine('fr');
    const results = await search(page, titleOf('fr', 12));
    expect(results.hits[0]).toMatchObject({ url: '/fr/12.html', lang: 'fr' });
    expect(results.hits.filter(({ lang }) => lang === 'en').map(({ url }) => url))
      .toEqual(urls(results).filter((url) => UNTRANSLATED.some((number) => url === `/en/${number}.html`)));
  });

  test('stays out where `in` names another language', async () => {
    const page = await openEngine('fr');
    const results = await search(page, titleOf('fr', ALONE), { in: ['fr'] });
    expect(results.hits.filter(({ lang }) => lang !== 'fr')).toEqual([]);
    expect((await search(page, titleOf('fr', ALONE), { in: ['en'] })).hits[0]?.url).toBe(`/en/${ALONE}.html`);
  });
});

describe('dictionary files', () => {
  const isDictionary = async (path: string) => path.endsWith('.cgt')
    && gunzipSync(await import('node:fs').then((fs) => fs.readFileSync(join(folder, path))))[0] === DICTIONARY;

  test('are loaded for the words of the query alone', async () => {
    const page = await openEngine('fr');
    await search(page, titleOf('fr', 12), { in: ['fr'] });
    const before = new Set(server.requests);
    const dictionaries = async () =>
      (await Promise.all([...new Set(server.requests)].map(isDictionary))).filter(Boolean).length;
    expect(await dictionaries()).toBe(0);
    await search(page, titleOf('fr', ALONE));
    expect(before.size).toBeLessThan(server.requests.length);
    expect(await dictionaries()).toBeGreaterThan(0);
    expect(await dictionaries()).toBeLessThanOrEqual(3);
  });

  test('that are missing in the reader’s own language leave the words that it knows', async () => {
    const page = await openEngine('en');
    const [word = ''] = titleOf('en', 12).split(' ');
    await search(page, word);
    server.rule = (path) => (path.endsWith('.cgt') ? { status: 404 } : undefined);
    // The second word is French: only a dictionary knows it.
    const results = await search(page, `${word} ${titleOf('fr', 30).split(' ')[0]}`);
    expect(results.hits.length).toBeGreaterThan(0);
    expect(results.complete).toBe(false);
  });

  test('that are missing leave what the reader’s own language has', async () => {
    const page = await openEngine('fr');
    const query = titleOf('fr', 12);
    const own = await search(page, query, { in: ['fr'] });
    server.rule = (path) => (path.endsWith('.cgt') ? { status: 404 } : undefined);
    const results = await search(page, query);
    expect(urls(results)).toEqual(urls(own));
    expect(results.complete).toBe(false);
  });
});
