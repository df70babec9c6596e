/** Word tables and means of other documentation: a site that readers in other languages find, and native's bytes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { crossglot, realPack, writePack } from '../browser/model.js';
import { bundleFiles, page, run, site, temporaryFolder } from './harness.js';

const models = fileURLToPath(new URL('../../models', import.meta.url));
const table = (lang: string): string => join(models, 'seed', `${lang}.tsv`);

const kEnglish = {
  'tables.html': page('en', 'Tables', '<h1>Tables</h1><p>Insert a table and choose how many rows it has.</p>'),
  'print.html': page('en', 'Printing', '<h1>Printing</h1><p>A printer prints the document on paper.</p>'),
};
const kFrench = {
  'fr/tables.html': page('fr', 'Tableaux', '<h1>Tableaux</h1><p>Insérez un tableau avec des lignes.</p>'),
  'fr/print.html': page('fr', 'Imprimer', '<h1>Imprimer</h1><p>Une imprimante imprime le document.</p>'),
};

let pack: string;
/** Means of the small pack's queries in French, as a site of its own gives them. */
let means: string;
beforeAll(() => {
  const folder = temporaryFolder();
  pack = writePack(join(folder, 'pack'));
  means = join(folder, 'means.tsv');
  const lines = Array.from({ length: 30 }, (_, i) => JSON.stringify({
    url: `/${i}`, lang: 'fr', title: `Le titre ${i}`, sections: [{ heading: `Le texte ${i}`, text: `Des mots ${i}.` }],
  }));
  writeFileSync(join(folder, 'teacher.jsonl'), lines.join('\n'));
  crossglot(['index', '--documents', join(folder, 'teacher.jsonl'), '--out', join(folder, 'teacher'),
    '--model', pack, '--cache', 'none', '--means-out', means]);
});

/** The bundle of a site indexed here, its documents indexed by the native command, and what this one said. */
function both(
  files: Record<string, string>, ours: string[], native: string[],
): [ours: Map<string, Buffer>, theirs: Map<string, Buffer>, said: string] {
  const folder = site(files);
  const documents = join(temporaryFolder(), 'documents.jsonl');
  const ran = run('--site', folder, '--documents', documents, ...ours);
  expect(ran.code, ran.err).toBe(0);
  const theirs = temporaryFolder();
  crossglot(['index', '--documents', documents, '--out', theirs, ...native]);
  const bundle = bundleFiles(join(folder, 'crossglot'));
  const again = temporaryFolder();
  expect(run('index', '--documents', documents, '--out', again, '--no-runtime', ...ours).code).toBe(0);
  expect(bundleFiles(again)).toEqual(bundle);
  return [bundle, bundleFiles(theirs), ran.out];
}

const found = (folder: string, query: string, lang: string): string[] => {
  const { out } = run('search', join(folder, 'crossglot'), query, '--lang', lang, '--json');
  return (JSON.parse(out) as { hits: { url: string }[] }).hits.map(({ url }) => url);
};

describe('--seed and --means', () => {
  test('give the bytes that the native command gives with the same files', () => {
    const seeds = ['--seed', table('fr'), '--seed', table('ja')];
    const [words, theirWords] = both(kEnglish, seeds, seeds);
    expect(words).toEqual(theirWords);
    const [plain] = both(kEnglish, [], []);
    expect(words).not.toEqual(plain);
    const lent = [...seeds, '--means', means, '--model', pack, '--cache', 'none'];
    const [vectors, theirVectors] = both({ ...kEnglish, ...kFrench }, lent, lent);
    expect(vectors).toEqual(theirVectors);
    const [without] = both({ ...kEnglish, ...kFrench }, lent.slice(4), lent.slice(4));
    expect(vectors).not.toEqual(without);
  }, 120_000);

  test('that are broken, missing or of another model are errors, and the old index stays', () => {
    const folder = site(kEnglish);
    expect(run('--site', folder).code).toBe(0);
    const before = bundleFiles(join(folder, 'crossglot'));
    const file = join(temporaryFolder(), 'lent.tsv');
    const refused = (content: string, ...args: string[]): string => {
      writeFileSync(file, content);
      const documents = join(site({ 'd.jsonl': '{"url":"/","lang":"en","title":"T","sections":[]}\n' }), 'd.jsonl');
      const indexed = run('index', '--documents', documents, '--out', join(folder, 'crossglot'), ...args);
      const { code, err } = run('--site', folder, ...args);
      expect(indexed).toMatchObject({ code: 2, err });
      expect(code).toBe(2);
      expect(bundleFiles(join(folder, 'crossglot'))).toEqual(before);
      return err;
    };
    const meaning = ['--model', pack, '--cache', 'none', '--means', file];
    expect(refused('# crossglot seed 1\n@ fr en\nnonsense\n', '--seed', file)).toContain(`${file}:3: `);
    expect(refused('# crossglot seed 9\n', '--seed', table('fr'), '--seed', file)).toContain(`${file}:1: `);
    expect(refused('', '--seed', join(file, 'nowhere'))).toMatch(/--seed .*nowhere: cannot be read/);
    expect(refused('', '--seed', 'none', '--seed', table('fr'))).toMatch(/--seed none/);
    expect(refused('# crossglot means 1\nfr\t1\t1\n', ...meaning)).toContain(`${file}:2: `);
    const other = refused(readFileSync(means, 'utf8').replace('@ ', '@ x'), ...meaning);
    expect(other).toContain(`${file}: means of another model, or of another version of it`);
    const documents = join(site({ 'd.jsonl': '' }), 'd.jsonl');
    expect(() => crossglot(['index', '--documents', documents, '--out', temporaryFolder(), ...meaning])).toThrow(other);
    const good = readFileSync(means, 'utf8');
    expect(refused(good, '--means', file)).toMatch(/--means: .*--model/);
    expect(refused(good, ...meaning, '--vectors', 'no')).toMatch(/--means: .*--vectors no/);
  }, 120_000);
});

