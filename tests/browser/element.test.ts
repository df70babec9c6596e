import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, dialogOf, inputOf, openDialog, optionsOf, situation, visit } from './dialog.js';
import { indexedSite, serve, type Server, useBrowser } from './harness.js';

const browser = useBrowser();
let server: Server;
beforeAll(async () => { server = await serve(indexedSite()); });
beforeEach(() => {
  server.rule = () => undefined;
  server.requests.length = 0;
});
afterAll(() => server.close());

async function visited(path = 'en/index.html'): Promise<Page> {
  const page = await browser.page();
  await visit(page, server.url + path);
  return page;
}

async function asked(query: string, path?: string): Promise<Page> {
  const page = await visited(path);
  await openDialog(page);
  await ask(page, query);
  return page;
}

describe('before anybody searches', () => {
  test('a page loads the button alone', async () => {
    const page = await visited();
    await page.waitForLoadState('networkidle');
    expect(server.requests.filter((path) => path.startsWith('crossglot/'))).toEqual(['crossglot/ui.js']);
  });

  test('the first sign of intent loads what a first query needs', async () => {
    const page = await visited();
    await page.locator('crossglot-search [part=trigger]').focus();
    await expect.poll(() => server.requests.filter((path) => path.endsWith('.cgl')).length).toBe(1);
    expect((await situation(page)).open).toBe(false);
  });

  test('the button has a name, says what it opens and which keys open it', async () => {
    const page = await visited();
    expect(await page.locator('crossglot-search').ariaSnapshot()).toBe('- button "Search"');
    const trigger = page.locator('crossglot-search [part=trigger]');
    expect(await trigger.getAttribute('aria-haspopup')).toBe('dialog');
    expect(await trigger.getAttribute('aria-keyshortcuts')).toBe('Control+K');
  });
});

