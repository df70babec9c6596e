// The committed Unicode tables are what the recipe makes of the Unicode data they name.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

const ucd = '/usr/share/unicode';
const core = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../core/text');
const committed = join(core, 'unicode_tables.cpp');
const version = (text, pattern) => pattern.exec(text)?.[1];

test('the generated tables equal the committed ones', (t) => {
  if (!existsSync(join(ucd, 'Scripts.txt'))) return t.skip('unicode-data is not installed');
  const before = readFileSync(committed, 'utf8');
  const installed = version(readFileSync(join(ucd, 'Scripts.txt'), 'utf8'), /Scripts-([\d.]+)\.txt/);
  if (installed !== version(before, /Database ([\d.]+);/)) return t.skip(`unicode-data is ${installed}`);
  const folder = mkdtempSync(join(tmpdir(), 'crossglot-tables-'));
  try {
    const out = join(folder, 'unicode_tables.cpp');
    execFileSync(process.execPath, [join(core, 'generate_tables.mjs'), '--out', out]);
    assert.equal(readFileSync(out, 'utf8'), before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
