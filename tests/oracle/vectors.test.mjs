// Both readers see the same vectors, in a list alone and in files of their own. VECTOR_DUMP names vector_dump.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { dumpVectors, readVectorList } from './vectors.mjs';

const core = process.env.VECTOR_DUMP;
const work = mkdtempSync(join(tmpdir(), 'crossglot-vectors-'));
after(() => rmSync(work, { recursive: true }));

function make(pages) {
  const folder = join(work, String(pages));
  execFileSync(core, ['--make', folder, String(pages)]);
  return folder;
}

for (const pages of [3, 400]) {
  test(`both readers see the same vectors in a bundle of ${pages} pages`, () => {
    const folder = make(pages);
    const lines = [...dumpVectors(folder)].map((line) => `${line}\n`).join('');
    assert.equal(lines, execFileSync(core, [folder], { encoding: 'utf8', maxBuffer: 1 << 28 }));
    assert.match(lines, /\nexception 0 0,-1,1\n/);
    assert.match(lines, /\nshard de 0\n/);
    assert.equal(lines.includes('\nshard  512\n'), pages === 400);
  });
}

test('the reader written from the document rejects a list cut off anywhere', () => {
  const folder = make(2);
  const name = readdirSync(folder).find((file) => file.endsWith('.cgv'));
  const bytes = gunzipSync(readFileSync(join(folder, name)));
  readVectorList(bytes);
  for (let size = 0; size < bytes.length; size += 7) assert.throws(() => readVectorList(bytes.subarray(0, size)));
});