describe('--languages', () => {
  test('lends a site in one language the words of readers in others', () => {
    const folder = site(kEnglish);
    expect(run('--site', folder).code).toBe(0);
    expect(found(folder, 'tableau', 'fr')).toEqual([]);
    const ran = run('--site', folder, '--languages', 'fr,pt,zh-HK,ar,en');
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/^readers {2}fr, pt, zh-HK by word tables; no word table for ar$/m);
    expect(found(folder, 'tableau', 'fr')).toEqual(['/tables.html']);
    expect(found(folder, 'impressora', 'pt')).toContain('/print.html');
    expect(found(folder, '表格', 'zh-HK')).toContain('/tables.html');
    expect(found(folder, 'Tabelle', 'de')).toEqual([]);
    expect(run('--site', folder, '--languages', 'fr', '--seed', 'none').code).toBe(0);
    expect(found(folder, 'tableau', 'fr')).toEqual([]);
  }, 120_000);

  test('takes the tables that the native command is given by name, none of the site\'s own languages', () => {
    const [english, theirs] = both(kEnglish, ['--languages', 'zh,ja,en-GB'],
      ['--seed', table('zh-CN'), '--seed', table('ja')]);
    expect(english).toEqual(theirs);
    const site = { ...kEnglish, ...kFrench };
    const [two, theirTwo, said] = both(site, ['--languages', 'fr-CA,ja,en'], ['--seed', table('ja')]);
    expect(two).toEqual(theirTwo);
    expect(said).toMatch(/^readers {2}ja by word tables$/m);
    const [own, plain, nothing] = both(site, ['--languages', 'fr,en'], []);
    expect(own).toEqual(plain);
    expect(nothing).not.toMatch(/^readers/m);
    // Of a site without English, readers who ask in English: its language's file has both directions.
    const [french, theirFrench] = both(kFrench, ['--languages', 'en,de'], ['--seed', table('fr')]);
    expect(french).toEqual(theirFrench);
    const every = readdirSync(join(models, 'seed')).filter((name) => name.endsWith('.tsv'));
    const [all, theirAll] = both(kEnglish, ['--languages', 'all'],
      every.flatMap((name) => ['--seed', join(models, 'seed', name)]));
    expect(all).toEqual(theirAll);
  }, 300_000);

  test('a named table stands in the place of the package\'s', () => {
    const [ours, theirs, said] = both(kEnglish, ['--languages', 'ja', '--seed', table('fr')], ['--seed', table('fr')]);
    expect(ours).toEqual(theirs);
    expect(said).not.toMatch(/^readers/m);
  }, 120_000);

  test('leaves out the package\'s means where they are of another model', () => {
    const meaning = ['--model', pack, '--cache', 'none'];
    const [ours, theirs] = both(kEnglish, ['--languages', 'ja', ...meaning], ['--seed', table('ja'), ...meaning]);
    expect(ours).toEqual(theirs);
  }, 120_000);

  test.skipIf(!realPack())('and takes them, unless told not to, where they are of the model', () => {
    const meaning = ['--model', realPack()!, '--cache', temporaryFolder()];
    const native = ['--seed', table('ja'), ...meaning];
    const [ours, theirs] = both(kEnglish, ['--languages', 'ja', ...meaning],
      [...native, '--means', join(models, 'means', 'e5-small.tsv')]);
    expect(ours).toEqual(theirs);
    const [none, plain] = both(kEnglish, ['--languages', 'ja', '--means', 'none', ...meaning], native);
    expect(none).toEqual(plain);
    expect(none).not.toEqual(ours);
  }, 300_000);
});
