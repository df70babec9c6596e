// Vectors from documents to rows with a model of a few kilobytes: index, search, run and eval by meaning.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';

import { crossglot, page, pages, temporaryFolder, writeDocuments } from './helper.mjs';
import { writeModelFolder } from './model_folder.mjs';

const folder = temporaryFolder();
const cache = join(folder, 'cache');
const pack = join(folder, 'pack');
const card = { name: 'tiny', prefixes: { query: 'the ', passage: 'archive ' } };
assert.equal(crossglot('model', 'import', writeModelFolder(join(folder, 'source'), { card }), '--out', pack).err, '');

function index(documents, name, ...args) {
  const out = join(folder, name);
  const file = writeDocuments(folder, `${name}.jsonl`, documents);
  const { code, err } = crossglot('index', '--documents', file, '--out', out, '--model', pack, '--cache', cache,
    ...args);
  assert.equal(code, 0, err);
  return out;
}

const bundle = index(pages, 'bundle', '--eval-folds', '2');
const meaning = ['--model', pack, '--cache', cache];
const cacheSize = () => statSync(join(cache, readdirSync(cache)[0])).size;
const contents = (name) =>
  Object.fromEntries(readdirSync(name).map((file) => [file, readFileSync(join(name, file), 'hex')]));

test('a bundle with vectors says whose they are, and inspect counts them', () => {
  const report = JSON.parse(crossglot('inspect', bundle, '--json').out);
  assert.equal(report.vectors.length, 1);
  assert.equal(report.vectors[0].dimensions, 32);
  assert.equal(report.vectors[0].rows, 6);
  assert.equal(report.files, readdirSync(bundle).length);
});

test('a rebuild encodes only what is new, and gives the bytes that a build without a cache gives', () => {
  const before = cacheSize();
  const again = index(pages, 'again', '--eval-folds', '2');
  assert.equal(cacheSize(), before);
  assert.deepEqual(contents(again), contents(bundle));
  const fresh = join(folder, 'fresh');
  const documents = join(folder, 'bundle.jsonl');
  const args = ['--model', pack, '--cache', 'none', '--eval-folds', '2', '--threads', '1'];
  assert.equal(crossglot('index', '--documents', documents, '--out', fresh, ...args).code, 0);
  assert.deepEqual(contents(fresh), contents(bundle));
  const edited = structuredClone(pages);
  edited[0].sections[0].text = 'The archive, the archive.';
  index(edited, 'edited');
  // One passage, one opening and one first sentence are new.
  const record = 16 + 32 + 4;
  assert.equal(cacheSize() - before, 3 * record);
});

