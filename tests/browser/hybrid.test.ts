/** Words and meaning in one list, in a browser: which tier answers when. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { titleOf, wordOf, writeBilingualSite } from './bilingual_site.js';
import { ask, dialogOf, inputOf, openDialog, optionsOf, situation, visit } from './dialog.js';
import { index, serve, type Server, temporaryFolder, useBrowser } from './harness.js';
import { BOTH, cut, flip, mean, openEngine, search, seenBy, stream } from './hybrid_page.js';
import { crossglot, indexWithVectors, realPack, writePack } from './model.js';

const browser = useBrowser();
let pack: string;
let otherPack: string;
let small: string;
beforeAll(() => {
  pack = writePack(join(temporaryFolder(), 'pack'));
  otherPack = writePack(join(temporaryFolder(), 'pack'), 1);
  small = temporaryFolder();
  cpSync(fileURLToPath(new URL('site', import.meta.url)), small, { recursive: true });
  indexWithVectors(small, pack);
});

interface Manifest {
  readonly vectors: readonly { readonly list: string; readonly model: string }[];
}
const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'crossglot/manifest.json'), 'utf8')) as Manifest;

/** What the native command answers. */
const native = (folder: string, query: string, lang: string, ...more: readonly string[]) => JSON.parse(String(crossglot(
  ['search', join(folder, 'crossglot'), query, '--lang', lang, '--mode', 'hybrid', '--model', pack, '--cache', 'none',
    '--json', ...more]))) as Api.SearchResults;

