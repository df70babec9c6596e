// Crossglot as readers meet it: the packed runtime in Chromium, through open() and search().
import fs from 'node:fs';
import path from 'node:path';

import { launch, withPage } from '../lib/browsers.mjs';
import { kRepository } from '../lib/corpus.mjs';
import { Server } from '../lib/server.mjs';
import { crossglotIndex } from './crossglot.mjs';
import { groupOf } from './pagefind.mjs';

export const kRuntime = process.env.CROSSGLOT_RUNTIME ?? path.join(kRepository, 'web/dist/runtime');

export function requireRuntime() {
  if (!fs.existsSync(path.join(kRuntime, 'worker.js'))) {
    throw new Error(`no runtime in ${kRuntime}: build it (./dev npx), or name its folder in CROSSGLOT_RUNTIME`);
  }
}

// Calls `use(page, server)` on a blank page in `lang` on which /crossglot/ is the bundle with its runtime.
export async function withCrossglot({ bundle, lang, latency_ms = 0, html = null }, use) {
  requireRuntime();
  const server = new Server({
    mounts: { '/crossglot/': [bundle, kRuntime] },
    pages: { '/': html ?? `<!doctype html><html lang="${lang}"><title>Crossglot</title><body></body></html>` },
    latency_ms,
  });
  const origin = await server.start();
  const browser = await launch();
  try {
    return await withPage(browser, async (page) => {
      await page.goto(origin);
      return use(page, server);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

export const crossglotBrowser = {
  name: 'Crossglot',
  // [{ pages, corrected }] for each query: groups best first, and the spellings that were changed.
  async answer({ file, bundle = null, lang, queries, limit, scratch }) {
    const index = bundle ?? path.join(scratch, 'crossglot');
    if (bundle === null) crossglotIndex(file, index);
    return withCrossglot({ bundle: index, lang }, async (page) => {
      const answers = await page.evaluate(async ({ queries, limit, lang }) => {
        const { open } = await import('/crossglot/index.js');
        const index = await open('/crossglot/', { lang });
        const found = [];
        for (const query of queries) {
          const { hits, corrected } = await index.search(query, { limit, lang });
          found.push({ urls: hits.map((hit) => hit.url), corrected });
        }
        return found;
      }, { queries, limit, lang });
      return answers.map(({ urls, corrected }) => ({ pages: urls.map(groupOf), corrected }));
    });
  },
  async rank(given) {
    return (await this.answer(given)).map((answer) => answer.pages);
  },
};