describe('the keyboard', () => {
  test('Ctrl+K opens with the focus in the input, and closes', async () => {
    const page = await visited();
    await openDialog(page);
    expect(await situation(page)).toMatchObject({ open: true, focus: 'input', expanded: 'false' });
    await page.keyboard.press('Control+k');
    expect((await situation(page)).open).toBe(false);
  });

  test('Escape closes, also with text in the input, and gives the focus back to what had it', async () => {
    const page = await asked('tide');
    await page.keyboard.press('Escape');
    expect(await situation(page)).toMatchObject({ open: false, focus: 'button' });
    await page.locator('main a').first().focus();
    await openDialog(page);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('reopening keeps the query, selected, and its rows', async () => {
    const page = await asked('tide');
    await page.keyboard.press('Escape');
    await openDialog(page);
    expect(await optionsOf(page).count()).toBeGreaterThan(0);
    await page.keyboard.type('config');
    expect(await inputOf(page).inputValue()).toBe('config');
  });

  test('no row is active until an arrow key; the first one goes to the first row', async () => {
    const page = await asked('harbour');
    expect(await situation(page)).toMatchObject({ active: -1, selected: [], expanded: 'true' });
    await page.keyboard.press('ArrowDown');
    expect(await situation(page)).toMatchObject({ active: 0, selected: [0], focus: 'input' });
  });

  test('arrows go around the ends', async () => {
    const page = await asked('harbour');
    const { count } = await situation(page);
    expect(count).toBeGreaterThan(3);
    await page.keyboard.press('ArrowUp');
    expect((await situation(page)).active).toBe(count - 1);
    await page.keyboard.press('ArrowDown');
    expect((await situation(page)).active).toBe(0);
  });

  test('the active row is always in view', async () => {
    const page = await browser.page({ viewport: { width: 700, height: 380 } });
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'harbour');
    for (let step = 0; step < (await situation(page)).count; step++) {
      await page.keyboard.press('ArrowDown');
      const inside = await page.evaluate(() => {
        const root = document.querySelector('crossglot-search')!.shadowRoot!;
        const list = root.querySelector('[role=listbox]')!.getBoundingClientRect();
        const row = root.querySelector('[aria-selected=true]')!.getBoundingClientRect();
        return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
      });
      expect(inside, `row ${step}`).toBe(true);
    }
  });

  test('PageDown and PageUp move by several rows and stop at the ends', async () => {
    const page = await asked('harbour');
    const { count } = await situation(page);
    for (let press = 0; press < 6; press++) await page.keyboard.press('PageDown');
    expect((await situation(page)).active).toBe(count - 1);
    for (let press = 0; press < 6; press++) await page.keyboard.press('PageUp');
    expect((await situation(page)).active).toBe(0);
  });

  test('Home, End and the sideways arrows stay with the text', async () => {
    const page = await asked('harbour');
    for (const key of ['Home', 'ArrowRight', 'End', 'ArrowLeft']) await page.keyboard.press(key);
    expect(await inputOf(page).evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(6);
    expect((await situation(page)).active).toBe(-1);
  });

  test('typing takes the active row back', async () => {
    const page = await asked('harbou');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('r');
    expect((await situation(page)).active).toBe(-1);
  });

  test('Enter opens the active row', async () => {
    const page = await asked('tide');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const href = await optionsOf(page).nth(1).getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL(href!);
    expect(href).toMatch(/\/en\/tides\.html#/);
  });

  test('Enter without an active row opens the first, even if its answer is still on the way', async () => {
    const page = await visited();
    await openDialog(page);
    await page.keyboard.type('tide');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/tides.html*');
  });

  test('Ctrl+Enter opens a new tab and leaves the dialog', async () => {
    const page = await asked('tide');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Control+Enter')]);
    await tab.waitForURL('**/en/tides.html');
    expect((await situation(page)).open).toBe(true);
  });

  test('Tab stays inside the dialog and passes over the rows', async () => {
    const page = await asked('tide');
    const seen = new Set<string | undefined>();
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate(() => {
        const active = document.querySelector('crossglot-search')!.shadowRoot!.activeElement;
        return active?.getAttribute('role') ?? active?.getAttribute('aria-label') ?? 'outside';
      }));
    }
    expect(seen).not.toContain('option');
    expect(seen).toContain('Clear');
    expect(seen).toContain('Close search');
  });

  test('shortcuts stay out of text fields, and another one can be chosen', async () => {
    const page = await visited();
    await page.evaluate(() => document.querySelector('crossglot-search')!.setAttribute('shortcut', '/ mod+j'));
    await page.locator('#note').focus();
    await page.keyboard.type('/');
    expect(await page.locator('#note').inputValue()).toBe('/');
    expect((await situation(page)).open).toBe(false);
    await page.locator('#note').blur();
    await page.keyboard.press('Control+k');
    expect((await situation(page)).open).toBe(false);
    await page.keyboard.press('/');
    await expect.poll(async () => (await situation(page)).focus).toBe('input');
    await page.keyboard.type('a/b');
    expect(await inputOf(page).inputValue()).toBe('a/b');
    await page.keyboard.press('Control+j');
    expect((await situation(page)).open).toBe(false);
  });

  test('an empty shortcut attribute means none', async () => {
    const page = await visited();
    await page.evaluate(() => document.querySelector('crossglot-search')!.setAttribute('shortcut', ''));
    await page.keyboard.press('Control+k');
    expect((await situation(page)).open).toBe(false);
    expect(await page.locator('crossglot-search .keys').isVisible()).toBe(false);
  });
});

describe('input methods', () => {
  test('an Enter that confirms characters does not open a row', async () => {
    const page = await asked('設定', 'ja/index.html');
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'ふぁいる', selectionStart: 4, selectionEnd: 4 });
    await session.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' });
    await page.evaluate(() => {
      const init = { key: 'Enter', isComposing: true, bubbles: true, composed: true };
      document.querySelector('crossglot-search')!.shadowRoot!.querySelector('input')!
        .dispatchEvent(new KeyboardEvent('keydown', init));
    });
    expect(page.url()).toContain('/ja/index.html');
    await session.send('Input.insertText', { text: 'ファイル' });
    expect(await inputOf(page).inputValue()).toBe('設定ファイル');
    await expect.poll(async () => optionsOf(page).first().textContent()).toContain('設定ファイル');
  });

  test('an Enter that WebKit reports after the composition ended does not open a row either', async () => {
    const page = await asked('設定', 'ja/index.html');
    await page.evaluate(() => {
      const input = document.querySelector('crossglot-search')!.shadowRoot!.querySelector('input')!;
      input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }));
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    });
    await page.waitForTimeout(300);
    expect(page.url()).toContain('/ja/index.html');
    expect((await situation(page)).open).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ja/configure.html*');
  });
});

