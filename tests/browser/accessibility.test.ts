import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, dialogOf, inputOf, openDialog, visit } from './dialog.js';
import { indexedSite, serve, type Server, useBrowser } from './harness.js';

const browser = useBrowser();
let server: Server;
beforeAll(async () => { server = await serve(indexedSite()); });
beforeEach(() => { server.rule = () => undefined; });
afterAll(() => server.close());

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, as one line each. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id} ${target.flat().join(' ')}: ${failureSummary}`));
}

type State = readonly [name: string, reach: (page: Page) => Promise<void>];

const STATES: readonly State[] = [
  ['closed', async () => {}],
  ['empty', openDialog],
  ['results', async (page) => {
    await openDialog(page);
    await ask(page, 'harbour');
    await page.keyboard.press('ArrowDown');
  }],
  ['rows of another language', async (page) => {
    await openDialog(page);
    await ask(page, 'phare');
  }],
  ['notes', async (page) => {
    await openDialog(page);
    await ask(page, 'tide xylophone');
  }],
  ['nothing found', async (page) => {
    await openDialog(page);
    await ask(page, 'xyzzyplugh', 'none');
  }],
  ['loading', async (page) => {
    server.rule = (path) => (path.endsWith('.cgl') ? { delayMs: 60_000 } : undefined);
    await openDialog(page);
    await inputOf(page).fill('tide');
    await dialogOf(page).locator('.skeleton').waitFor();
  }],
  ['failed', async (page) => {
    server.rule = (path) => (path.endsWith('.cgl') ? { status: 503 } : undefined);
    await openDialog(page);
    await ask(page, 'tide', 'failed');
  }],
];

const LOOKS: readonly (readonly [name: string, path: string, options: BrowserContextOptions])[] = [
  ['light', 'en/index.html', { colorScheme: 'light' }],
  ['dark', 'en/index.html', { colorScheme: 'dark' }],
  ['right to left', 'ar/index.html', {}],
  ['forced colours', 'en/index.html', { forcedColors: 'active' }],
  ['a phone', 'fr/index.html', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }],
  ['400 % zoom', 'en/index.html', { viewport: { width: 320, height: 256 } }],
];

describe.each(LOOKS)('in %s axe finds nothing wrong with', (_, path, options) => {
  test.each(STATES)('%s', async (_, reach) => {
    const page = await browser.page({ ...options, reducedMotion: 'reduce' });
    await visit(page, server.url + path);
    await reach(page);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

describe('what a screen reader meets', () => {
  async function tree(path: string, query: string, state?: string): Promise<string> {
    const page = await browser.page();
    await visit(page, server.url + path);
    await openDialog(page);
    if (query) await ask(page, query, state);
    await page.waitForTimeout(700);
    return dialogOf(page).ariaSnapshot();
  }

  test('at the start: a named dialog with a named combobox', async () => {
    expect(await tree('en/index.html', '')).toMatchInlineSnapshot();
  });

  test('results: one group a page, one option a page and a section', async () => {
    expect(await tree('en/index.html', 'printing the tide table')).toMatchInlineSnapshot();
  });

  test('nothing found, in French', async () => {
    expect(await tree('fr/index.html', 'xyzzyplugh', 'none')).toMatchInlineSnapshot();
  });

  test('results, in Arabic', async () => {
    expect(await tree('ar/index.html', 'القمر')).toMatchInlineSnapshot();
  });
});
