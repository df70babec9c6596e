import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { crossglot, smallBundle, temporaryFolder } from './helper.mjs';

const folder = temporaryFolder();
const bundle = smallBundle(folder);

function queries(text, name = 'queries.tsv') {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function parse(out) {
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const fields = line.split(' ');
      assert.equal(fields.length, 6, line);
      const [query, q0, document, rank, score, tag] = fields;
      assert.equal(q0, 'Q0');
      assert.equal(tag, 'crossglot');
      return { query, document, rank: Number(rank), score: Number(score) };
    });
}

test('a run holds every query in order, ranks from 1 and scores that fall', () => {
  const file = queries('q1\ten\tarchive\nq2\tfr\trequêtes navigateur\n\nq3\ten\tnothingatall\n');
  const { code, out, err } = crossglot('run', bundle, '--queries', file, '--in', 'all', '--mode', 'lexical');
  assert.equal(err, '');
  assert.equal(code, 0);
  const rows = parse(out);
  assert.deepEqual([...new Set(rows.map((row) => row.query))], ['q1', 'q2']);
  for (const query of ['q1', 'q2']) {
    const own = rows.filter((row) => row.query === query);
    assert.deepEqual(own.map((row) => row.rank), own.map((_, i) => i + 1));
    for (let i = 1; i < own.length; i += 1) assert.ok(own[i].score < own[i - 1].score);
  }
  assert.equal(rows.find((row) => row.query === 'q2').document, '/fr/search/');
});

test('--in one language gives its pages alone', () => {
  const file = queries('q1\tfr\tarchive\n');
  const rows = parse(crossglot('run', bundle, '--queries', file, '--in', 'en').out);
  assert.ok(rows.length >= 2);
  assert.ok(rows.every((row) => row.document.startsWith('/en/')));
});

test('--collapse none gives a page and its translation as two rows', () => {
  const file = queries('q1\ten\tarchive\n');
  const grouped = parse(crossglot('run', bundle, '--queries', file).out).map((row) => row.document);
  const all = parse(crossglot('run', bundle, '--queries', file, '--collapse', 'none').out).map((row) => row.document);
  assert.equal(grouped.filter((document) => document.endsWith('/install/')).length, 1);
  assert.deepEqual(all.filter((document) => document.endsWith('/install/')).sort(), ['/en/install/', '/fr/install/']);
});

test('addresses and anchors are percent-encoded, sections are rows of their own', () => {
  const file = queries('q1\ten\tsunny evenings\n');
  const [top] = parse(crossglot('run', bundle, '--queries', file, '--in', 'en').out);
  assert.equal(top.document, '/en/%C3%A9t%C3%A9%20page/');
  const sections = parse(crossglot('run', bundle, '--queries', file, '--in', 'en', '--level', 'section').out);
  assert.ok(sections.some((row) => row.document === '/en/%C3%A9t%C3%A9%20page/#more'));
});

test('--limit bounds the rows of each query', () => {
  const file = queries('a\ten\tarchive\nb\ten\tarchive\n');
  const rows = parse(crossglot('run', bundle, '--queries', file, '--in', 'en', '--limit', '1').out);
  assert.deepEqual(rows.map((row) => row.query), ['a', 'b']);
});

test('a bad line of queries is named, and an unknown level or mode refused', () => {
  const { code, err } = crossglot('run', bundle, '--queries', queries('q1\ten\tfine\nq2 en broken\n', 'broken.tsv'));
  assert.equal(code, 2);
  assert.match(err, /broken\.tsv:2/);
  assert.equal(crossglot('run', bundle, '--queries', join(folder, 'absent.tsv')).code, 2);
  const file = queries('q1\ten\tarchive\n');
  assert.equal(crossglot('run', bundle, '--queries', file, '--level', 'word').code, 2);
  assert.match(crossglot('run', bundle, '--queries', file, '--mode', 'dense').err, /need --model/);
});
