// The committed Unicode tables are what the recipe makes of the Unicode data they name.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

const ucd = '/usr/share/unicode';
const core = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../core/text');
const version = (text, pattern) => pattern.exec(text)?.[1];

for (const [recipe, name] of [['generate_tables.mjs', 'unicode_tables.cpp'],
  ['generate_tokenizer_tables.mjs', 'tokenizer_tables.cpp']]) {
  test(`${recipe} makes the committed ${name}`, (t) => {
    if (!existsSync(join(ucd, 'Scripts.txt'))) return t.skip('unicode-data is not installed');
    const committed = readFileSync(join(core, name), 'utf8');
    const installed = version(readFileSync(join(ucd, 'Scripts.txt'), 'utf8'), /Scripts-([\d.]+)\.txt/);
    if (installed !== version(committed, /Database ([\d.]+);/)) return t.skip(`unicode-data is ${installed}`);
    const folder = mkdtempSync(join(tmpdir(), 'crossglot-tables-'));
    try {
      const out = join(folder, name);
      execFileSync(process.execPath, [join(core, recipe), '--out', out]);
      assert.equal(readFileSync(out, 'utf8'), committed);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
