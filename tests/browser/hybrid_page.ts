/** What the suites of search by meaning share: a page with an index that has vectors, and what one asks it. */
import type { Page } from 'playwright-core';
import type * as Api from '../../web/client/index.js';
import type { Server, Spoil, useBrowser } from './harness.js';

declare global {
  // eslint-disable-next-line no-var
  var seen: Api.SearchResults[];
  // eslint-disable-next-line no-var
  var ended: Promise<string>;
}

export const BOTH = ['lexical', 'dense'];

type Browser = ReturnType<typeof useBrowser>;

/** A page with the index opened. `saving`: a reader who saves data, so that the model waits to be asked for. */
export async function openEngine(
  browser: Browser, server: Server, options: Omit<Api.OpenOptions, 'signal' | 'onModelProgress'> = {}, saving = false,
): Promise<Page> {
  const page = await browser.page();
  await page.addInitScript((saveData) => {
    Object.defineProperty(navigator, 'connection', { value: { saveData } });
    // Workers stay in reach, to be killed.
    const workers: Worker[] = [];
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
    };
    Object.assign(globalThis, { workers });
  }, saving);
  await page.goto(`${server.url}engine.html`);
  await page.waitForFunction(() => 'api' in globalThis);
  await page.evaluate(async (options) => { globalThis.opened = await api.open('crossglot/', options); },
    { lang: 'en', ...options });
  return page;
}

/** "ready", or the error's code and sentence. */
export const mean = (page: Page): Promise<string> => page.evaluate(() => opened.loadMeaning().then(() => 'ready',
  (error) => (error instanceof api.SearchError ? `${error.code}: ${error.message}` : `no SearchError: ${error}`)));

export const search = (page: Page, query: string, options: Api.SearchOptions = {}) =>
  page.evaluate(([query, options]) => opened.search(query, options), [query, options] as const);

export const timedSearch = (page: Page, query: string) => page.evaluate(async (query) => {
  const begin = performance.now();
  const { tiers } = await opened.search(query);
  return [tiers, performance.now() - begin] as const;
}, query);

/** Begins a stream whose answers collect in `seen`; `ended` tells how it ended. */
export const stream = (page: Page, query: string) => page.evaluate((query) => {
  globalThis.seen = [];
  const collect = async () => { for await (const results of opened.searchStream(query)) seen.push(results); };
  globalThis.ended = collect().then(() => 'end', (error: Api.SearchError) => error.code);
}, query);

/** The answers in `seen` so far, in short. */
export const seenBy = (page: Page) => page.evaluate(() => seen.map(({ tiers, complete, hits }) =>
  ({ tiers: tiers.join(' '), complete, rows: hits.length })));

export const flip: Spoil = { bytes: (bytes) => { bytes[bytes.length >> 1]! ^= 0x10; return bytes; } };
export const cut: Spoil = { bytes: (bytes) => bytes.subarray(0, bytes.length >> 1) };
