// Pagefind in its own habitat: its binary indexes HTML, its published client answers in Chromium. Defaults throughout.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { launch, withPage } from '../lib/browsers.mjs';
import { kRepository } from '../lib/corpus.mjs';
import { Server } from '../lib/server.mjs';

export const kPagefindCommand = path.join(kRepository, 'tests/bench/node_modules/.bin/pagefind');

export function pagefindIndex(site, out) {
  fs.rmSync(out, { recursive: true, force: true });
  const run = spawnSync(kPagefindCommand, ['--site', site, '--output-path', out, '--silent'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`pagefind: ${run.stderr}`);
}

// The page of a result's address, as the documents name it.
export const groupOf = (url) => url.replace(/^\/?[^/]+\//, '');

// Calls `use(page, origin)` on a blank page in `lang` that can import /pagefind/pagefind.js.
export async function withPagefind({ bundle, lang, latency_ms = 0 }, use) {
  const server = new Server({
    mounts: { '/pagefind/': bundle },
    pages: { '/': `<!doctype html><html lang="${lang}"><title>Pagefind</title><body></body></html>` },
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

export const pagefind = {
  name: 'Pagefind 1.6',
  async rank({ site, lang, queries, limit, scratch }) {
    const bundle = path.join(scratch, 'pagefind');
    pagefindIndex(site, bundle);
    return withPagefind({ bundle, lang }, async (page) => {
      const urls = await page.evaluate(async ({ queries, limit }) => {
        const engine = await import('/pagefind/pagefind.js');
        await engine.init();
        const answers = [];
        for (const query of queries) {
          const { results } = await engine.search(query);
          const rows = await Promise.all(results.slice(0, limit).map((result) => result.data()));
          answers.push(rows.map((row) => row.url));
        }
        return answers;
      }, { queries, limit });
      return urls.map((row) => row.map(groupOf));
    });
  },
};
