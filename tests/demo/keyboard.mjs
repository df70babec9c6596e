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

/** [what, whether it holds, what was seen] of each rule. The page's language needs no query of its own: "apt". */
export async function checkKeyboard(page, query = 'a') {
  const results = [];
  const add = (what, passed, seen) => results.push([what, passed, passed ? 'yes' : JSON.stringify(seen)]);

  await page.keyboard.press('Control+k');
  await page.waitForTimeout(500);
  const opened = await state(page).catch(() => ({ open: false }));
  add('Ctrl-K opens the dialog, focus in its input', opened.open && opened.focus === 'input', opened);
  await ask(page, query);
  const fresh = await state(page);
  add('no row is active before an arrow key', fresh.count > 1 && fresh.active === -1, fresh);
  await page.keyboard.press('ArrowDown');
  const first = await state(page);
  add('ArrowDown goes to the first row', first.active === 0 && first.selected === 0, first);
  await page.keyboard.press('ArrowDown');
  const second = await state(page);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const last = await state(page);
  add('ArrowDown and ArrowUp move, and go around the ends', second.active === 1 && last.active === last.count - 1, last);

  await page.keyboard.press('Escape');
  const closed = await state(page);
  add('Escape closes the dialog and the focus returns', !closed.open && closed.focus === 'button', closed);
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(200);
  await page.keyboard.press('Control+k');
  const toggled = await state(page);
  add('Ctrl-K closes the open dialog', !toggled.open, toggled);

  await openBox(page);
  await ask(page, query);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const chosen = await state(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(chosen.hrefs[1], { timeout: 10_000 }).catch(() => undefined);
  add('Enter opens the active row', page.url() === chosen.hrefs[1], [page.url(), chosen.hrefs[1]]);
  return results;
}
