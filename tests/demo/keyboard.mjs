// Ctrl-K, arrows, Enter and Escape in the search box of a page.
import { ask, openBox } from './box.mjs';

const state = (page) => page.evaluate(() => {
  const host = document.querySelector('crossglot-search');
  const root = host.shadowRoot;
  const dialog = root.querySelector('dialog');
  const options = [...dialog.querySelectorAll('[role=option]')];
  const active = dialog.querySelector('input').getAttribute('aria-activedescendant');
  return {
    open: dialog.open,
    focus: root.activeElement?.localName ?? '',
    active: options.findIndex((option) => option.id === active),
    selected: options.findIndex((option) => option.getAttribute('aria-selected') === 'true'),
    count: options.length,
    hrefs: options.map((option) => option.href),
  };
});

/** The state once `holds` accepts it, or the last one seen after two seconds. */
async function settled(page, holds) {
  const until = performance.now() + 2000;
  for (;;) {
    const seen = await state(page).catch(() => ({ open: false, count: 0 }));
    if (holds(seen) || performance.now() > until) return seen;
    await page.waitForTimeout(20);
  }
}

/** [what, whether it holds, what was seen] of each rule. */
export async function checkKeyboard(page, query = 'a') {
  const results = [];
  const press = async (key, what, holds) => {
    await page.keyboard.press(key);
    const { hrefs, ...seen } = await settled(page, holds);
    if (what !== '') results.push([what, holds(seen), holds(seen) ? 'yes' : JSON.stringify(seen)]);
    return hrefs;
  };
  const isOpen = (seen) => seen.open && seen.focus === 'input';

  await press('Control+k', 'Ctrl-K opens the dialog, focus in its input', isOpen);
  await ask(page, query);
  await press('Shift', 'no row is active before an arrow key', (seen) => seen.count > 1 && seen.active === -1);
  await press('ArrowDown', 'ArrowDown goes to the first row', (seen) => seen.active === 0 && seen.selected === 0);
  await press('ArrowDown', 'ArrowDown goes on', (seen) => seen.active === 1 && seen.selected === 1);
  await press('ArrowUp', '', (seen) => seen.active === 0);
  await press('ArrowUp', 'ArrowUp goes around the end', (seen) => seen.active === seen.count - 1);
  await press('Escape', 'Escape closes, focus on the button', (seen) => !seen.open && seen.focus === 'button');
  await press('Control+k', '', isOpen);
  await press('Control+k', 'Ctrl-K closes the open dialog', (seen) => !seen.open);

  await openBox(page);
  await ask(page, query);
  await press('ArrowDown', '', (seen) => seen.active === 0);
  const [, second] = await press('ArrowDown', '', (seen) => seen.active === 1);
  await page.keyboard.press('Enter');
  await page.waitForURL(second, { timeout: 10_000 }).catch(() => undefined);
  results.push(['Enter opens the active row', page.url() === second, page.url() === second ? 'yes' : page.url()]);
  return results;
}
