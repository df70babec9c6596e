// The reader written from FORMAT.md and the core's readers see the same bundle. CORE_DUMP names core_dump.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readList } from './bundle.mjs';
import { dump, lookup } from './dump.mjs';

const core = process.env.CORE_DUMP;
const golden = join(import.meta.dirname, '..', 'golden');
const work = mkdtempSync(join(tmpdir(), 'crossglot-oracle-'));
after(() => rmSync(work, { recursive: true }));

const coreDump = (folder) => execFileSync(core, [folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
const oracleDump = (folder) => [...dump(folder)].map((line) => `${line}\n`).join('');

test('both readers see the same in every golden bundle', () => {
  const sites = readdirSync(golden, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(sites.length > 0);
  for (const site of sites) {
    const folder = join(golden, site.name, 'bundle');
    const lines = oracleDump(folder);
    assert.ok(lines.includes('\nposting '), site.name);
    assert.equal(lines, coreDump(folder), site.name);
  }
});

test('both readers see the same in a bundle of many files', () => {
  const folder = join(work, 'large');
  execFileSync(core, ['--make', folder]);
  assert.ok(readdirSync(folder).length > 20);
  const lines = oracleDump(folder);
  assert.equal(lines, coreDump(folder));
  for (const kind of ['common', 'tail']) assert.ok(lines.includes(`\n${kind} `), kind);
  const found = lookup(folder, '東京');
  assert.equal(found.length, 2 * 90 * 12);
  assert.ok(found.some(({ anchor }) => anchor === 'p11'));
});

test('a word is looked up from the document alone', () => {
  const found = lookup(join(golden, 'sections', 'bundle'), 'kettle');
  assert.deepEqual(found, [{ url: '/en/tea/', anchor: '' }, { url: '/en/tea/', anchor: 'boil' }]);
});

test('the second reader refuses files of another hash and lists of another version', () => {
  const folder = join(work, 'damaged');
  cpSync(join(golden, 'sections', 'bundle'), folder, { recursive: true });
  const name = readdirSync(folder).find((file) => file.endsWith('.cgl'));
  const content = gunzipSync(readFileSync(join(folder, name)));
  assert.throws(() => readList(content.subarray(0, content.length - 1)), /cut off/);
  content[4] = 2;
  assert.throws(() => readList(content), /too new/);
  writeFileSync(join(folder, name), gzipSync(content));
  assert.throws(() => oracleDump(folder), /not its hash/);
});
