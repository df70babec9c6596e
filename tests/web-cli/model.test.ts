/** `npx crossglot --site DIR --model PACK`: the site gets the pack, ordered by its own text. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { crossglot, TEXTS, writePack } from '../browser/model.js';
import { cli, page, type Ran, run, site, temporaryFolder } from './harness.js';

let pack: string;
beforeAll(() => { pack = writePack(join(temporaryFolder(), 'pack')); });

const pages = (): string => site(Object.fromEntries(['en', 'ru', 'fr'].map((lang) => [
  `${lang}/index.html`, page(lang, 'One', `<h1>One</h1><p>${TEXTS[lang]!}</p>`),
])));

const contents = (folder: string): Map<string, string> => new Map(readdirSync(folder).sort()
  .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));

function runIn(cwd: string, ...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', cwd });
  return { code: status, out: stdout, err: stderr };
}

describe('--model', () => {
  test('writes the bytes that the native command writes of the same documents', () => {
    const folder = pages();
    const documents = join(temporaryFolder(), 'documents.jsonl');
    const ran = run('--site', folder, '--model', pack, '--documents', documents);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toMatch(/; model \d+ files, /);
    const native = join(temporaryFolder(), 'native');
    crossglot(['model', 'import', pack, '--out', native, '--documents', documents]);
    expect(contents(join(folder, 'crossglot/model'))).toEqual(contents(native));
    expect(contents(native)).not.toEqual(contents(pack));
  });

  test('with --languages, rows of other scripts stay at home', () => {
    const folder = pages();
    const documents = join(temporaryFolder(), 'documents.jsonl');
    expect(run('--site', folder, '--model', pack, '--documents', documents).code).toBe(0);
    const all = contents(join(folder, 'crossglot/model')).size;
    expect(run('--site', folder, '--model', pack, '--languages', 'en, fr').code).toBe(0);
    const some = contents(join(folder, 'crossglot/model'));
    expect(some.size).toBeLessThan(all);
    const native = join(temporaryFolder(), 'native');
    crossglot(['model', 'import', pack, '--out', native, '--documents', documents, '--languages', 'en,fr']);
    expect(some).toEqual(contents(native));
  });

  test('finds an installed package by its name, with and without a scope', () => {
    for (const name of ['crossglot-model-letters', '@crossglot/model-letters']) {
      const body = `<p>${TEXTS['en']!}</p>`;
      const folder = site({ 'public/index.html': page('en', 'One', body), 'work/readme.txt': '' });
      cpSync(pack, join(folder, 'node_modules', name), { recursive: true });
      const ran = runIn(join(folder, 'work'), '--site', '../public', '--model', name);
      expect(ran.code, ran.err).toBe(0);
      expect(existsSync(join(folder, 'public/crossglot/model/model.json'))).toBe(true);
    }
  });

  test('another model in the same place leaves nothing of the first, and none leaves it alone', () => {
    const folder = pages();
    const model = join(folder, 'crossglot/model');
    expect(run('--site', folder, '--model', pack).code).toBe(0);
    const first = contents(model);
    expect(run('--site', folder, '--model', writePack(join(temporaryFolder(), 'other'), 1)).code).toBe(0);
    const second = contents(model);
    expect([...first.keys()].filter((name) => name.endsWith('.cgm') && first.get(name) !== second.get(name)
      && existsSync(join(model, name)))).toEqual([]);
    expect(JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')).files).toBe(second.size - 1);
    expect(run('--site', folder, '--model', 'none').code).toBe(0);
    expect(contents(model)).toEqual(second);
  });
});

describe('--model that cannot be had', () => {
  const refused = (...args: string[]): string => {
    const folder = pages();
    const { code, err } = run('--site', folder, ...args);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'crossglot/manifest.json'))).toBe(false);
    expect(existsSync(join(folder, 'crossglot/model'))).toBe(false);
    return err;
  };

  test.each(['crossglot-model-nowhere', '@crossglot/nowhere', '../nowhere/else', ''])('%j is nowhere', (name) => {
    expect(refused('--model', name)).toMatch(name === '' ? /--model/ : /neither a folder .* nor a package/);
  });

  test('a folder without a pack', () => {
    expect(refused('--model', temporaryFolder())).toMatch(/no model pack.*model import/);
  });

  test('a pack that lacks a file, one with a flipped bit, and one of another family', () => {
    const spoil = (change: (folder: string) => void): string => {
      const folder = join(temporaryFolder(), 'pack');
      cpSync(pack, folder, { recursive: true });
      change(folder);
      return folder;
    };
    const file = (folder: string): string => join(folder, readdirSync(folder).find((name) => name.endsWith('.cgm'))!);
    expect(refused('--model', spoil((folder) => writeFileSync(file(folder), '')))).toMatch(/[0-9a-f]{16}\.cgm/);
    expect(refused('--model', spoil((folder) => {
      const bytes = readFileSync(file(folder));
      bytes[bytes.length >> 1]! ^= 16;
      writeFileSync(file(folder), bytes);
    }))).toMatch(/[0-9a-f]{16}\.cgm/);
    expect(refused('--model', spoil((folder) => {
      const root = join(folder, 'model.json');
      writeFileSync(root, readFileSync(root, 'utf8').replace('"family": "bert"', '"family": "t5"'));
    }))).toMatch(/t5/);
  });

  test('--languages of no language', () => {
    expect(refused('--languages', 'en,??')).toMatch(/--languages \?\?: is not a language tag/);
    expect(refused('--model', pack, '--languages', '!!')).toMatch(/not a language tag/);
  });
});
