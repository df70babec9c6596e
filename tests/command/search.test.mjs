import assert from 'node:assert/strict';
import { test } from 'node:test';

import { crossglot, smallBundle, temporaryFolder } from './helper.mjs';

const folder = temporaryFolder();
const bundle = smallBundle(folder);

test('--json is the shape that the browser gives, with marks inside the excerpt', () => {
  const { code, out, err } = crossglot('search', bundle, 'archive', '--lang', 'en', '--json');
  assert.equal(code, 0);
  assert.equal(err, '');
  const answer = JSON.parse(out);
  assert.equal(answer.complete, true);
  assert.deepEqual(answer.tiers, ['lexical']);
  assert.equal(answer.hits.length, answer.total);
  assert.ok(answer.hits.length >= 2);
  for (const [i, hit] of answer.hits.entries()) {
    assert.ok(i === 0 || hit.score < answer.hits[i - 1].score, 'scores fall');
    assert.ok(hit.sections.length > 0);
    const [section] = hit.sections;
    const marked = section.marks.map(([begin, end]) => section.excerpt.slice(begin, end).toLowerCase());
    assert.ok(marked.length > 0 && marked.every((word) => word.includes('archive')), JSON.stringify(section));
  }
});

test('a page and its translation are one row, in the language of the reader', () => {
  const hits = JSON.parse(crossglot('search', bundle, 'archive', '--lang', 'fr', '--in', 'all', '--json').out).hits;
  assert.equal(new Set(hits.map((hit) => hit.group)).size, hits.length);
  const install = hits.find((hit) => hit.group === 'install/');
  assert.equal(install.lang, 'fr');
  assert.equal(install.url, '/fr/install/');
});

test('--in keeps every other language out', () => {
  const answer = JSON.parse(crossglot('search', bundle, 'navigateur', '--in', 'fr', '--json').out);
  assert.deepEqual(answer.hits.map((hit) => hit.url), ['/fr/search/']);
  const none = crossglot('search', bundle, 'navigateur', '--in', 'en', '--json');
  assert.equal(JSON.parse(none.out).hits.every((hit) => hit.lang === 'en'), true);
});

test('a language that the bundle lacks is an error that names those it has', () => {
  const { code, err } = crossglot('search', bundle, 'archive', '--in', 'de');
  assert.equal(code, 2);
  assert.match(err, /\bde\b/);
  assert.match(err, /en, fr/);
});

test('text for people names pages, and carries no escape sequences in a pipe', () => {
  const { code, out } = crossglot('search', bundle, 'archive', '--lang', 'en');
  assert.equal(code, 0);
  assert.match(out, /^1\. /);
  assert.match(out, /\/en\/install\//);
  assert.equal(out.includes('\u001b'), false);
});

test('nothing found is exit code 1', () => {
  const { code, out } = crossglot('search', bundle, 'zzyzxqwv', '--lang', 'en');
  assert.equal(code, 1);
  assert.match(out, /Nothing found/);
});

test('--limit bounds the rows', () => {
  const { hits, total } = JSON.parse(crossglot('search', bundle, 'archive', '--in', 'en', '--limit', '1', '--json').out);
  assert.equal(hits.length, 1);
  assert.ok(total > 1);
});

test('a query of 100 kB, of control characters, of nothing gets an answer', () => {
  const long = 'archive '.repeat(12_800);
  assert.equal(crossglot('search', bundle, long, '--lang', 'en').code, 0);
  assert.equal(crossglot('search', bundle, 'x'.repeat(100_000)).code, 1);
  assert.equal(crossglot('search', bundle, '\u0001\u0002\t\n\u007f').code, 1);
  assert.equal(crossglot('search', bundle, '').code, 1);
  assert.equal(crossglot('search', bundle, '"""((( OR -').code, 1);
});

test('a folder that holds no bundle is an error that says so', () => {
  const { code, err } = crossglot('search', folder, 'archive');
  assert.equal(code, 2);
  assert.match(err, /not a bundle/);
});
