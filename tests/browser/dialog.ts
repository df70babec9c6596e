/** The search box of a page as a reader meets it. */
import type { Locator, Page } from 'playwright-core';

export const dialogOf = (page: Page): Locator => page.locator('crossglot-search dialog');
export const inputOf = (page: Page): Locator => page.locator('crossglot-search input');
export const optionsOf = (page: Page): Locator => page.locator('crossglot-search [role=option]');

/** Goes to a page of the site and waits until the element is there. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => customElements.get('crossglot-search') !== undefined);
}

export async function openDialog(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.waitForFunction(() => document.querySelector('crossglot-search')?.shadowRoot?.activeElement
    ?.localName === 'input');
}

/** Types `query` and waits until its answer stands, which is of the kind `state`. */
export async function ask(page: Page, query: string, state = 'results'): Promise<void> {
  await inputOf(page).fill(query);
  await page.waitForFunction(([query, state]) => {
    const dialog = document.querySelector('crossglot-search')!.shadowRoot!.querySelector('dialog')!;
    return dialog.dataset['state'] === state && dialog.dataset['query'] === query;
  }, [query, state] as const);
}

/** What the keyboard and a screen reader are told about. */
export function situation(page: Page) {
  return page.evaluate(() => {
    const root = document.querySelector('crossglot-search')!.shadowRoot!;
    const input = root.querySelector('input');
    const options = [...root.querySelectorAll('[role=option]')];
    const selected = (option: Element) => option.getAttribute('aria-selected') === 'true';
    const activeId = input?.getAttribute('aria-activedescendant');
    return {
      open: root.querySelector('dialog')?.open ?? false,
      focus: root.activeElement?.localName ?? document.activeElement?.localName,
      expanded: input?.getAttribute('aria-expanded'),
      active: activeId ? options.findIndex(({ id }) => id === activeId) : -1,
      selected: options.flatMap((option, number) => (selected(option) ? [number] : [])),
      count: options.length,
    };
  });
}
