import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { command, crossglot, temporaryFolder } from './helper.mjs';
import { writeModelFolder } from './model_folder.mjs';

const folder = temporaryFolder();
const kDimensions = 32;
const card = { name: 'tiny', prefixes: { query: 'the ', passage: 'archive ' } };
const pack = join(folder, 'pack');
assert.equal(crossglot('model', 'import', writeModelFolder(join(folder, 'source'), { card }), '--out', pack).err, '');

function embed(input, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, ['embed', ...args], { input, timeout: 60_000, ...options });
  return { code: status, out: stdout, err: String(stderr) };
}

/** One array a line. */
function vectors(input, ...args) {
  const { code, out, err } = embed(input, ['--model', pack, '--format', 'json', ...args]);
  assert.equal(code, 0, err);
  return String(out).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

const length = (vector) => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));

test('every line becomes a vector of length 1, also an empty one and a last one without an end', () => {
  const all = vectors('download\n\r\nпоиск 検\n\nthe archive');
  assert.equal(all.length, 5);
  for (const vector of all) {
    assert.equal(vector.length, kDimensions);
    assert.ok(Math.abs(length(vector) - 1) < 1e-5);
  }
  assert.deepEqual(all[1], all[3]);
  assert.notDeepEqual(all[0], all[2]);
  assert.deepEqual(vectors(''), []);
});

test('the three formats hold the same numbers', () => {
  const text = 'download the archive\net\n';
  const json = vectors(text);
  const raw = embed(text, ['--model', pack]).out;
  assert.equal(raw.length, 2 * kDimensions * 4);
  json.flat().forEach((x, i) => assert.equal(Math.fround(x), raw.readFloatLE(i * 4)));
  const int8 = embed(text, ['--model', pack, '--format', 'int8']).out;
  json.forEach((vector, row) => {
    const largest = Math.max(...vector.map(Math.abs));
    vector.forEach((x, i) => {
      assert.ok(Math.abs(int8.readInt8(row * kDimensions + i) - 127 * x / largest) <= 0.5001);
    });
  });
});

test('queries and passages get the prefixes of the pack', () => {
  const [query] = vectors('download');
  assert.deepEqual(vectors('download', '--query'), [query]);
  const [passage] = vectors('download', '--passage');
  assert.notDeepEqual(passage, query);
  // The query "archive download" is "the archive download"; with the passage's prefix alone it is another text.
  assert.notDeepEqual(vectors('archive download')[0], passage);
  const bare = join(folder, 'bare');
  const source = writeModelFolder(join(folder, 'unprefixed'), { card: { name: 'bare' } });
  assert.equal(crossglot('model', 'import', source, '--out', bare).code, 0);
  const prefixed = embed('the download\narchive download\n', ['--model', bare, '--format', 'json']).out;
  assert.deepEqual(String(prefixed).trim().split('\n').map((line) => JSON.parse(line)), [query, passage]);
});

test('vectors do not depend on threads or on the texts beside them', () => {
  const texts = Array.from({ length: 700 }, (_, i) => `${'download '.repeat(i % 5)}the ${'et '.repeat(i % 7)}`);
  const together = vectors(texts.join('\n'), '--threads', '2');
  assert.equal(together.length, texts.length);
  assert.deepEqual(vectors(texts.join('\n'), '--threads', '1'), together);
  for (const i of [0, 33, 511, 512, 699]) assert.deepEqual(vectors(texts[i])[0], together[i]);
});

test('bytes that are no UTF-8, a text of a megabyte and unknown scripts have vectors', () => {
  const wild = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80, 0x0a]), Buffer.from('\u{1f980}\n'), Buffer.from('ꦲꦏ꧀\n'),
    Buffer.from('archive '.repeat(131_072))]);
  const all = vectors(wild);
  assert.equal(all.length, 4);
  for (const vector of all) assert.ok(Math.abs(length(vector) - 1) < 1e-5);
});

test('a model is found by the name of its npm package, from folders below the project too', () => {
  const project = join(folder, 'project');
  mkdirSync(join(project, 'docs/deep'), { recursive: true });
  cpSync(pack, join(project, 'node_modules/tiny-model'), { recursive: true });
  cpSync(pack, join(project, 'node_modules/@scope/tiny'), { recursive: true });
  const expected = embed('download', ['--model', pack]).out;
  for (const name of ['tiny-model', '@scope/tiny']) {
    for (const cwd of [project, join(project, 'docs/deep')]) {
      const { code, out, err } = embed('download', ['--model', name], { cwd });
      assert.equal(code, 0, err);
      assert.deepEqual(out, expected);
    }
  }
  for (const name of ['absent-model', '@scope', '../node_modules/tiny-model', '.bin', '']) {
    const { code, err } = embed('download', ['--model', name], { cwd: project });
    assert.equal(code, 2, name);
    assert.match(err, /npm install|no model pack|--model/);
  }
});

test('a pack that lacks a file, is cut off, newer or of another family says so and names it', () => {
  const broken = join(folder, 'broken');
  cpSync(pack, broken, { recursive: true });
  for (const name of readdirSync(broken)) {
    const whole = readFileSync(join(broken, name));
    writeFileSync(join(broken, name), whole.subarray(0, whole.length >> 1));
    const { code, out, err } = embed('download the поиск 検 et', ['--model', broken]);
    assert.equal(code, 2, name);
    assert.equal(out.length, 0);
    assert.ok(err.includes(name), err);
    rmSync(join(broken, name));
    const named = name === 'model.json' ? broken : name;
    assert.ok(embed('download the поиск 検 et', ['--model', broken]).err.includes(named));
    writeFileSync(join(broken, name), whole);
  }
  const description = readFileSync(join(broken, 'model.json'), 'utf8');
  for (const [from, to, message] of [['"format": 1', '"format": 7', /newer/], ['"bert"', '"t5"', /family "t5"/]]) {
    writeFileSync(join(broken, 'model.json'), description.replace(from, to));
    const { code, err } = embed('download', ['--model', broken]);
    assert.equal(code, 2);
    assert.match(err, message);
  }
});

test('both kinds at once, and a format that there is not, are bad usage', () => {
  assert.equal(embed('', ['--model', pack, '--query', '--passage']).code, 2);
  assert.equal(embed('', ['--model', pack, '--format', 'xml']).code, 2);
  assert.equal(embed('', []).code, 2);
});
