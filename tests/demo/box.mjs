// The search box of a page, as a reader uses it: keys in, rows out.

const SETTLED_MS = 30_000;
/** The model is 20 MB, and its layers are made ready on a thread of the browser's. */
const MEANING_MS = 120_000;
/** A reader who sees no change looks again after so long. */
const PATIENCE_MS = 20_000;
/** Rows that stay as they are for so long are the last ones. */
const STABLE_MS = 200;

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

const hasMeaning = (page) => page.locator('crossglot-search dialog').evaluate(({ dataset }) =>
  /\bdense\b/.test(dataset.tiers));

/**
 * Asks by words until meaning takes part: a page that was open when its index got vectors looks for them when its
 * dialog is opened again, and then has a model to load.
 */
export async function untilMeaning(page, query) {
  for (const end = Date.now() + MEANING_MS; Date.now() < end;) {
    await page.keyboard.press('Escape');
    await openBox(page);
    // The same query again would not be asked.
    await page.locator('crossglot-search dialog input').fill('');
    await ask(page, query);
    for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience;) {
      if (await hasMeaning(page)) return true;
      await page.waitForTimeout(STABLE_MS);
    }
  }
  return false;
}

/** The same as ask(), and waits for the answer by meaning, and for what follows its first rows. */
export async function askByMeaning(page, query) {
  await ask(page, query);
  await page.waitForFunction((asked) => {
    const { dataset } = document.querySelector('crossglot-search').shadowRoot.querySelector('dialog');
    return dataset.query === asked && /\bdense\b/.test(dataset.tiers);
  }, query.trim(), { timeout: SETTLED_MS });
  for (let last = ''; ;) {
    const now = (await rows(page, Infinity)).join('\n');
    if (now === last) return;
    last = now;
    await page.waitForTimeout(STABLE_MS);
  }
}

/** The pages of the first `count` rows, as paths of the site. A row is a page with its sections. */
export async function rows(page, count) {
  const paths = await page.locator('crossglot-search dialog [role=listbox] [role=group]').evaluateAll((groups) =>
    groups.map((group) => new URL(group.querySelector('a').href).pathname));
  return paths.slice(0, count).map(decodeURI);
}