describe('a small site in four languages', () => {
  let server: Server;
  beforeAll(async () => { server = await serve(small); });
  beforeEach(() => {
    server.rule = () => undefined;
    server.folder = small;
    server.requests.length = 0;
  });
  afterAll(() => server.close());
  const modelRequests = () => server.requests.filter((path) => path.includes('/model/'));

  test('searches rank by meaning without a word in the page, as the native command does', async () => {
    const page = await openEngine(browser, server);
    expect(await mean(page)).toBe('ready');
    for (const [query, lang] of [['tide table', 'en'], ['réparer la base', 'fr'], ['停電', 'ja'], ['مدّ', 'ar'],
      ['harbour.toml', 'fr'], ['lighthouse', 'en'], ['zzzz', 'en'], ['コンフィグ', 'en'], ['"power fails" -tide', 'en'],
    ] as const) {
      const results = await search(page, query, { lang });
      expect(results, query).toEqual(native(small, query, lang));
      expect(results).toMatchObject({ tiers: BOTH, complete: true });
    }
    // The native command then knows no other languages' versions.
    const rows = ({ hits }: Api.SearchResults) => hits.map(({ languages: _, ...hit }) => hit);
    expect(rows(await search(page, 'harbour', { in: ['fr', 'ja'], lang: 'fr' })))
      .toEqual(rows(native(small, 'harbour', 'fr', '--in', 'fr,ja')));
  });

  test('more rows than there are, and filters that leave nothing, are answers', async () => {
    const page = await openEngine(browser, server);
    await mean(page);
    const all = await search(page, 'tide', { limit: 10_000 });
    expect(all).toEqual(native(small, 'tide', 'en', '--limit', '1000'));
    expect(all.hits.length).toBeGreaterThan(4);
    expect(await search(page, 'tide', { filters: { version: ['9'] } }))
      .toMatchObject({ hits: [], total: 0, complete: true });
    expect(await search(page, ' ')).toMatchObject({ hits: [], tiers: ['lexical'] });
  });

  test('while the model is on its way words answer, and a stream stays open for it', async () => {
    let hold = true;
    server.rule = (path) => (path.includes('/model/') && path.endsWith('.cgm') && hold ? { delayMs: 1500 } : undefined);
    const page = await openEngine(browser, server);
    expect((await search(page, 'tide table')).tiers).toEqual(['lexical']);
    await stream(page, 'tide table');
    await expect.poll(() => seenBy(page)).toContainEqual(expect.objectContaining({ tiers: 'lexical', complete: true }));
    hold = false;
    expect(await page.evaluate(() => ended)).toBe('end');
    const answers = await seenBy(page);
    expect(answers.at(-1)).toMatchObject({ tiers: 'lexical dense', complete: true });
    // Words first, whole, and nothing by words alone afterwards.
    const first = answers.findIndex(({ tiers }) => tiers !== 'lexical');
    expect(answers[first - 1]).toMatchObject({ tiers: 'lexical', complete: true });
    expect(answers.slice(first).every(({ tiers }) => tiers === 'lexical dense')).toBe(true);
    expect(await page.evaluate(() => seen.at(-1))).toEqual(await search(page, 'tide table'));
  });

  test('a query that is typed over while the model is on its way ends at once', async () => {
    server.rule = (path) => (path.endsWith('.cgm') ? { delayMs: 2000 } : undefined);
    const page = await openEngine(browser, server);
    const [code, ms, rows] = await page.evaluate(async () => {
      const begin = performance.now();
      const signal = AbortSignal.timeout(400);
      let rows = 0;
      const run = async () => { for await (const { hits } of opened.searchStream('tide', { signal })) rows = hits.length; };
      const code = await run().then(() => 'none', (error: Api.SearchError) => error.code);
      return [code, performance.now() - begin, rows] as const;
    });
    expect(code).toBe('aborted');
    expect(rows).toBeGreaterThan(0);
    expect(ms).toBeLessThan(1500);
  });

  test('once it is there, streams begin with words no more when meaning is quick', async () => {
    const page = await openEngine(browser, server);
    await mean(page);
    await search(page, 'tide table');
    await stream(page, 'tide table');
    expect(await page.evaluate(() => ended)).toBe('end');
    expect((await seenBy(page)).map(({ tiers }) => tiers)).toEqual(['lexical dense', 'lexical dense']);
  });

  test('`model: false`, and readers who save data, load nothing of it until it is asked for', async () => {
    const without = await openEngine(browser, server, { model: false });
    await search(without, 'tide');
    expect(await mean(without)).toMatch(/^argument: .*no model/);
    const saving = await openEngine(browser, server, {}, true);
    await stream(saving, 'tide');
    expect(await saving.evaluate(() => ended)).toBe('end');
    expect((await search(saving, 'tide')).tiers).toEqual(['lexical']);
    expect(modelRequests()).toEqual([]);
    expect(server.requests.filter((path) => /hybrid|encoder|cgv/.test(path))).toEqual([]);
    expect(await mean(saving)).toBe('ready');
    expect((await search(saving, 'tide')).tiers).toEqual(BOTH);
  });

  test('vectors of another model than the page’s are not used, and its weights not loaded', async () => {
    const page = await openEngine(browser, server, { model: 'other/' });
    cpSync(otherPack, join(small, 'other'), { recursive: true });
    expect(await mean(page)).toMatch(/^version: .*another model/);
    expect((await search(page, 'tide')).tiers).toEqual(['lexical']);
    expect(server.requests.filter((path) => path.startsWith('other/') && path.endsWith('.cgm'))).toEqual([]);
    // As an encoder of texts it serves all the same.
    expect(await page.evaluate(async () => (await opened.embed(['tide']))[0]!.length)).toBe(32);
  });

  test('odd queries are answered by both', async () => {
    const page = await openEngine(browser, server);
    await mean(page);
    const answers = await page.evaluate(async () => Promise.all(['tide', 'x'.repeat(100_000), '\ud83d', 'a\nvector=zz']
      .map((query) => opened.search(query))));
    for (const { tiers, complete } of answers) expect([tiers, complete]).toEqual([BOTH, true]);
  });

  test('a deploy that brings vectors is found when somebody looks', async () => {
    const folder = temporaryFolder();
    cpSync(small, folder, { recursive: true });
    rmSync(join(folder, 'crossglot'), { recursive: true });
    index(folder);
    server.folder = folder;
    const page = await openEngine(browser, server);
    expect(await mean(page)).toMatch(/^argument: /);
    expect((await search(page, 'tide')).tiers).toEqual(['lexical']);
    rmSync(join(folder, 'crossglot'), { recursive: true });
    cpSync(join(small, 'crossglot'), join(folder, 'crossglot'), { recursive: true });
    await page.evaluate(() => opened.prefetch());
    await expect.poll(async () => (await search(page, 'tide')).tiers, { timeout: 20_000 }).toEqual(BOTH);
  });

  test('a deploy of another model keeps to words until the page has that model', async () => {
    const folder = temporaryFolder();
    cpSync(small, folder, { recursive: true });
    server.folder = folder;
    const page = await openEngine(browser, server);
    await mean(page);
    expect((await search(page, 'tide')).tiers).toEqual(BOTH);
    indexWithVectors(folder, otherPack);
    await page.evaluate(() => opened.prefetch());
    await expect.poll(async () => (await search(page, 'tide')).tiers, { timeout: 20_000 }).toEqual(['lexical']);
    const again = await openEngine(browser, server);
    expect(await mean(again)).toBe('ready');
    expect((await search(again, 'tide')).tiers).toEqual(BOTH);
  });
});