describe('rows', () => {
  test('words are emphasised in text that is never taken for markup', async () => {
    const page = await visited();
    await page.evaluate(() => {
      const excerpt = 'a <img src=x onerror=alert(1)> & <b>bold</b>';
      const results = {
        hits: [{
          url: 'x.html', group: 'x', lang: 'en', dir: 'ltr', title: '<script>alert(1)</script>', titleMarks: [[1, 7]],
          sections: [{ anchor: '"><b>', heading: '', excerpt, marks: [[2, 6], [-1, 3], [40, 400]], score: 1 }],
          languages: ['en'], score: 1,
        }],
        total: 1, dropped: ['<i>'], corrected: [], tiers: ['lexical'], complete: true,
      };
      Object.assign(document.querySelector('crossglot-search')!, {
        index: { languages: [], url: '', async *searchStream() { yield results; } },
      });
    });
    await openDialog(page);
    await ask(page, 'anything');
    const list = page.locator('crossglot-search [role=listbox]');
    expect(await list.locator('img, b, i, script').count()).toBe(0);
    expect(await list.locator('.title').first().textContent()).toBe('<script>alert(1)</script>');
    expect(await list.locator('mark').allTextContents()).toEqual(['script', '<img']);
    expect(await list.locator('a').nth(1).getAttribute('href')).toMatch(/x\.html#%22%3E%3Cb%3E$/);
  });

  test('each row has its language, and a badge where it is not the reader’s', async () => {
    const page = await asked('phare');
    const title = page.locator('crossglot-search .title', { hasText: 'Le phare' });
    expect(await title.getAttribute('lang')).toBe('fr');
    expect(await page.locator('crossglot-search .badge').first().textContent()).toBe('French');
    await ask(page, 'tide');
    expect(await page.locator('crossglot-search [role=group] .badge').count()).toBe(0);
  });

  test('a page is one row with its sections below it', async () => {
    const page = await asked('printing the tide table');
    const group = page.locator('crossglot-search [role=group]').first();
    expect(await group.locator('.page').count()).toBe(1);
    expect(await group.locator('.section .title').first().textContent()).toBe('Printing a table');
  });

  test('what was corrected and what was left out is said', async () => {
    const page = await asked('databsae');
    expect(await page.locator('crossglot-search .notes').textContent()).toContain('database');
    await ask(page, 'tide xylophone');
    expect(await page.locator('crossglot-search .notes').textContent()).toContain('xylophone');
  });

  test('a plain click may be taken over by a router', async () => {
    const page = await visited();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      document.addEventListener('navigate', (event) => {
        const { url, sourceEvent } = (event as CustomEvent<{ url: string; sourceEvent: Event }>).detail;
        seen.push(sourceEvent.type, url);
        event.preventDefault();
      });
    });
    await openDialog(page);
    await ask(page, 'tide');
    await optionsOf(page).first().click();
    expect(await situation(page)).toMatchObject({ open: false });
    await openDialog(page);
    await page.keyboard.press('Enter');
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen).toEqual(['click', expect.stringMatching(/tides/), 'keydown', expect.stringMatching(/tides/)]);
    expect(page.url()).toContain('/en/index.html');
  });

  test('a click outside closes', async () => {
    const page = await asked('tide');
    await page.mouse.click(5, 5);
    expect((await situation(page)).open).toBe(false);
  });

  test('the limit attribute bounds the pages', async () => {
    const page = await visited();
    await page.evaluate(() => document.querySelector('crossglot-search')!.setAttribute('limit', '2'));
    await openDialog(page);
    await ask(page, 'harbour');
    expect(await page.locator('crossglot-search [role=group]').count()).toBe(2);
  });
});

