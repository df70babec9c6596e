/** `npx crossglot --model PACK` makes vectors, and keeps them for the next run whatever happens to this one. */
import { spawn } from 'node:child_process';
import {
  appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { TEXTS, writePack } from '../browser/model.js';
import { bundleFiles, cli, page, run, runAndKill, site, temporaryFolder } from './harness.js';

// Every test runs the command some times over.
vi.setConfig({ testTimeout: 300_000 });

let pack: string;
beforeAll(() => { pack = writePack(join(temporaryFolder(), 'pack')); });

const kLanguages = ['en', 'fr', 'de'];
const kPages = 5;

/** Pages in three languages, all of other words. */
function pages(count = kPages): Record<string, string> {
  return Object.fromEntries(kLanguages.flatMap((lang) => Array.from({ length: count }, (_, i) => {
    const words = TEXTS[lang]!.split(' ').map((word, at) => word + 'abcdefghijklmnop'.charAt((i + at) % 16));
    const body = `<h1>${words.slice(0, 2).join(' ')} ${i}</h1><p>${words.join(' ')} ${i}</p>`;
    return [`${lang}/page${i}.html`, page(lang, `${words[0]} ${i}`, body)];
  })));
}

/** Texts of the build, and those of them that were encoded. */
function embedded(out: string): [texts: number, encoded: number] {
  const found = /^vectors +[\d,]+ rows from ([\d,]+) texts, of which ([\d,]+) were new/m.exec(out);
  return [Number(found?.[1]?.replaceAll(',', '')), Number(found?.[2]?.replaceAll(',', ''))];
}

function build(folder: string, cache: string, ...more: string[]): [texts: number, encoded: number] {
  const ran = run('--site', folder, '--model', pack, '--cache', cache, ...more);
  expect(ran.code, ran.err).toBe(0);
  return embedded(ran.out);
}

const cacheFile = (cache: string): string => join(cache, readdirSync(cache)[0]!);
const kRecordBytes = 16 + 32 + 4;

describe('vectors of a site', () => {
  test('a second run encodes nothing, and after an edit only what is new', () => {
    const folder = site(pages());
    const cache = join(temporaryFolder(), 'made', 'on', 'the', 'way');
    const [texts, encoded] = build(folder, cache);
    expect(texts).toBeGreaterThan(kLanguages.length * kPages);
    expect(encoded).toBe(texts);
    const first = bundleFiles(join(folder, 'crossglot'));
    expect([...first.keys()].some((name) => name.endsWith('.cgv'))).toBe(true);
    const manifest = JSON.parse(String(first.get('manifest.json'))) as { vectors: { rows: number }[] };
    expect(manifest.vectors[0]!.rows).toBe(kPages);
    expect(build(folder, cache)).toEqual([texts, 0]);
    expect(bundleFiles(join(folder, 'crossglot'))).toEqual(first);

    const size = statSync(cacheFile(cache)).size;
    writeFileSync(join(folder, 'fr/page1.html'), page('fr', 'Un', '<h1>Un</h1><p>Tout autre chose.</p>'));
    // Its passage, and its title, heading and first sentence as queries: the title is the heading.
    expect(build(folder, cache)[1]).toBe(3);
    expect(statSync(cacheFile(cache)).size - size).toBe(3 * kRecordBytes);
    expect(bundleFiles(join(folder, 'crossglot'))).not.toEqual(first);
  });

  test('any number of threads gives the same bytes; --cache none keeps nothing', () => {
    const [one, three, cache] = [site(pages()), site(pages()), temporaryFolder()];
    build(one, cache, '--threads', '1');
    const [texts, encoded] = build(three, 'none', '--threads', '3');
    expect(encoded).toBe(texts);
    expect(bundleFiles(join(three, 'crossglot'))).toEqual(bundleFiles(join(one, 'crossglot')));
    expect(readdirSync(cache)).toHaveLength(1);
    expect(existsSync('none')).toBe(false);
  });

  test('--vectors no lays the pack beside an index of words alone', () => {
    const [folder, words] = [site(pages()), site(pages())];
    const cache = temporaryFolder();
    const ran = run('--site', folder, '--model', pack, '--vectors', 'no', '--cache', cache);
    expect(ran.code, ran.err).toBe(0);
    expect(run('--site', words).code).toBe(0);
    expect(existsSync(join(folder, 'crossglot/model/model.json'))).toBe(true);
    expect(bundleFiles(join(folder, 'crossglot'))).toEqual(bundleFiles(join(words, 'crossglot')));
    expect(readdirSync(cache)).toEqual([]);
    expect(run('--site', folder, '--model', pack, '--vectors', 'maybe').err).toMatch(/--vectors maybe.*yes, no/);
  });
});

describe('a cache that is not as it was left', () => {
  const damages: [name: string, damage: (file: string) => void][] = [
    ['cut off in a record', (file) => truncateSync(file, statSync(file).size - kRecordBytes - 7)],
    ['cut off in its head', (file) => truncateSync(file, 9)],
    ['empty', (file) => truncateSync(file, 0)],
    ['with a flipped bit', (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(file, bytes);
    }],
    ['with half a record at its end', (file) => appendFileSync(file, Buffer.alloc(kRecordBytes >> 1, 7))],
    ['of another model', (file) => {
      const bytes = readFileSync(file);
      bytes[8]! ^= 1;
      writeFileSync(file, bytes);
    }],
    ['something else', (file) => writeFileSync(file, 'not a cache, and longer than its head is '.repeat(9))],
  ];

  test.each(damages)('%s: the bundle is the same, and the next run has everything', (_, damage) => {
    const folder = site(pages(2));
    const cache = temporaryFolder();
    const [texts] = build(folder, cache);
    const bundle = bundleFiles(join(folder, 'crossglot'));
    damage(cacheFile(cache));
    const [, again] = build(folder, cache);
    expect(again).toBeLessThanOrEqual(texts);
    expect(bundleFiles(join(folder, 'crossglot'))).toEqual(bundle);
    expect(build(folder, cache)).toEqual([texts, 0]);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('a cache that cannot be written is an error that says what to do, and the old index stays', () => {
    const folder = site(pages(2));
    const file = join(site({ file: '' }), 'file');
    expect(run('--site', folder).code).toBe(0);
    const before = bundleFiles(join(folder, 'crossglot'));
    const ran = run('--site', folder, '--model', pack, '--cache', file);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/cache of vectors .*--cache none/);
    expect(bundleFiles(join(folder, 'crossglot'))).toEqual(before);
    const taken = temporaryFolder();
    build(folder, taken);
    const name = readdirSync(taken)[0]!;
    const inTheWay = temporaryFolder();
    mkdirSync(join(inTheWay, name));
    expect(run('--site', folder, '--model', pack, '--cache', inTheWay).code).toBe(2);
  });
});

describe('runs that meet', () => {
  test('one that is killed keeps what it has encoded, and leaves the old index', async () => {
    const folder = site(pages(40));
    const cache = temporaryFolder();
    expect(run('--site', folder).code).toBe(0);
    const before = bundleFiles(join(folder, 'crossglot'));
    const header = 4 + 1 + 1 + 34 + 4;
    // The file gets its name by a rename: what was listed may be gone.
    const size = (): number => Math.max(0, ...readdirSync(cache)
      .map((name) => statSync(join(cache, name), { throwIfNoEntry: false })?.size ?? 0));
    await runAndKill(['--site', folder, '--model', pack, '--cache', cache, '--threads', '1'],
      () => size() > header + 2 * kRecordBytes);
    expect(bundleFiles(join(folder, 'crossglot'))).toEqual(before);
    const kept = Math.floor((size() - header) / kRecordBytes);
    const [texts, encoded] = build(folder, cache);
    expect(kept).toBeGreaterThan(0);
    expect(encoded).toBe(texts - kept);
    expect(build(folder, cache)).toEqual([texts, 0]);
  });

  test('two at once share a cache without harm', async () => {
    const folders = [site(pages(10)), site(pages(10))];
    const cache = temporaryFolder();
    await Promise.all(folders.map((folder) => new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, [cli, '--site', folder, '--model', pack, '--cache', cache, '--quiet']);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
    })));
    expect(bundleFiles(join(folders[0]!, 'crossglot'))).toEqual(bundleFiles(join(folders[1]!, 'crossglot')));
    expect(build(folders[0]!, cache)[1]).toBe(0);
  });
});