describe('a site whose vectors are in several files', () => {
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = temporaryFolder();
    writeBilingualSite(folder, 600);
    indexWithVectors(folder, pack);
    server = await serve(folder);
  });
  beforeEach(() => {
    server.rule = () => undefined;
    server.requests.length = 0;
  });
  afterAll(() => server.close());

  /** Shards of rows and of one-bit codes begin with their letter (core/format/FORMAT.md). */
  const kindOf = (name: string) => String.fromCharCode(gunzipSync(readFileSync(join(folder, 'crossglot', name)))[0]!);
  const vectorFiles = () => readdirSync(join(folder, 'crossglot')).filter((name) => name.endsWith('.cgt'))
    .filter((name) => 'VB'.includes(kindOf(name)));

  test('a provisional answer comes before all of them are there, and the last one is the native command’s', async () => {
    const files = vectorFiles();
    expect(files.filter((name) => kindOf(name) === 'V').length).toBeGreaterThan(1);
    expect(manifestOf(folder).vectors).toHaveLength(1);
    const page = await openEngine(browser, server, { lang: 'fr' });
    await mean(page);
    for (const query of [titleOf('fr', 3), titleOf('en', 7), 'xylophone', 'gri pla']) {
      await stream(page, query);
      expect(await page.evaluate(() => ended)).toBe('end');
      expect(await page.evaluate(() => seen.at(-1)), query).toEqual(native(folder, query, 'fr'));
    }
    const first = await page.evaluate(() => seen.find(({ tiers }) => tiers.includes('dense')));
    expect(first).toMatchObject({ complete: false });
    // Every file once for the core that ranks by meaning.
    const asked = server.requests.filter((path) => files.includes(path.slice('crossglot/'.length)));
    expect(asked.length).toBe(files.length);
  });

  test('300 queries encoded on both sides have the same rows in the same order', { timeout: 120_000 }, async () => {
    const queries = Array.from({ length: 300 }, (_, i) => {
      const lang = i % 2 === 0 ? 'en' : 'fr';
      const words = [i * 7, i * 31 + 5, i * 3 + 11].slice(0, 1 + i % 3).map((number) => wordOf(lang, number % 900));
      return { id: `q${i}`, lang, text: i % 3 === 0 ? `${words.join(' ')} ${titleOf(lang, i)}` : words.join(' ') };
    });
    const file = join(temporaryFolder(), 'queries.tsv');
    writeFileSync(file, queries.map(({ id, lang, text }) => `${id}\t${lang}\t${text}\n`).join(''));
    const lines = String(crossglot(['run', join(folder, 'crossglot'), '--queries', file, '--in', 'all', '--limit', '10',
      '--mode', 'hybrid', '--model', pack, '--cache', 'none'])).trim().split('\n').map((line) => line.split(' '));
    const expected = queries.map(({ id }) => lines.filter(([query]) => query === id).map((line) => line[2]));
    const page = await openEngine(browser, server);
    await mean(page);
    // A space behind the last word: it does not go on.
    const found = await page.evaluate(async (queries) => {
      const found: string[][] = [];
      for (const { lang, text } of queries) {
        const { hits, tiers } = await opened.search(`${text} `, { lang, in: ['all'], limit: 10 });
        found.push(tiers.includes('dense') ? hits.map(({ url }) => url) : []);
      }
      return found;
    }, queries);
    expect(found).toEqual(expected);
  });

  test.each([['missing', { status: 404 }], ['cut off', cut], ['broken', flip]] as const)(
    'with shards that are %s, words answer, and the next search by both when they are back', async (_, spoil) => {
      const names = vectorFiles();
      const page = await openEngine(browser, server);
      await mean(page);
      server.rule = (path) => (names.includes(path.slice('crossglot/'.length)) ? spoil : undefined);
      const expected = await search(await openEngine(browser, server, { model: false }), titleOf('en', 5));
      expect(await search(page, titleOf('en', 5))).toEqual(expected);
      await stream(page, titleOf('en', 5));
      expect(await page.evaluate(() => ended)).toBe('end');
      expect(await page.evaluate(() => seen.at(-1))).toEqual(expected);
      server.rule = () => undefined;
      expect((await search(page, titleOf('en', 5))).tiers).toEqual(BOTH);
    });
});

