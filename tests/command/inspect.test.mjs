import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { crossglot, manyPages, pages, smallBundle, temporaryFolder, writeDocuments } from './helper.mjs';

const folder = temporaryFolder();
const small = smallBundle(folder, 'small');
const large = join(folder, 'large');
const documents = writeDocuments(folder, 'large.jsonl', [...pages, ...manyPages(1500)]);
assert.equal(crossglot('index', '--documents', documents, '--out', large).code, 0);

function copy(bundle, name) {
  const out = join(folder, name);
  rmSync(out, { recursive: true, force: true });
  cpSync(bundle, out, { recursive: true });
  return out;
}

test('the counts and sizes are those of the folder', () => {
  const { code, out } = crossglot('inspect', large, '--json');
  assert.equal(code, 0);
  const report = JSON.parse(out);
  const names = readdirSync(large);
  assert.equal(report.files, names.length);
  const sizes = names.filter((name) => name !== 'manifest.json').map((name) => statSync(join(large, name)).size);
  assert.equal(report.bytes, sizes.reduce((sum, size) => sum + size, 0));
  assert.equal(report.largestFile, Math.max(...sizes));
  assert.deepEqual(report.languages.map(({ lang, pages: count }) => [lang, count]), [['en', 1503], ['fr', 3]]);
  assert.equal(report.groups, 1503);
  assert.ok(report.kinds.terms.raw > 0 && report.kinds.pages.stored > 0);
});

test('a small site is its manifest and one file a language', () => {
  const report = JSON.parse(crossglot('inspect', small, '--json').out);
  assert.equal(report.files, 3);
});

test('text for people names the languages', () => {
  const { code, out } = crossglot('inspect', small);
  assert.equal(code, 0);
  assert.match(out, /^en\b/m);
  assert.match(out, /^fr\b/m);
  assert.match(out, /all files are whole/);
});

for (const [kind, bundle] of [['small', small], ['large', large]]) {
  const names = readdirSync(bundle).filter((name) => name !== 'manifest.json');

  test(`a flipped bit anywhere in a file of a ${kind} bundle is found and the file named`, () => {
    const broken = copy(bundle, 'flipped');
    for (const name of names.filter((_, i) => i % Math.ceil(names.length / 6) === 0)) {
      const whole = readFileSync(join(bundle, name));
      for (const at of [10, 11, Math.floor(whole.length / 3), Math.floor(whole.length / 2), whole.length - 6]) {
        const bytes = Buffer.from(whole);
        bytes[at] ^= 0x10;
        writeFileSync(join(broken, name), bytes);
        const { code, err } = crossglot('inspect', broken);
        assert.equal(code, 2, `${name}, byte ${at}`);
        assert.match(err, new RegExp(name.replace('.', '\\.')));
      }
      writeFileSync(join(broken, name), whole);
    }
  });

  test(`a file of a ${kind} bundle that is cut off, empty, longer or missing is found and named`, () => {
    const broken = copy(bundle, 'cut');
    for (const name of names.filter((_, i) => i % Math.ceil(names.length / 4) === 0)) {
      const whole = readFileSync(join(bundle, name));
      const variants = [0, 1, 17, 18, Math.floor(whole.length / 2), whole.length - 1].map((n) => whole.subarray(0, n));
      for (const bytes of [...variants, Buffer.concat([whole, Buffer.from('x')])]) {
        writeFileSync(join(broken, name), bytes);
        const { code, err } = crossglot('inspect', broken);
        assert.equal(code, 2, `${name}, ${bytes.length} bytes`);
        assert.match(err, new RegExp(name.replace('.', '\\.')));
      }
      rmSync(join(broken, name));
      assert.equal(crossglot('inspect', broken).code, 2);
      writeFileSync(join(broken, name), whole);
    }
    assert.equal(crossglot('inspect', broken).code, 0);
  });
}

test('a manifest cut off at any byte, or of another kind, is an error and no crash', () => {
  const broken = copy(small, 'manifest');
  const whole = readFileSync(join(small, 'manifest.json'), 'utf8');
  const variants = [];
  for (let size = 0; size < whole.trimEnd().length; size += 13) variants.push(whole.slice(0, size));
  variants.push('[]', 'null', '{"format":"1"}', whole.replace(/"languages":\[.*\]/s, '"languages":{}'));
  variants.push(whole.replace(/"list":"[^"]*"/, '"list":"../../etc/passwd"'));
  for (const text of variants) {
    writeFileSync(join(broken, 'manifest.json'), text);
    const { code, err } = crossglot('inspect', broken);
    assert.equal(code, 2, text);
    assert.match(err, /manifest\.json/);
  }
});

test('a newer format is told apart from a broken file', () => {
  const newer = copy(small, 'newer');
  const manifest = JSON.parse(readFileSync(join(newer, 'manifest.json'), 'utf8'));
  writeFileSync(join(newer, 'manifest.json'), JSON.stringify({ ...manifest, format: 99 }));
  const { code, err } = crossglot('search', newer, 'archive');
  assert.equal(code, 2);
  assert.match(err, /newer|later|format/);
});

test('a search in a bundle whose shard is missing or broken names the file', () => {
  const broken = copy(large, 'shards');
  for (const name of readdirSync(broken).filter((entry) => entry.endsWith('.cgt'))) rmSync(join(broken, name));
  const { code, err } = crossglot('search', broken, 'w17', '--in', 'en');
  assert.equal(code, 2);
  assert.match(err, /\.cgt/);
});
