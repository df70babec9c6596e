import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type * as Api from '../../web/client/index.js';
import { ask, openDialog, optionsOf, visit } from './dialog.js';
import { indexedSite, serve, type Server, useBrowser } from './harness.js';

const browser = useBrowser();
let folder: string;
let server: Server | undefined;
beforeAll(() => { folder = indexedSite(); });
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('where a site may live', () => {
  test.each(['/', '/repo/', '/a/b/'])('below %s rows lead to pages of the site', async (prefix) => {
    server = await serve(folder, { prefix });
    const page = await browser.page();
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'tide');
    expect(await optionsOf(page).first().getAttribute('href')).toBe(`${server.url}en/tides.html`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}en/tides.html`);
    expect(await page.title()).toBe('Tide tables');
  });

  test('a host that declares the files’ gzip as its own encoding', async () => {
    server = await serve(folder);
    const page = await browser.page();
    await page.route(/\.cg[lt]$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-encoding': 'gzip' } });
    });
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'tide');
  });

  test('a host that does not know wasm', async () => {
    server = await serve(folder);
    const page = await browser.page();
    await page.route(/\.wasm/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, contentType: 'application/octet-stream' });
    });
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'tide');
  });
});

describe('policies', () => {
  const strict = "default-src 'self'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'";

  test('the strictest policy that allows wasm is not violated, in any state', async () => {
    const policy = `${strict}; script-src 'self' 'wasm-unsafe-eval'`;
    server = await serve(folder, { headers: { 'content-security-policy': policy } });
    const page = await browser.page();
    const complaints: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`${event.violatedDirective} ${event.blockedURI}`);
    }));
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'tide');
    await ask(page, 'xyzzyplugh', 'none');
    expect(complaints).toEqual([]);
  });

  test('a policy that names our Trusted Types policy lets one script make it, or several where it says so', async () => {
    const opened: string[] = [];
    for (const types of ['crossglot', "crossglot 'allow-duplicates'"]) {
      const policy = `${strict}; script-src 'self' 'wasm-unsafe-eval'; trusted-types ${types}`;
      server = await serve(folder, { headers: { 'content-security-policy': policy } });
      const page = await browser.page();
      await page.goto(`${server.url}engine.html`);
      await page.waitForFunction(() => 'api' in globalThis);
      opened.push(await page.evaluate(() => {
        (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } })
          .trustedTypes.createPolicy('crossglot', {});
        const { api } = globalThis as unknown as { api: typeof Api };
        return api.open('/crossglot/').then(() => 'opened', (error: unknown) =>
          (error instanceof api.SearchError ? error.code : String(error)));
      }));
      await server.close();
    }
    expect(opened).toEqual(['unsupported', 'opened']);
  });

  test('a policy that forbids wasm ends in a clear failure', async () => {
    server = await serve(folder, { headers: { 'content-security-policy': `${strict}; script-src 'self'` } });
    const page = await browser.page();
    await visit(page, `${server.url}en/index.html`);
    await openDialog(page);
    await ask(page, 'tide', 'failed');
    const detail = await page.locator('crossglot-search .detail').textContent();
    expect(detail).toMatch(/crossglot\.wasm: .*Content Security Policy/i);
  });
});

test('no request leaves the origin, and none carries the query', async () => {
  server = await serve(folder);
  const page = await browser.page();
  const requests: string[] = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await visit(page, `${server.url}en/index.html`);
  await openDialog(page);
  await ask(page, 'harbour');
  await ask(page, 'phare');
  expect(requests.length).toBeGreaterThan(5);
  expect(requests.filter((url) => !url.startsWith(server!.url))).toEqual([]);
  expect(requests.filter((url) => url.includes('phare'))).toEqual([]);
});

test.each([['ui.js', 4], ['panel.js', 20], ['worker.js', 8], ['index.js', 4]])(
  '%s is at most %d KB gzipped', (name, kilobytes) => {
    const size = gzipSync(readFileSync(`${folder}/crossglot/${name}`), { level: 9 }).length;
    expect(size).toBeLessThanOrEqual(kilobytes * 1024);
  });