describe('the dialog', () => {
  let server: Server;
  beforeAll(async () => { server = await serve(small); });
  beforeEach(() => {
    server.rule = () => undefined;
    server.requests.length = 0;
  });
  afterAll(() => server.close());

  const tiers = (page: Page) => dialogOf(page).getAttribute('data-tiers');
  const rows = (page: Page) => optionsOf(page).evaluateAll((options) =>
    options.map((option) => [(option as HTMLAnchorElement).href, option.textContent]));

  /** Asks while the model is held back; the returned function lets it come. */
  async function askedByWords(query: string): Promise<{ page: Page; come: () => void }> {
    let come = (): void => undefined;
    const held = new Promise<void>((resolve) => { come = resolve; });
    const page = await browser.page();
    await page.route('**/*.cgm', async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, query);
    expect(await tiers(page)).toBe('lexical');
    return { page, come };
  }

  test('shows what meaning finds as soon as it can, and says so once', async () => {
    const { page, come } = await askedByWords('tide');
    const before = await rows(page);
    await page.waitForFunction(() => document.querySelector('crossglot-search')!.shadowRoot!
      .querySelector('[role=status]')!.textContent !== '');
    await page.evaluate(() => {
      Object.assign(globalThis, { said: [] as string[] });
      const status = document.querySelector('crossglot-search')!.shadowRoot!.querySelector('[role=status]')!;
      new MutationObserver(() => (globalThis as unknown as { said: string[] }).said.push(status.textContent!))
        .observe(status, { childList: true, characterData: true, subtree: true });
    });
    come();
    await expect.poll(() => tiers(page), { timeout: 20_000 }).toBe('lexical,dense');
    expect((await rows(page)).length).toBeGreaterThan(before.length);
    await page.waitForTimeout(1200);
    expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said.length)).toBeLessThan(2);
    expect((await situation(page)).active).toBe(-1);
  });

  test('does not list words as missed any more once meaning has answered', async () => {
    const { page, come } = await askedByWords('tide xylophone');
    const notes = page.locator('crossglot-search .notes');
    await expect.poll(() => notes.textContent()).toContain('xylophone');
    come();
    await expect.poll(() => tiers(page), { timeout: 20_000 }).toBe('lexical,dense');
    await expect.poll(() => notes.textContent()).not.toContain('xylophone');
  });

  test.each(['the keyboard', 'the pointer'])('the row that %s is on stays, and those above it', async (hand) => {
    const { page, come } = await askedByWords('harbour');
    const before = await rows(page);
    const at = 2;
    if (hand === 'the pointer') {
      await optionsOf(page).nth(at).hover();
    } else {
      for (let step = 0; step <= at; step++) await page.keyboard.press('ArrowDown');
    }
    const place = await optionsOf(page).nth(at).boundingBox();
    come();
    await expect.poll(() => tiers(page), { timeout: 20_000 }).toBe('lexical,dense');
    expect(await situation(page)).toMatchObject({ active: at, selected: [at] });
    const after = await rows(page);
    expect(after.slice(0, at + 1)).toEqual(before.slice(0, at + 1));
    expect(await optionsOf(page).nth(at).boundingBox()).toEqual(place);
    expect(new Set(after.map(([href]) => href)).size).toBe(after.length);
    const ids = await optionsOf(page).evaluateAll((options) =>
      [...(options[0]!.getRootNode() as ShadowRoot).querySelectorAll('[id]')].map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    await page.keyboard.press('ArrowDown');
    expect((await situation(page)).active).toBe(at + 1);
  });

  test('a reader who has typed on gets the answer to what stands there', async () => {
    const { page, come } = await askedByWords('tide');
    await ask(page, 'harbour');
    await inputOf(page).fill('config');
    await page.waitForTimeout(300);
    come();
    await expect.poll(() => tiers(page), { timeout: 20_000 }).toBe('lexical,dense');
    expect(await dialogOf(page).getAttribute('data-query')).toBe('config');
    const expected = await search(await openEngine(browser, server), 'config');
    expect(expected.hits.length).toBeGreaterThan(0);
    expect((await rows(page))[0]![1]).toContain(expected.hits[0]!.title);
  });

  test('Enter does not wait for the model', async () => {
    const { page } = await askedByWords('tide');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/tides.html');
  });

  test('`model="none"` keeps to words', async () => {
    const page = await browser.page();
    await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () =>
      document.querySelector('crossglot-search')!.setAttribute('model', 'none')));
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'tide');
    await page.waitForLoadState('networkidle');
    expect(await tiers(page)).toBe('lexical');
    expect(server.requests.filter((path) => path.includes('model') || path.includes('meaning'))).toEqual([]);
  });
});

const real = realPack();
describe.skipIf(!real)('the default encoder (skipped where `./dev model` has not made .cache/model/e5-small)', () => {
  test('finds the page that says it in other words, once it is there', { timeout: 180_000 }, async () => {
    const folder = temporaryFolder();
    cpSync(fileURLToPath(new URL('site', import.meta.url)), folder, { recursive: true });
    indexWithVectors(folder, real!);
    const server = await serve(folder);
    const page = await openEngine(browser, server, { lang: 'fr' });
    const query = 'panne de courant pendant l’écriture';
    expect((await search(page, query)).hits.map(({ group }) => group).join(' ')).not.toContain('repair');
    expect(await mean(page)).toBe('ready');
    const results = await search(page, query);
    expect(results.tiers).toEqual(BOTH);
    expect(results.hits.slice(0, 3).map(({ url }) => url).join(' ')).toContain('en/repair.html');
    await server.close();
  });
});
