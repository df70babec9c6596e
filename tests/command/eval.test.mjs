import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { crossglot, page, smallBundle, temporaryFolder, writeDocuments } from './helper.mjs';

const folder = temporaryFolder();
const bundle = smallBundle(folder);
const trec = resolve(import.meta.dirname, '../../../shared/data/trec_eval');

function write(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const queries = write('queries.tsv',
  'en-1\ten\tunpack with tar\nfr-1\tfr\textrayez archive\nen-2\ten\tsunny weather\n');
const qrels = write('qrels.tsv', 'en-1\tinstall/\nfr-1\tinstall/\nen-2\tsummer/\n');

function evaluate(...args) {
  const json = join(folder, 'out.json');
  const result = crossglot('eval', ...args, '--json', json);
  return { ...result, report: result.code === 0 ? JSON.parse(readFileSync(json, 'utf8')) : null };
}

const row = (report, from, pool) => report.rows.find((it) => it.from === from && it.pool === pool);

test('a bundle is asked in every pool, and a query in its own language finds its page', () => {
  const { code, err, report } = evaluate(bundle, '--queries', queries, '--qrels', qrels);
  assert.equal(err, '');
  assert.equal(code, 0);
  const pools = new Set(report.rows.filter((it) => !it.macro).map((it) => it.pool));
  assert.deepEqual([...pools], ['en', 'fr', 'all', 'holes']);
  assert.equal(row(report, 'en', 'en').ndcg10.mean, 1);
  assert.equal(row(report, 'fr', 'fr').ndcg10.mean, 1);
  assert.equal(row(report, 'en', 'en').topics, 2);
});

test('in the pool with holes the own version of the page is missing', () => {
  // Two English pages of the same words: the first wins the tie, unless its English version is missing.
  const documents = writeDocuments(folder, 'holes.jsonl', [
    page('/en/a/', 'en', '31415', 'We counted 31415 of them.', { group: 'a/' }),
    page('/fr/a/', 'fr', 'Le ciel', 'Il fait beau.', { group: 'a/' }),
    page('/en/c/', 'en', '31415', 'We counted 31415 of them.', { group: 'c/' }),
    page('/en/b/', 'en', 'Other numbers', 'We counted 27182 of them.', { group: 'b/' }),
  ]);
  const out = join(folder, 'holes');
  assert.equal(crossglot('index', '--documents', documents, '--out', out).code, 0);
  const { report } = evaluate(out, '--queries', write('holes.tsv', 'en-1\ten\t31415\nen-2\ten\t27182\n'),
    '--qrels', write('holes.qrels', 'en-1\ta/\nen-2\tb/\n'), '--in', 'all', '--in', 'holes');
  assert.equal(row(report, 'en', 'all').ndcg10.mean, 1);
  assert.ok(row(report, 'en', 'holes').ndcg10.mean < 1);
  // Nobody translated the second page: without its English version nothing can answer.
  assert.equal(row(report, 'en', 'holes').queries, 1);
  assert.equal(row(report, 'en', 'holes').leftOut, 1);
});

test('without collapsing every version of a page is to be found, and the share of the own language is said', () => {
  const { report, code } = evaluate(bundle, '--queries', queries, '--qrels', qrels, '--in', 'all', '--in', 'en',
    '--collapse', 'none', '--modes', 'plain,lexical');
  assert.equal(code, 0);
  const found = (system, pool) =>
    report.rows.find((it) => it.system === system && it.from === 'en' && it.pool === pool);
  // Two versions each. Without a dictionary, English words find the English one alone.
  const plain = found('plain', 'all');
  assert.equal(plain.kind, 'versions');
  assert.equal(plain.ownShareExpected, 0.5);
  assert.equal(plain.ownShare.mean, 1);
  assert.equal(plain.map.mean, 0.5);
  assert.equal(plain.mrr.mean, 1);
  assert.equal(found('lexical', 'all').ownShare.mean, 0.5);
  assert.equal(found('lexical', 'all').map.mean, 1);
  assert.equal(found('plain', 'en').kind, 'language');
  assert.equal(found('plain', 'en').map.mean, 1);
});

test('judgments with anchors ask for sections', () => {
  const sections = write('sections.tsv', 'en-1\tinstall/#more\n');
  const { report, out } = evaluate(bundle, '--queries', queries, '--qrels', sections, '--in', 'en');
  assert.match(out, /sections/);
  assert.ok(row(report, 'en', 'en').ndcg10.mean > 0);
});

// Their texts are cut, and the anchors of what lies behind the cut stand in other files; they were taken for unknown.
test('sections behind the beginnings of long pages are known by their anchors', () => {
  const filler = (n) => Array.from({ length: 900 }, (_, i) => `w${(n * 900 + i) % 7919}`).join(' ');
  const long = Array.from({ length: 120 }, (_, n) => ({
    url: `/en/long${n}/`, lang: 'en', group: `long${n}/`, title: `Long ${n}`,
    sections: [{ anchor: '', level: 1, heading: '', text: filler(n) },
      { anchor: 'behind', level: 2, heading: 'Behind', text: `zebra${n}word ${filler(n + 120)}` }],
  }));
  const out = join(folder, 'long');
  const index = crossglot('index', '--documents', writeDocuments(folder, 'long.jsonl', long), '--out', out);
  assert.equal(index.code, 0, index.err);
  const { languages } = JSON.parse(crossglot('inspect', out, '--json').out);
  assert.ok(languages[0].kinds.tails.parts > 0);
  const { err, report } = evaluate(out, '--queries', write('long.tsv', 'en-1\ten\tzebra7word\n'),
    '--qrels', write('long.qrels', 'en-1\tlong7/#behind\n'), '--in', 'en');
  assert.equal(err, '');
  assert.equal(row(report, 'en', 'en').queries, 1);
  assert.equal(row(report, 'en', 'en').ndcg10.mean, 1);
});

test('unknown pages and unjudged queries are warnings that name them', () => {
  const { code, err, report } = evaluate(bundle, '--queries', queries, '--qrels',
    write('unknown.tsv', 'en-1\tinstall/\nfr-1\tnowhere/\n'), '--in', 'en');
  assert.equal(code, 0);
  assert.match(err, /no page of the bundle has: nowhere\/ \(fr-1\)/);
  assert.match(err, /nobody judged: en-2/);
  assert.equal(report.warnings.length, 2);
  assert.equal(row(report, 'en', 'en').queries, 1);
});

test('two runs are compared query by query', () => {
  const topics = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const judged = write('trec.qrels', topics.map((q) => `${q} 0 right 1\n`).join(''));
  const second = (tag, first) => write(`${tag}.run`,
    topics.map((q) => `${q} Q0 ${first} 1 2 ${tag}\n${q} Q0 right 2 1 ${tag}\n`).join(''));
  const level = evaluate('--run', second('one', 'wrong'), '--run', second('other', 'none'), '--qrels', judged);
  assert.match(level.out, /other - one/);
  assert.equal(level.report.differences[0].ndcg10.mean, 0);
  const first = write('first.run', topics.map((q) => `${q} Q0 right 1 2 first\n`).join(''));
  const better = evaluate('--run', join(folder, 'one.run'), '--run', first, '--qrels', judged);
  assert.ok(Math.abs(better.report.differences[0].ndcg10.mean - (1 - 1 / Math.log2(3))) < 1e-9);
  assert.ok(better.report.differences[0].p < 0.05);
});

test('a judged query without an answer counts nothing, unless only answered ones are asked for', () => {
  const judged = write('two.qrels', 'a 0 right 1\nb 0 right 1\n');
  const run = write('one.run', 'a Q0 right 1 1 t\n');
  const complete = evaluate('--run', run, '--qrels', judged);
  assert.match(complete.err, /no answer to 1 judged/);
  assert.equal(complete.report.rows[0].ndcg10.mean, 0.5);
  assert.equal(evaluate('--run', run, '--qrels', judged, '--answered').report.rows[0].ndcg10.mean, 1);
});

test('a run that repeats a document is warned about by line', () => {
  const judged = write('repeat.qrels', 'a 0 right 1\n');
  const run = write('repeat.run', 'a Q0 right 1 2 t\na Q0 right 2 1 t\n');
  const { code, err } = evaluate('--run', run, '--qrels', judged);
  assert.equal(code, 0);
  assert.match(err, /repeat\.run:2: right is ranked twice/);
});

test('the HTML page stands alone', () => {
  const html = join(folder, 'report.html');
  assert.equal(crossglot('eval', bundle, '--queries', queries, '--qrels', qrels, '--html', html).code, 0);
  const text = readFileSync(html, 'utf8');
  assert.match(text, /^<!doctype html>/);
  assert.doesNotMatch(text, /<script|https?:|src=|@import/);
});

test('bad usage and bad input are refused with the place', () => {
  assert.equal(crossglot('eval', '--qrels', qrels).code, 2);
  assert.match(crossglot('eval', bundle, '--qrels', qrels).err, /needs --queries/);
  assert.match(crossglot('eval', bundle, '--queries', queries, '--qrels', qrels, '--in', 'xx').err, /no language xx/);
  assert.match(crossglot('eval', '--run', write('bad.run', 'a b\n'), '--qrels', qrels).err, /bad\.run:1/);
  const bad = write('bad.tsv', 'only\n');
  assert.match(crossglot('eval', bundle, '--queries', queries, '--qrels', bad).err, /bad\.tsv:1/);
});

test("trec_eval's own files score as trec_eval scores them", { skip: !existsSync(trec) }, () => {
  const { report } = evaluate('--run', join(trec, 'results.test'), '--qrels', join(trec, 'qrels.test'));
  const expected = readFileSync(join(trec, 'out.test.a'), 'utf8');
  const value = (name) => new RegExp(`^${name} +\tall\t([0-9.]+)`, 'm').exec(expected)[1];
  const [found] = report.rows;
  assert.equal(found.ndcg10.mean.toFixed(4), value('ndcg_cut_10'));
  assert.equal(found.recall100.mean.toFixed(4), value('recall_100'));
  assert.equal(found.mrr.mean.toFixed(4), value('recip_rank'));
  assert.equal(found.map.mean.toFixed(4), value('map'));
});
