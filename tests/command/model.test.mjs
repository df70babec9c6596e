import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { crossglot, pages, temporaryFolder, writeDocuments } from './helper.mjs';
import { writeModelFolder } from './model_folder.mjs';

const folder = temporaryFolder();
const card = { name: 'tiny-model', license: 'MIT', prefixes: { query: 'query: ', passage: 'passage: ' } };
const source = writeModelFolder(join(folder, 'source'), { card });
const pack = join(folder, 'pack');
assert.equal(crossglot('model', 'import', source, '--out', pack).err, '');

const contents = (path) =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'hex')]));
const inspect = (path) => JSON.parse(crossglot('model', 'inspect', path, '--json').out);

test('a Hugging Face folder becomes a pack whose files are named by their content', () => {
  const description = JSON.parse(readFileSync(join(pack, 'model.json'), 'utf8'));
  assert.equal(description.name, 'tiny-model');
  assert.equal(description.license, 'MIT');
  assert.deepEqual(description.prefixes, card.prefixes);
  const names = readdirSync(pack).filter((name) => name !== 'model.json');
  assert.equal(description.files, names.length);
  for (const name of names) {
    const digest = createHash('sha256').update(gunzipSync(readFileSync(join(pack, name)))).digest('hex');
    assert.equal(name, `${digest.slice(0, 16)}.cgm`);
  }
});

test('importing twice, and with other numbers of threads, writes the same bytes', () => {
  for (const threads of ['1', '3']) {
    const again = join(folder, `again-${threads}`);
    assert.equal(crossglot('model', 'import', source, '--out', again, '--threads', threads).code, 0);
    assert.deepEqual(contents(again), contents(pack));
  }
  assert.equal(crossglot('model', 'import', pack, '--out', join(folder, 'copy')).code, 0);
  assert.deepEqual(contents(join(folder, 'copy')), contents(pack));
});

test('inspect says the shape and counts the folder', () => {
  const report = inspect(pack);
  assert.deepEqual(report.shape, {
    layers: 2,
    hidden: 32,
    heads: 2,
    feedForward: 64,
    positions: 16,
    pieces: 12,
    pooling: 'mean',
  });
  const sizes = readdirSync(pack).filter((name) => name !== 'model.json').map((name) => statSync(join(pack, name)).size);
  assert.equal(report.bytes, sizes.reduce((sum, size) => sum + size, 0));
  assert.equal(report.largestFile, Math.max(...sizes));
  assert.equal(report.groups.reduce((sum, group) => sum + group.rows, 0), 12);
  const { code, out } = crossglot('model', 'inspect', pack);
  assert.equal(code, 0);
  assert.match(out, /^tiny-model \(MIT\).*all files are whole/);
  assert.match(out, /2 layers of 32, 2 heads/);
});

test('rows of what the documents say come first, and other scripts can stay at home', () => {
  const documents = writeDocuments(folder, 'site.jsonl', pages);
  const site = join(folder, 'site');
  const result = crossglot('model', 'import', pack, '--out', site, '--documents', documents, '--languages', 'en,ru');
  assert.equal(result.code, 0, result.err);
  const report = inspect(site);
  assert.equal(report.id, inspect(pack).id);
  assert.equal(report.groups[0].label, 'first');
  assert.ok(report.groups[0].rows >= 6);  // four special pieces, "the", "archive"
  const group = (label) => report.groups.find((entry) => entry.label === label);
  assert.equal(group('Hani').present, 0);
  assert.equal(group('Cyrl').present, 1);
  const whole = crossglot('model', 'import', site, '--out', join(folder, 'never'));
  assert.equal(whole.code, 2);
  assert.match(whole.err, /cut down to some languages/);
  assert.ok(!existsSync(join(folder, 'never')));
});

test('a new pack in the same folder replaces the old one and leaves what is not a pack', () => {
  const out = join(folder, 'replaced');
  assert.equal(crossglot('model', 'import', source, '--out', out).code, 0);
  writeFileSync(join(out, 'README'), 'mine');
  const other = writeModelFolder(join(folder, 'other'), { config: { layer_norm_eps: 1e-5 } });
  assert.equal(crossglot('model', 'import', other, '--out', out, '--weights', 'int4').code, 0);
  const report = inspect(out);
  assert.equal(report.name, 'other');
  assert.equal(readdirSync(out).length, report.files + 2);
  assert.equal(readFileSync(join(out, 'README'), 'utf8'), 'mine');
});

