import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { crossglot, start, temporaryFolder } from './helper.mjs';

const folder = temporaryFolder();
const site = join(folder, 'site');
const hashed = '0123456789abcdef.cgt';
let server;
let base;

before(async () => {
  mkdirSync(join(site, 'docs/été'), { recursive: true });
  writeFileSync(join(site, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(site, 'docs/index.html'), '<h1>docs</h1>');
  writeFileSync(join(site, 'docs/été/a b.html'), 'accent');
  writeFileSync(join(site, 'manifest.json'), '{}');
  writeFileSync(join(site, hashed), Buffer.from([0x1f, 0x8b, 8, 0]));
  writeFileSync(join(site, 'core.wasm'), Buffer.from([0, 97, 115, 109]));
  writeFileSync(join(site, 'ui.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'));
  server = start('serve', site, '--port', '0');
  base = await new Promise((resolve, reject) => {
    server.stdout.on('data', (data) => resolve(/http:\/\/[^\s]+/.exec(String(data))[0]));
    server.on('exit', () => reject(new Error('the server ended')));
  });
});
after(() => server.kill());

/** The status line's number of a request that is sent exactly as given: fetch() would tidy the path up. */
function rawStatus(path) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`));
    socket.on('data', (data) => {
      socket.destroy();
      resolve(Number(String(data).split(' ')[1]));
    });
    socket.on('close', () => resolve(0));
    socket.on('error', reject);
  });
}

test('files have their types, and what the page inflates itself has no Content-Encoding', async () => {
  const types = {
    '': 'text/html; charset=utf-8',
    'ui.js': 'text/javascript; charset=utf-8',
    'core.wasm': 'application/wasm',
    'manifest.json': 'application/json',
    [hashed]: 'application/octet-stream',
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await fetch(base + path);
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('content-type'), type, path);
  }
  assert.equal((await fetch(base + hashed)).headers.get('content-encoding'), null);
});

test('the manifest and pages are asked for again, hashed files are kept', async () => {
  const cache = async (path) => (await fetch(base + path)).headers.get('cache-control');
  assert.equal(await cache('manifest.json'), 'no-cache');
  assert.equal(await cache(''), 'no-cache');
  assert.match(await cache(hashed), /immutable/);
});

test('an unchanged file is answered with 304', async () => {
  const tag = (await fetch(`${base}manifest.json`)).headers.get('etag');
  const again = await fetch(`${base}manifest.json`, { headers: { 'If-None-Match': tag } });
  assert.equal(again.status, 304);
  writeFileSync(join(site, 'manifest.json'), '{"changed":1}');
  const changed = await fetch(`${base}manifest.json`, { headers: { 'If-None-Match': tag } });
  assert.equal(changed.status, 200);
});

test('a folder answers with its index.html, and without its slash sends there', async () => {
  assert.equal(await (await fetch(`${base}docs/`)).text(), '<h1>docs</h1>');
  const response = await fetch(`${base}docs`);
  assert.equal(response.url, `${base}docs/`);
  assert.equal((await fetch(`${base}docs/été/`)).status, 404);
});

test('names with spaces and accents are found', async () => {
  assert.equal(await (await fetch(`${base}docs/${encodeURIComponent('été')}/a%20b.html`)).text(), 'accent');
});

test('nothing outside of the folder is served, however it is spelled', async () => {
  for (const path of [
    '/../secret.txt',
    '/docs/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/docs/%2e%2e%2f%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/link.txt',
    '/index.html%00.txt',
  ]) {
    const status = await rawStatus(path);
    assert.ok(status === 404 || status === 400, `${path} answered ${status}`);
  }
});

test('what is not there is 404', async () => {
  assert.equal((await fetch(`${base}absent.html`)).status, 404);
});

test('only this machine is listened to', async (context) => {
  assert.equal(new URL(base).hostname, '127.0.0.1');
  const outside = Object.values(networkInterfaces()).flat().find((entry) => !entry.internal && entry.family === 'IPv4');
  if (outside === undefined) return context.skip('this machine has no other address');
  await assert.rejects(fetch(base.replace('127.0.0.1', outside.address)));
});

test('a taken port and a folder that is not there are errors', () => {
  const taken = crossglot('serve', site, '--port', new URL(base).port);
  assert.equal(taken.code, 2);
  assert.match(taken.err, /cannot listen/);
  assert.equal(crossglot('serve', join(folder, 'absent')).code, 2);
  assert.equal(crossglot('serve', join(site, 'index.html')).code, 2);
});
