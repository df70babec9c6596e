import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { crossglot, lines, manyPages, page, pages, start, temporaryFolder, writeDocuments } from './helper.mjs';

const folder = temporaryFolder();

function files(bundle) {
  return Object.fromEntries(readdirSync(bundle).sort().map((name) => [name, readFileSync(join(bundle, name), 'hex')]));
}

test('an index is quiet in a pipe and answers afterwards', () => {
  const documents = writeDocuments(folder, 'quiet.jsonl', pages);
  const out = join(folder, 'quiet/deeper/bundle');
  const result = crossglot('index', '--documents', documents, '--out', out);
  assert.deepEqual(result, { code: 0, out: '', err: '' });
  assert.match(crossglot('search', out, 'archive').out, /Installing/);
});

test('the number of threads does not change a byte', () => {
  const documents = writeDocuments(folder, 'threads.jsonl', [...pages, ...manyPages(700), ...manyPages(700, 'de')]);
  const bundles = ['1', '2', '5'].map((threads) => {
    const out = join(folder, `threads-${threads}`);
    assert.equal(crossglot('index', '--documents', documents, '--out', out, '--threads', threads).code, 0);
    return files(out);
  });
  assert.ok(Object.keys(bundles[0]).length > 3);
  assert.deepEqual(bundles[1], bundles[0]);
  assert.deepEqual(bundles[2], bundles[0]);
});

test('documents may lie in several files, with a byte order mark, CRLF and no last line end', () => {
  const whole = writeDocuments(folder, 'whole.jsonl', pages);
  const first = writeDocuments(folder, 'first.jsonl', `\ufeff${lines(pages.slice(0, 3)).replaceAll('\n', '\r\n')}`);
  const second = writeDocuments(folder, 'second.jsonl', lines(pages.slice(3)).trimEnd());
  assert.equal(crossglot('index', '--documents', whole, '--out', join(folder, 'one')).code, 0);
  const result = crossglot('index', '--documents', first, '--documents', second, '--out', join(folder, 'two'));
  assert.equal(result.err, '');
  assert.equal(result.code, 0);
  assert.deepEqual(files(join(folder, 'two')), files(join(folder, 'one')));
});

test('a bad line is an error that names file, line and field, and nothing is written', () => {
  const bad = lines([pages[0]]) + '{"url": "/x/", "lang": 7, "sections": []}\n' + lines([pages[2]]);
  const documents = writeDocuments(folder, 'bad.jsonl', bad);
  const out = join(folder, 'bad');
  const { code, err } = crossglot('index', '--documents', documents, '--out', out);
  assert.equal(code, 2);
  assert.match(err, /bad\.jsonl:2\b/);
  assert.match(err, /lang/);
  assert.equal(existsSync(join(out, 'manifest.json')), false);
});

test('the first bad line is named, whatever the threads do', () => {
  const many = manyPages(3000).map((document) => JSON.stringify(document));
  many[1500] = 'not json';
  many[2900] = 'not json either';
  const documents = writeDocuments(folder, 'two-bad.jsonl', many.join('\n'));
  for (let round = 0; round < 3; round += 1) {
    const { code, err } = crossglot('index', '--documents', documents, '--out', join(folder, 'x'), '--threads', '4');
    assert.equal(code, 2);
    assert.match(err, /two-bad\.jsonl:1501\b/);
  }
});

test('--keep-going skips bad lines, says so, and indexes the rest', () => {
  const bad = 'nonsense\n' + lines(pages) + '{"url": 7}\n';
  const documents = writeDocuments(folder, 'skip.jsonl', bad);
  const out = join(folder, 'skip');
  const { code, err } = crossglot('index', '--documents', documents, '--out', out, '--keep-going');
  assert.equal(code, 0);
  assert.match(err, /skip\.jsonl:1\b/);
  assert.match(err, /skip\.jsonl:8\b/);
  assert.equal(crossglot('search', out, 'archive').code, 0);
});

