// The search box of a page, as a reader uses it: keys in, rows out.

const SETTLED_MS = 15_000;

/** Opens the dialog with the keyboard and waits until its input has the focus. */
export async function openBox(page) {
  await page.keyboard.press('Control+k');
  await page.waitForFunction(() => {
    const root = document.querySelector('crossglot-search')?.shadowRoot;
    const dialog = root?.querySelector('dialog');
    return dialog?.open === true && root.activeElement === dialog.querySelector('input');
  }, undefined, { timeout: SETTLED_MS });
}

/** Types a query in place of the last and waits for its last answer; the dialog's state: results, none, failed. */
export async function ask(page, query) {
  await page.locator('crossglot-search dialog input').fill(query);
  await page.waitForFunction((asked) => {
    const dialog = document.querySelector('crossglot-search').shadowRoot.querySelector('dialog');
    return dialog.dataset.query === asked && ['results', 'none', 'failed'].includes(dialog.dataset.state);
  }, query.trim(), { timeout: SETTLED_MS });
  return page.locator('crossglot-search dialog').getAttribute('data-state');
}

/** The pages of the first `count` rows, as paths of the site. A row is a page with its sections. */
export async function rows(page, count) {
  const paths = await page.locator('crossglot-search dialog [role=listbox] [role=group]').evaluateAll((groups) =>
    groups.map((group) => new URL(group.querySelector('a').href).pathname));
  return paths.slice(0, count).map(decodeURI);
}