describe('search and run by meaning', () => {
  test('a query without a word of the page finds it; words alone do not', () => {
    const folder = site(pages(3));
    build(folder, 'none');
    const bundle = join(folder, 'crossglot');
    expect(run('search', bundle, 'изменить').code).toBe(1);
    const asked = run('search', bundle, 'изменить', '--mode', 'dense', '--model', pack, '--json');
    expect(asked.code, asked.err).toBe(0);
    const { hits, tiers } = JSON.parse(asked.out) as { hits: unknown[]; tiers: string[] };
    expect(hits).toHaveLength(3);
    expect(tiers).toEqual(['dense']);
  });

  test('a mode without a model, an index without vectors and another model are errors', () => {
    const folder = site(pages(2));
    const bundle = join(folder, 'crossglot');
    const refused = (...args: string[]): string => {
      const { code, err } = run('search', bundle, 'x', ...args);
      expect(code).toBe(2);
      return err;
    };
    expect(run('--site', folder).code).toBe(0);
    expect(refused('--mode', 'hybrid')).toMatch(/needs --model/);
    expect(refused('--mode', 'fuzzy')).toMatch(/lexical, dense, hybrid/);
    expect(refused('--mode', 'hybrid', '--model', pack)).toMatch(/made without a model/);
    build(folder, 'none');
    const other = writePack(join(temporaryFolder(), 'other'), 1);
    expect(refused('--mode', 'hybrid', '--model', other)).toMatch(/another model/);
    const manifest = join(bundle, 'manifest.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace(/"list":"(\w+\.cgv)"/, '"list":"../$1"'));
    expect(refused('--mode', 'hybrid', '--model', pack)).toMatch(/describes its vectors wrongly/);
    // Those of another model in front do not hide the right ones.
    writeFileSync(manifest, text.replace('"vectors":[', '"vectors":[null,{"model":"other","list":"../x"},'));
    expect(run('search', bundle, 'x', '--mode', 'hybrid', '--model', pack).code).toBeLessThan(2);
  });
});
