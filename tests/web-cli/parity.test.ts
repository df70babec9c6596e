/** The same documents give the same bundle from the native builder and from the wasm builder, vectors included. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { crossglot, writePack } from '../browser/model.js';
import { bundleFiles, run, site, temporaryFolder, type Document } from './harness.js';

const native = process.env['CROSSGLOT_COMMAND']
  ?? fileURLToPath(new URL('../../build/native/crossglot', import.meta.url));

/** Words of several scripts, put together by a fixed generator: enough pages that shards are cut. */
const kWords: Record<string, string> = {
  en: 'file window searching options table_of fooBar running quickly HTTP network don\'t e-mail spelling colours',
  de: 'Datei Fenster Suchbegriffe Einstellungen Donaudampfschifffahrt größer Straße Netzwerkkabel Dateifenster',
  ja: '新幹線の 検索 ファイル ウィンドウ 設定 東京都庁 データベース HTTP2 します',
  ar: 'الملف نافذة البحث إعدادات الشبكة مُستخدِم كِتاب والكتب',
  th: 'ไฟล์ หน้าต่าง การค้นหา การตั้งค่า เครือข่าย',
};

function documents(pages: number): string {
  let state = 12345;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
  const lines: string[] = [];
  for (let i = 0; i < pages; i++) {
    for (const [lang, list] of Object.entries(kWords)) {
      const words = list.split(' ');
      const text = (count: number): string =>
        Array.from({ length: count },
          () => `${words[next(words.length)]!}${next(4) === 0 ? next(5000) : ''}`).join(' ');
      const document: Document = {
        url: `/${lang}/page${i}.html`, lang, title: text(3), group: `page${i}.html`,
        sections: Array.from({ length: 1 + next(6) }, (_, s) => ({
          anchor: `s${s}`, level: s === 0 ? 1 : 2, heading: text(2), text: `${text(40)}\n${text(25)}`,
          ...(next(3) === 0 ? { code: `call_${next(100)}(--flag)` } : {}),
        })),
        ...(next(4) === 0 ? { filters: { version: [`${next(3)}.0`] } } : {}),
        ...(next(9) === 0 ? { weight: 2.5 } : {}),
      };
      lines.push(JSON.stringify(document));
    }
  }
  return `${lines.join('\n')}\n`;
}

test.skipIf(!existsSync(native))('native and wasm builders write the same bytes, in one thread or several', () => {
  const file = join(site({ 'documents.jsonl': documents(200) }), 'documents.jsonl');
  const [theirs, ours, single] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const built = spawnSync(native, ['index', '--documents', file, '--out', theirs], { encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  expect(run('index', '--documents', file, '--out', ours, '--threads', '3', '--no-runtime').code).toBe(0);
  expect(run('index', '--documents', file, '--out', single, '--threads', '1', '--no-runtime').code).toBe(0);
  const wanted = bundleFiles(theirs);
  expect(wanted.size).toBeGreaterThan(20);
  const actual = bundleFiles(ours);
  expect([...actual.keys()]).toEqual([...wanted.keys()]);
  for (const [name, bytes] of wanted) expect(actual.get(name)!.equals(bytes), name).toBe(true);
  expect(bundleFiles(single)).toEqual(actual);

  for (const query of ['serching', 'dateifenster größer', '新幹線', 'foobar -network', '"file window"', 'เครือข่าย']) {
    const flags = ['--in', 'all', '--json'];
    const theirAnswer = spawnSync(native, ['search', theirs, query, ...flags], { encoding: 'utf8' });
    // As values: the two write the same number in different digits.
    expect(JSON.parse(run('search', ours, query, ...flags).out), query).toEqual(JSON.parse(theirAnswer.stdout));
  }
}, 300_000);

test.skipIf(!existsSync(native))('with a model, too: vectors, cache and the pack beside them', () => {
  const pack = writePack(join(temporaryFolder(), 'pack'));
  const file = join(site({ 'documents.jsonl': documents(12) }), 'documents.jsonl');
  const [theirs, ours] = [temporaryFolder(), temporaryFolder()];
  const [theirCache, ourCache] = [temporaryFolder(), temporaryFolder()];
  crossglot(['index', '--documents', file, '--out', theirs, '--model', pack, '--cache', theirCache]);
  const ran = run('index', '--documents', file, '--out', ours, '--model', pack, '--cache', ourCache, '--threads', '2');
  expect(ran.code, ran.err).toBe(0);
  expect(ran.out).toMatch(/^vectors +\d+ rows from [\d,]+ texts, of which [1-9][\d,]* were new/m);
  const wanted = bundleFiles(theirs);
  const actual = bundleFiles(ours);
  expect([...wanted.keys()].filter((name) => name.endsWith('.cgv'))).toHaveLength(1);
  expect([...actual.keys()]).toEqual([...wanted.keys()]);
  for (const [name, bytes] of wanted) expect(actual.get(name)!.equals(bytes), name).toBe(true);

  // Either finds everything in the other's cache, adds nothing to it, and writes the same again.
  const contents = (folder: string): [string, Buffer][] =>
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
  const [theirRecords, ourRecords] = [contents(theirCache), contents(ourCache)];
  expect(ourRecords.map(([name, { length }]) => [name, length]))
    .toEqual(theirRecords.map(([name, { length }]) => [name, length]));
  const again = temporaryFolder();
  expect(run('index', '--documents', file, '--out', again, '--model', pack, '--cache', theirCache, '--no-runtime').out)
    .toContain('of which 0 were new');
  expect(bundleFiles(again)).toEqual(wanted);
  const mixed = temporaryFolder();
  crossglot(['index', '--documents', file, '--out', mixed, '--model', pack, '--cache', ourCache]);
  expect(bundleFiles(mixed)).toEqual(wanted);
  expect(contents(theirCache)).toEqual(theirRecords);
  expect(contents(ourCache)).toEqual(ourRecords);

  for (const mode of ['dense', 'hybrid']) {
    for (const query of ['Dateifenster größer', '検索', 'running fooBar']) {
      const flags = ['--in', 'all', '--json', '--mode', mode, '--model', pack];
      const theirAnswer = String(crossglot(['search', theirs, query, ...flags, '--cache', 'none']));
      expect(JSON.parse(run('search', ours, query, ...flags).out), `${mode} ${query}`).toEqual(JSON.parse(theirAnswer));
    }
  }
  const queries = join(site({ 'queries.tsv': 'q1\tde\tDateifenster\nq2\tja\t検索\n' }), 'queries.tsv');
  const flags = ['--queries', queries, '--mode', 'hybrid', '--model', pack];
  const ranked = (lines: string): string[] => lines.split('\n').map((line) => line.split(' ').slice(0, 4).join(' '));
  expect(ranked(run('run', ours, ...flags).out))
    .toEqual(ranked(String(crossglot(['run', theirs, ...flags, '--cache', 'none']))));

  const model = temporaryFolder();
  crossglot(['model', 'import', pack, '--out', model, '--documents', file]);
  expect(new Map(contents(join(ours, 'model')).sort())).toEqual(new Map(contents(model).sort()));
}, 300_000);
