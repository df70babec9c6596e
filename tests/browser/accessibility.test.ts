import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, dialogOf, inputOf, openDialog, visit } from './dialog.js';
import { indexedSite, serve, type Server, useBrowser } from './harness.js';

const browser = useBrowser();
let server: Server;
beforeAll(async () => { server = await serve(indexedSite()); });
afterAll(() => server.close());

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, as one line each. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id} ${target.flat().join(' ')}: ${failureSummary}`));
}

type State = readonly [name: string, reach: (page: Page) => Promise<void>];

/** Answers that a bundle gives only in bad times, through the element's own property. */
async function standIn(page: Page, kind: 'never' | 'fails'): Promise<void> {
  await page.evaluate((kind) => {
    const index = {
      languages: [],
      url: '',
      async *searchStream() {
        if (kind === 'fails') throw new Error('the index was answered with status 503');
        await new Promise(() => {});
      },
    };
    Object.assign(document.querySelector('crossglot-search')!, { index });
  }, kind);
  await openDialog(page);
}

/** In this order on one page. */
const STATES: readonly State[] = [
  ['closed', async () => {}],
  ['start', openDialog],
  ['results', async (page) => {
    await ask(page, 'harbour');
    await page.keyboard.press('ArrowDown');
  }],
  ['rows of another language', (page) => ask(page, '停電')],
  ['a word left out', (page) => ask(page, 'harbour xylophone')],
  ['nothing found', (page) => ask(page, 'xyzzyplugh', 'none')],
  ['loading', async (page) => {
    await standIn(page, 'never');
    await inputOf(page).fill('tide');
    await dialogOf(page).locator('.skeleton').waitFor();
  }],
  ['failed', async (page) => {
    await standIn(page, 'fails');
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

test.each(LOOKS)('axe finds nothing wrong in %s, whatever the dialog shows', async (_, path, options) => {
  const page = await browser.page({ ...options, reducedMotion: 'reduce' });
  await visit(page, server.url + path);
  for (const [name, reach] of STATES) {
    await reach(page);
    expect.soft(await violations(page), name).toEqual([]);
  }
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
    expect(await tree('en/index.html', '')).toMatchInlineSnapshot(`
      "- dialog "Search the documentation":
        - combobox "Search the documentation"
        - button "Close search"
        - paragraph: Type a word, a phrase or a name
        - list:
          - listitem: العربية
          - listitem: English
          - listitem: Français
          - listitem: 日本語
        - status"
    `);
  });

  test('results: one group a page, one option a page and a section', async () => {
    expect(await tree('en/index.html', 'moon')).toMatchInlineSnapshot(`
      "- dialog "Search the documentation":
        - combobox "Search the documentation" [expanded]: moon
        - button "Clear"
        - button "Close search"
        - listbox "Results":
          - group "Tide tables":
            - option "Tide tables"
            - option "Influence of the moon Spring tides come with the new and the full moon.":
              - text: Influence of the
              - mark: moon
              - text: Spring tides come with the new and the full
              - mark: moon
              - text: .
        - status: 1 result"
    `);
  });

  test('nothing found, in French', async () => {
    expect(await tree('fr/index.html', 'xyzzyplugh', 'none')).toMatchInlineSnapshot(`
      "- dialog "Rechercher dans la documentation":
        - combobox "Rechercher dans la documentation": xyzzyplugh
        - button "Effacer"
        - button "Fermer la recherche"
        - paragraph: Aucun résultat pour « xyzzyplugh »
        - paragraph: Vérifiez l’orthographe, ou essayez avec moins de mots ou des mots plus généraux.
        - status: Aucun résultat pour « xyzzyplugh »"
    `);
  });

  test('results, in Arabic', async () => {
    expect(await tree('ar/index.html', 'القمر')).toMatchInlineSnapshot(`
      "- dialog "ابحث في الوثائق":
        - combobox "ابحث في الوثائق" [expanded]: القمر
        - button "مسح"
        - button "إغلاق البحث"
        - listbox "النتائج":
          - group "جداول المد والجزر":
            - option "جداول المد والجزر"
            - option "تأثير القمر يأتي المد العالي مع القمر الجديد والبدر.":
              - text: تأثير
              - mark: القمر
              - text: يأتي المد العالي مع
              - mark: القمر
              - text: الجديد والبدر.
        - status: نتيجة واحدة"
    `);
  });
});
