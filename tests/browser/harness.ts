/**
 * What the browser suites share: sites indexed by the packed command, a server whose answers a test can spoil, and
 * one Chromium. Nothing here leaves this machine.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossglot-browser-'));
  folders.push(folder);
  return folder;
}

/** Indexes the HTML below `folder` with the packed command: `folder`/crossglot is there afterwards. */
export function index(folder: string, ...options: readonly string[]): void {
  const cli = here('../../web/dist/cli.js');
  if (!existsSync(cli)) throw new Error('web/dist is not built');
  execFileSync(process.execPath, [cli, '--site', folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A copy of tests/browser/site, indexed. */
export function indexedSite(): string {
  const folder = temporaryFolder();
  cpSync(here('site'), folder, { recursive: true });
  index(folder);
  addPages(folder);
  return folder;
}

/** Lays the pages of tests/browser/pages into a site. */
export function addPages(folder: string): void {
  cpSync(here('pages'), folder, { recursive: true });
}

/** What a rule may do to a request: answer it with a status, change its bytes, or hold it back. */
export interface Spoil {
  readonly status?: number;
  readonly bytes?: (bytes: Buffer) => Buffer;
  readonly delayMs?: number;
  /** Cut the connection: before the answer, or in its middle. */
  readonly cut?: boolean | 'middle';
}

export interface Server {
  /** Address of the site's root, with a slash at its end. */
  readonly url: string;
  /** Paths asked for, relative to the root. */
  readonly requests: string[];
  folder: string;
  rule: (path: string) => Spoil | undefined;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.json': 'application/json', '.wasm': 'application/wasm',
};

/** Serves `folder` below `prefix`, with further headers on every answer. */
export async function serve(
  folder: string, { prefix = '/', headers = {} }: { prefix?: string; headers?: Record<string, string> } = {},
): Promise<Server> {
  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: Server = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}${prefix}`,
    requests: [],
    folder,
    rule: () => undefined,
    close: () => new Promise((resolve) => {
      http.close(() => resolve());
      http.closeAllConnections();
    }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', server.url);
    const path = decodeURIComponent(pathname.slice(prefix.length));
    const file = join(server.folder, path.endsWith('/') || path === '' ? `${path}index.html` : path);
    if (path === 'favicon.ico') return void response.writeHead(204).end();
    server.requests.push(path);
    const spoil = server.rule(path);
    if (spoil?.delayMs) await new Promise((resolve) => setTimeout(resolve, spoil.delayMs));
    if (spoil?.cut === true) return void request.socket.destroy();
    const found = pathname.startsWith(prefix) && existsSync(file) && statSync(file).isFile();
    const status = spoil?.status ?? (found ? 200 : 404);
    if (status !== 200) return void response.writeHead(status).end();
    const bytes = readFileSync(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const caching = file.endsWith('manifest.json') ? 'no-cache' : 'max-age=600';
    const all = { 'content-type': type, 'cache-control': caching, ...headers };
    if (spoil?.cut) {
      response.writeHead(200, { ...all, 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1), () => setTimeout(() => request.socket.destroy(), 50));
      return;
    }
    response.writeHead(200, all);
    response.end(spoil?.bytes ? spoil.bytes(bytes) : bytes);
  }
  return server;
}

const CHROMIUM = process.env['CROSSGLOT_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
  // An origin that is not secure, unlike 127.0.0.1.
  '--host-resolver-rules=MAP plain.test 127.0.0.1',
];

/** One Chromium for the tests of a file; each page has a context, and so a cache, of its own, as long as its test. */
export function useBrowser(): { page(options?: BrowserContextOptions): Promise<Page> } {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return {
    async page(options) {
      const context = await browser!.newContext({ locale: 'en-US', ...options });
      contexts.push(context);
      return context.newPage();
    },
  };
}