test('invalid UTF-8 is an error naming the line', () => {
  const file = join(folder, 'utf8.jsonl');
  const good = Buffer.from(lines([pages[0]]));
  const broken = Buffer.from(lines([page('/b/', 'en', 'Broken', 'XX text')]));
  broken[broken.indexOf('XX')] = 0xff;
  writeFileSync(file, Buffer.concat([good, broken]));
  const { code, err } = crossglot('index', '--documents', file, '--out', join(folder, 'utf8'));
  assert.equal(code, 2);
  assert.match(err, /utf8\.jsonl:2\b/);
});

test('no documents at all is an error', () => {
  for (const text of ['', '\n\n']) {
    const documents = writeDocuments(folder, 'none.jsonl', text);
    const { code, err } = crossglot('index', '--documents', documents, '--out', join(folder, 'none'));
    assert.equal(code, 2);
    assert.match(err, /no documents/);
  }
});

test('a missing file is named, and so is a folder in its place', () => {
  const missing = crossglot('index', '--documents', join(folder, 'absent.jsonl'), '--out', join(folder, 'a'));
  assert.equal(missing.code, 2);
  assert.match(missing.err, /absent\.jsonl/);
  assert.equal(crossglot('index', '--documents', folder, '--out', join(folder, 'a')).code, 2);
});

test('a place that cannot be written is said before the work begins', () => {
  const documents = writeDocuments(folder, 'place.jsonl', pages);
  const file = join(folder, 'occupied');
  writeFileSync(file, 'a file');
  for (const out of [file, join(file, 'below')]) {
    const { code, err } = crossglot('index', '--documents', documents, '--out', out);
    assert.equal(code, 2);
    assert.match(err, /occupied/);
  }
  assert.equal(readFileSync(file, 'utf8'), 'a file');
});

test('a model that is not there is refused with the reason', () => {
  const documents = writeDocuments(folder, 'model.jsonl', pages);
  const args = ['index', '--documents', documents, '--out', join(folder, 'model')];
  const { code, err } = crossglot(...args, '--model', './e5.pack');
  assert.equal(code, 2);
  assert.match(err, /e5\.pack/);
  assert.equal(crossglot(...args, '--model', 'none').code, 0);
});

test('a failed run leaves the old bundle as it was', () => {
  const out = join(folder, 'kept');
  const good = writeDocuments(folder, 'kept.jsonl', pages);
  assert.equal(crossglot('index', '--documents', good, '--out', out).code, 0);
  const before = files(out);
  const bad = writeDocuments(folder, 'kept-bad.jsonl', lines(manyPages(50)) + 'nonsense\n');
  assert.equal(crossglot('index', '--documents', bad, '--out', out).code, 2);
  assert.deepEqual(files(out), before);
});

test('a run killed at any time leaves a bundle that works, and the next run succeeds', async () => {
  const out = join(folder, 'killed');
  mkdirSync(out);
  const old = writeDocuments(folder, 'killed-old.jsonl', [...pages, ...manyPages(400)]);
  const next = writeDocuments(folder, 'killed-new.jsonl', [...pages, ...manyPages(900, 'de')]);
  assert.equal(crossglot('index', '--documents', old, '--out', out).code, 0);
  const begun = performance.now();
  assert.equal(crossglot('index', '--documents', next, '--out', join(folder, 'killed-time')).code, 0);
  const whole = performance.now() - begun;
  for (let step = 0; step <= 12; step += 1) {
    const child = start('index', '--documents', next, '--out', out);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, (whole * (step + 1)) / 12));
    child.kill('SIGKILL');
    await ended;
    const inspected = crossglot('inspect', out);
    assert.equal(inspected.code, 0, `killed after ${step + 1}/12 of a run: ${inspected.err}`);
    assert.match(crossglot('search', out, 'archive', '--lang', 'en').out, /Installing/);
  }
  assert.equal(crossglot('index', '--documents', next, '--out', out).code, 0);
  assert.deepEqual(files(out), files(join(folder, 'killed-time')));
});