test('means of one site serve queries in its languages on another', () => {
  const means = join(folder, 'means.tsv');
  const many = Array.from({ length: 30 }, (_, at) => page(`/fr/${at}/`, 'fr', `Page ${at}`, `Le texte numéro ${at}.`));
  index(many, 'teacher', '--means-out', means);
  assert.match(readFileSync(means, 'utf8'), /^# crossglot means 1\n@ \S+ 32\nfr\t\d+(\t-?\d+)( -?\d+){31}\n$/);
  const english = pages.filter(({ lang }) => lang === 'en');
  // A language of the list of vectors is its tag, behind the tag's length.
  const knows = (lang, name, ...args) => {
    const out = index(english, name, ...args);
    const list = readdirSync(out).find((file) => file.endsWith('.cgv'));
    return gunzipSync(readFileSync(join(out, list))).includes(`\x02${lang}`);
  };
  assert.ok(knows('en', 'alone'));
  assert.ok(!knows('fr', 'alone'));
  assert.ok(knows('fr', 'taught', '--means', means));
  const refused = (file, ...args) => {
    const { code, err } = crossglot('index', '--documents', join(folder, 'alone.jsonl'), '--out', join(folder, 'no'),
      '--means', file, ...args);
    assert.equal(code, 2);
    return err;
  };
  assert.match(refused(means), /need --model/);
  const other = join(folder, 'other.tsv');
  writeFileSync(other, readFileSync(means, 'utf8').replace('@ ', '@ x'));
  assert.match(refused(other, ...meaning), /another model/);
  writeFileSync(other, '# crossglot means 1\nfr\t1\t1\n');
  assert.match(refused(other, ...meaning), /other\.tsv:2:/);
});

test('search by meaning answers a query whose words no page holds', () => {
  const query = 'поиск 検';
  assert.equal(crossglot('search', bundle, query).code, 1);
  for (const mode of ['dense', 'hybrid']) {
    const { code, out, err } = crossglot('search', bundle, query, '--mode', mode, '--json', ...meaning);
    assert.equal(code, 0, err);
    const answer = JSON.parse(out);
    assert.equal(answer.hits.length, 3);
    assert.deepEqual(answer.tiers, mode === 'dense' ? ['dense'] : ['lexical', 'dense']);
  }
});

test('run and eval take modes by meaning, with pivots held out', () => {
  const queries = join(folder, 'queries.tsv');
  const qrels = join(folder, 'qrels.tsv');
  writeFileSync(queries, 'q1\ten\tdownload the archive\nq2\tfr\trequêtes\n');
  writeFileSync(qrels, 'q1\tinstall/\nq2\tsearch/\n');
  const run = crossglot('run', bundle, '--queries', queries, '--in', 'en', '--mode', 'hybrid', '--heldout', 'pivot',
    ...meaning);
  assert.equal(run.code, 0, run.err);
  assert.equal(run.out.split('\n').filter((line) => line.startsWith('q1 ')).length, 3);
  const result = crossglot('eval', bundle, '--queries', queries, '--qrels', qrels, '--modes', 'lexical,dense,hybrid',
    '--in', 'en', '--heldout', 'dictionary,pivot', ...meaning);
  assert.equal(result.code, 0, result.err);
  for (const mode of ['lexical', 'dense', 'hybrid']) assert.match(result.out, new RegExp(`^${mode} `, 'm'));
  assert.match(result.out, /lower beyond its interval in \d of 2 pairs of languages/);
});

test('held-out pivots of a bundle that has none are an error', () => {
  const plain = index(pages, 'plain');
  const queries = join(folder, 'one.tsv');
  writeFileSync(queries, 'q2\tfr\trequêtes\n');
  const { code, err } = crossglot('run', plain, '--queries', queries, '--in', 'en', '--mode', 'dense', '--heldout',
    'pivot', ...meaning);
  assert.equal(code, 2);
  assert.match(err, /without fr/);
});

test('a model that did not make the vectors is refused', () => {
  const other = join(folder, 'other');
  const prefixes = { query: 'et ', passage: '' };
  const source = writeModelFolder(join(folder, 'other-source'), { card: { ...card, prefixes } });
  assert.equal(crossglot('model', 'import', source, '--out', other).code, 0);
  const { code, err } = crossglot('search', bundle, 'archive', '--mode', 'hybrid', '--model', other, '--cache', 'none');
  assert.equal(code, 2);
  assert.match(err, /another model/);
});

test('vectors that are missing or damaged are an error by meaning, and words go on', () => {
  const broken = join(folder, 'broken');
  cpSync(bundle, broken, { recursive: true });
  const list = readdirSync(broken).find((name) => name.endsWith('.cgv'));
  const path = join(broken, list);
  const bytes = gunzipSync(readFileSync(path));
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(path, gzipSync(bytes));
  const asked = () => crossglot('search', broken, 'archive', '--mode', 'hybrid', ...meaning);
  assert.equal(asked().code, 2);
  assert.ok(asked().err.includes(list));
  rmSync(path);
  assert.equal(asked().code, 2);
  assert.equal(crossglot('search', broken, 'archive').code, 0);
});