test('what cannot be imported says what and why, and writes nothing', () => {
  const out = join(folder, 'nothing');
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'text.bin'), 'E5S2 and so on');
  writeFileSync(join(folder, 'short.bin'), 'E5S1');
  const relu = writeModelFolder(join(folder, 'relu'), { config: { hidden_act: 'relu' } });
  const named = writeModelFolder(join(folder, 'named'), { card: { name: '../x' } });
  const cases = [
    [[join(folder, 'absent')], /absent: No such file/],
    [[join(folder, 'empty')], /neither a model pack \(model\.json\) nor a Hugging Face folder/],
    [[join(folder, 'text.bin')], /neither an E5S1 file nor a folder/],
    [[join(folder, 'short.bin')], /E5S1 file is cut off/],
    [[relu], /config\.json: hidden_act is "relu"; only "gelu" can be run/],
    [[named], /crossglot-card\.json: name/],
    [[source, '--name', 'A B'], /--name A B: use a-z/],
    [[source, '--card', join(folder, 'absent')], /absent/],
    [[source, '--weights', 'int2'], /--weights/],
    [[source, '--documents', join(folder, 'absent')], /absent/],
  ];
  for (const [args, message] of cases) {
    const { code, err, out: said } = crossglot('model', 'import', ...args, '--out', out);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, message);
    assert.equal(said, '');
    assert.ok(!existsSync(out), args.join(' '));
  }
  assert.match(crossglot('model').err, /crossglot model --help/);
});

test('a pack that is broken says which file is', () => {
  const broken = join(folder, 'broken');
  assert.equal(crossglot('model', 'import', source, '--out', broken).code, 0);
  for (const name of readdirSync(broken)) {
    const whole = readFileSync(join(broken, name));
    writeFileSync(join(broken, name), whole.subarray(0, whole.length >> 1));
    const { code, err } = crossglot('model', 'inspect', broken);
    assert.equal(code, 2, name);
    assert.ok(err.includes(name), err);
    rmSync(join(broken, name));
    assert.equal(crossglot('model', 'inspect', broken).code, 2);
    writeFileSync(join(broken, name), whole);
  }
  const description = readFileSync(join(broken, 'model.json'), 'utf8');
  writeFileSync(join(broken, 'model.json'), description.replace('"format": 1', '"format": 7'));
  assert.match(crossglot('model', 'inspect', broken).err, /newer/);
  writeFileSync(join(broken, 'model.json'), description.replace('"family": "bert"', '"family": "t5"'));
  assert.match(crossglot('model', 'inspect', broken).err, /family "t5"/);
});

test('a pack is exported to ONNX, int8 in less than half the bytes, and a broken one is not', () => {
  const whole = join(folder, 'float32.onnx');
  const small = join(folder, 'int8.onnx');
  assert.equal(crossglot('model', 'export-onnx', pack, '--out', whole).code, 0);
  assert.equal(crossglot('model', 'export-onnx', pack, '--out', small, '--int8').code, 0);
  assert.ok(statSync(small).size < statSync(whole).size / 2);
  const again = join(folder, 'again.onnx');
  assert.equal(crossglot('model', 'export-onnx', pack, '--out', again).code, 0);
  assert.ok(readFileSync(again).equals(readFileSync(whole)));
  const reranker = join(folder, 'reranker.onnx');
  assert.equal(crossglot('model', 'export-onnx', pack, '--out', reranker, '--reranker').code, 0);
  assert.ok(Math.abs(statSync(reranker).size / statSync(whole).size - 1) < 0.2);
  assert.ok(readFileSync(reranker).includes('logits') && !readFileSync(whole).includes('logits'));
  const site = join(folder, 'site');
  const { code, err } = crossglot('model', 'export-onnx', site, '--out', join(folder, 'never.onnx'));
  assert.equal(code, 2);
  assert.match(err, /cut down to some languages/);
  assert.ok(!existsSync(join(folder, 'never.onnx')));
  assert.match(crossglot('model', 'export-onnx', pack, '--out', join(folder, 'no', 'x')).err, /cannot write/);
});

const imported = join(dirname(fileURLToPath(import.meta.url)), '../../.cache/model/e5-small');
const skip = existsSync(join(imported, 'model.json')) ? false : './dev model has not fetched the default encoder';

test('the default encoder has the sizes that are promised, and those that MODEL.md states', { skip }, () => {
  const report = inspect(imported);
  const document = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../core/format/MODEL.md'), 'utf8');
  const sum = (field) => report.groups.reduce((total, group) => total + group[field], 0);
  for (const [part, files, stored] of [
    ['encoder', report.encoder.files, report.encoder.stored],
    ['tokenizer', 1, report.tokenizer.stored],
    ['table', 1, report.table.stored],
    ['pages', sum('present'), sum('stored')],
  ]) {
    assert.ok(document.includes(`\n| ${part} | ${files} | ${stored} |\n`), `${part}: ${files} files, ${stored} bytes`);
  }
  assert.equal(report.shape.pieces, 250_002);
  assert.ok(report.encoder.stored <= 12_000_000, `${report.encoder.stored}`);
  assert.ok(report.tokenizer.stored + report.table.stored <= 2_000_000);
  assert.ok(report.largestFile < 2 << 20);
  assert.ok(sum('pages') <= 300);
});