// A site of two languages whose titles say the same in words of their own; scrambled: they do not.
function twoLanguages(count, scrambled = false) {
  const word = (lang, number) => ((letter) => (lang === 'en' ? `w${letter}ok` : `quel${letter}tar`))(
    String.fromCharCode(97 + (number % 20)));
  return Array.from({ length: count }, (_, at) => ['en', 'fr'].map((lang) => ({
    url: `/${lang}/${at}/`, lang, group: `${at}/`,
    title: [at, Math.floor(at / 20) + at + 1, Math.floor(at / 7) + 3]
      .map((n) => word(lang, scrambled && lang === 'fr' ? n * n + 5 : n)).join(' '),
    sections: [{ anchor: '', level: 1, heading: '', text: [0, 1, 2, 3].map((line) => (
      [0, 1, 2].map((k) => word(lang, at + line * 2 + k * (line + 1))).join(' '))).join('\n') }],
  }))).flat();
}

test('a build says what relevance to expect, and fails below a floor without touching the bundle', () => {
  const documents = writeDocuments(folder, 'floor.jsonl', twoLanguages(150));
  const out = join(folder, 'floor');
  const report = join(folder, 'floor.json');
  assert.deepEqual(crossglot('index', '--documents', documents, '--out', out, '--report', report, '--floor', '0.1'),
    { code: 0, out: '', err: '' });
  const { relevance, languages } = JSON.parse(readFileSync(report, 'utf8'));
  assert.deepEqual(languages.map(({ lang }) => lang), ['en', 'fr']);
  assert.deepEqual(relevance.map(({ from, to }) => `${from} ${to}`), ['fr en', 'en fr']);
  assert.ok(relevance.every(({ queries, ndcg10, success5 }) => queries >= 10 && ndcg10 > 0.3 && success5 > 0.3));
  const before = files(out);
  const more = writeDocuments(folder, 'floor-more.jsonl', twoLanguages(150, true));
  const low = crossglot('index', '--documents', more, '--out', out, '--floor', '0.9');
  assert.equal(low.code, 1);
  assert.match(low.err, /relevance is below --floor 0\.90: (fr to en|en to fr) 0\.\d\d \(\d+ queries\)/);
  assert.match(low.out, /relevance to expect, nDCG@10/);
  assert.deepEqual(files(out), before);
});

test('a floor that nothing can be measured against is a warning', () => {
  const documents = writeDocuments(folder, 'floor-one.jsonl', manyPages(20));
  const { code, err } = crossglot('index', '--documents', documents, '--out', join(folder, 'one'), '--floor', '0.5');
  assert.equal(code, 0);
  assert.match(err, /warning: --floor: too few translated titles/);
  assert.equal(crossglot('index', '--documents', documents, '--out', join(folder, 'one'), '--floor', '2').code, 2);
});

test('a word table of one site serves another that has no translations', () => {
  const table = join(folder, 'words.tsv');
  const teacher = writeDocuments(folder, 'teacher.jsonl', twoLanguages(150));
  assert.equal(crossglot('index', '--documents', teacher, '--out', join(folder, 'teacher'), '--seed-out', table).code, 0);
  assert.match(readFileSync(table, 'utf8'), /^# crossglot seed 1\n@ en fr\n(w.ok\t.*\n)+@ fr en\n(quel\w*\t.*\n)+$/);
  const english = writeDocuments(folder, 'pupil.jsonl', twoLanguages(20).filter(({ lang }) => lang === 'en'));
  const out = join(folder, 'pupil');
  assert.equal(crossglot('index', '--documents', english, '--out', out).code, 0);
  assert.equal(crossglot('search', out, 'quelatar quelbtar', '--lang', 'fr').code, 1);
  assert.equal(crossglot('index', '--documents', english, '--out', out, '--seed', table).code, 0);
  assert.match(crossglot('search', out, 'quelatar quelbtar', '--lang', 'fr').out, /waok/);
  const broken = writeDocuments(folder, 'broken.tsv', 'nonsense\n');
  const { code, err } = crossglot('index', '--documents', english, '--out', out, '--seed', broken);
  assert.equal(code, 2);
  assert.match(err, /broken\.tsv:1/);
});