describe('states', () => {
  test('the number of results is announced inside the dialog, and forgotten on close', async () => {
    const page = await asked('tide');
    const status = page.locator('crossglot-search [role=status]');
    await expect.poll(() => status.textContent()).toMatch(/^\d+ results?/);
    expect(await dialogOf(page).locator('[role=status]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => status.textContent()).toBe('');
  });

  test('nothing found says so and names the query', async () => {
    const page = await visited();
    await openDialog(page);
    await ask(page, 'xyzzyplugh', 'none');
    expect(await dialogOf(page).locator('.message').textContent()).toContain('xyzzyplugh');
    await expect.poll(() => page.locator('crossglot-search [role=status]').textContent()).toContain('xyzzyplugh');
    expect(await situation(page)).toMatchObject({ expanded: 'false', count: 0 });
  });

  test('a wait of more than 400 ms shows rows to come', async () => {
    const page = await visited();
    server.rule = (path) => (path.endsWith('.cgl') ? { delayMs: 5000 } : undefined);
    await openDialog(page);
    await inputOf(page).fill('tide');
    await dialogOf(page).locator('.skeleton').waitFor();
    expect(await page.locator('crossglot-search [role=listbox]').getAttribute('aria-busy')).toBe('true');
    await optionsOf(page).first().waitFor();
    expect(await dialogOf(page).locator('.skeleton').count()).toBe(0);
    expect(await page.locator('crossglot-search [role=listbox]').getAttribute('aria-busy')).toBe(null);
  });

  test('a failure can be tried again', async () => {
    const page = await visited();
    server.rule = (path) => (path.endsWith('.cgl') ? { status: 503 } : undefined);
    await openDialog(page);
    await ask(page, 'tide', 'failed');
    server.rule = () => undefined;
    await page.locator('crossglot-search .retry').click();
    await optionsOf(page).first().waitFor();
    expect((await situation(page)).focus).toBe('input');
  });

  test('clearing goes back to the start', async () => {
    const page = await asked('tide');
    await page.locator('crossglot-search .clear').click();
    expect(await dialogOf(page).getAttribute('data-state')).toBe('start');
    expect(await dialogOf(page).locator('.languages li').allTextContents())
      .toEqual(expect.arrayContaining(['English', 'Français', '日本語', 'العربية']));
    expect((await situation(page)).focus).toBe('input');
  });

  test('the last query wins, whatever order the answers come in', async () => {
    const page = await asked('harbour');
    for (const query of ['tide', 'config', 'tide', 'repair']) await inputOf(page).fill(query);
    await expect.poll(() => optionsOf(page).first().textContent()).toContain('Repairing');
    await page.waitForTimeout(300);
    expect(await optionsOf(page).first().textContent()).toContain('Repairing');
  });
});

describe('languages of the page', () => {
  test('an Arabic page has a mirrored dialog with Arabic words', async () => {
    const page = await asked('إعدادات', 'ar/index.html');
    const dialog = dialogOf(page);
    expect(await dialog.getAttribute('dir')).toBe('rtl');
    expect(await inputOf(page).getAttribute('placeholder')).toBe('ابحث في الوثائق');
    expect(await dialog.locator('.title').first().textContent()).toBe('ملف الإعدادات');
    const box = async (selector: string) => (await dialog.locator(selector).first().boundingBox())!;
    expect((await box('.field > .icon')).x).toBeGreaterThan((await box('.close')).x);
    expect((await box('.page .kind')).x).toBeGreaterThan((await box('.page .title')).x);
  });

  test.each([['fr', 'Rechercher', 'marées'], ['ja', '検索', '潮汐']])(
    'a page in %s has a button "%s" and answers in its language', async (lang, word, query) => {
      const page = await asked(query, `${lang}/index.html`);
      expect(await page.locator('crossglot-search [part=label]').textContent()).toBe(word);
      expect(await page.locator('crossglot-search .title').first().getAttribute('lang')).toBe(lang);
    });
});

describe('life in a page', () => {
  test('an element that leaves takes its listeners and its dialog with it', async () => {
    const page = await asked('tide');
    await page.evaluate(() => {
      const element = document.querySelector('crossglot-search')!;
      element.remove();
      Object.assign(globalThis, { element });
    });
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(200);
    const left = await page.evaluate(() =>
      (globalThis as unknown as { element: HTMLElement }).element.shadowRoot!.querySelectorAll('dialog').length);
    expect(left).toBe(0);
  });

  test('one that comes back, as soft navigations do, works again with the same worker', async () => {
    const page = await asked('tide');
    const workers = page.workers().length;
    await page.evaluate(() => {
      const element = document.querySelector('crossglot-search')!;
      element.replaceWith(document.createElement('crossglot-search'));
    });
    await openDialog(page);
    await ask(page, 'config');
    expect(page.workers().length).toBe(workers);
  });

  test('of several elements on a page one answers to the keys', async () => {
    const page = await visited();
    await page.evaluate(() => document.body.append(document.createElement('crossglot-search')));
    await openDialog(page);
    const open = await page.evaluate(() => [...document.querySelectorAll('crossglot-search')]
      .filter((element) => element.shadowRoot!.querySelector('dialog')?.open).length);
    expect(open).toBe(1);
  });

  test('the theme follows the page, and the attribute overrules it', async () => {
    const page = await browser.page({ colorScheme: 'dark' });
    await visit(page, `${server.url}en/index.html`);
    const scheme = async () => {
      await openDialog(page);
      const seen = await dialogOf(page).evaluate((dialog) =>
        [(dialog as HTMLElement).dataset['scheme'], getComputedStyle(dialog).colorScheme]);
      await page.keyboard.press('Escape');
      return seen;
    };
    expect(await scheme()).toEqual(['dark', 'dark']);
    await page.evaluate(() => { document.documentElement.dataset['theme'] = 'light'; });
    expect(await scheme()).toEqual(['light', 'light']);
    await page.evaluate(() => document.querySelector('crossglot-search')!.setAttribute('theme', 'dark'));
    expect(await scheme()).toEqual(['dark', 'dark']);
  });
});
