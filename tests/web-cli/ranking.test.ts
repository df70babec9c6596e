/**
 * Native and wasm give the same ranking, by words, by meaning and by both, each side encoding the queries for itself.
 * Bundles are the native command's (parity.test.ts: npx writes the same bytes). The pack of a few kilobytes is enough
 * for that: what its vectors mean does not matter, only that both sides have the same. The open sets, and the default
 * encoder, take part where they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { crossglot, realPack, TEXTS, writePack } from '../browser/model.js';
import { cli, temporaryFolder } from './harness.js';

const native = process.env['CROSSGLOT_COMMAND']
  ?? fileURLToPath(new URL('../../build/native/crossglot', import.meta.url));
const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));

interface Query { readonly id: string; readonly lang: string; readonly text: string }

let pack: string;
beforeAll(() => { if (existsSync(native)) pack = writePack(join(temporaryFolder(), 'pack')); });

function bundleOf(documents: string, model = pack): string {
  const folder = temporaryFolder();
  const file = join(folder, 'documents.jsonl');
  writeFileSync(file, documents);
  const out = join(folder, 'bundle');
  crossglot(['index', '--documents', file, '--out', out, '--model', model, '--cache', 'none']);
  return out;
}

interface Row { readonly place: string; readonly score: number }

/** A run's lines: query, document and rank, and the score. */
function ranking(lines: string): Row[] {
  return lines.split('\n').filter((line) => line !== '').map((line) => {
    const [query, q0, document, rank, score] = line.split(' ');
    return { place: [query, q0, document, rank].join(' '), score: Number(score) };
  });
}

/** The answer as JSON has seven digits of a score. */
const kScoreSlack = 1e-6;

/** @returns how many rows both sides gave, in the same order. */
function compare(bundle: string, queries: readonly Query[], flags: readonly string[], model = pack): number {
  const file = join(temporaryFolder(), 'queries.tsv');
  writeFileSync(file, queries.map(({ id, lang, text }) => `${id}\t${lang}\t${text}\n`).join(''));
  const args = ['run', bundle, '--queries', file, ...flags, '--model', model];
  const theirs = ranking(String(crossglot([...args, '--cache', 'none'])));
  const npx = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(npx.status, npx.stderr).toBe(0);
  const ours = ranking(npx.stdout);
  // The first difference says more than all of a hundred thousand lines.
  const at = theirs.findIndex(({ place, score }, i) =>
    place !== ours[i]?.place || Math.abs(score - ours[i].score) > kScoreSlack);
  expect(at < 0 ? 'the same' : { native: theirs[at], wasm: ours[at] }).toBe('the same');
  expect(ours.length).toBe(theirs.length);
  return ours.length;
}

/** Pages of the words of TEXTS in twelve languages, most of them in all, and queries of a few words each. */
function site(): { documents: string; queries: Query[] } {
  let state = 7;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
  const languages = Object.keys(TEXTS);
  const words = (lang: string, count: number): string => {
    const all = /^(ja|zh|th)$/.test(lang) ? [...TEXTS[lang]!] : TEXTS[lang]!.split(' ');
    return Array.from({ length: count }, () => all[next(all.length)]!).join(' ');
  };
  const documents = Array.from({ length: 40 }, (_, page) => languages.filter(() => next(5) > 0).map((lang) => {
    const sections = Array.from({ length: 1 + page % 4 }, (_unused, i) => ({
      anchor: i === 0 ? '' : `s${i}`, level: i === 0 ? 1 : 2, heading: words(lang, 2), text: words(lang, 12 + next(60)),
    }));
    return `${JSON.stringify({ url: `/${lang}/p${page}/`, lang, title: words(lang, 3), group: `p${page}/`, sections })}\n`;
  }).join('')).join('');
  const queries = Array.from({ length: 300 }, (_, i) => {
    const lang = languages[i % languages.length]!;
    return { id: `q${i}`, lang, text: words(lang, 1 + next(5)) };
  });
  return { documents, queries };
}

function readSet(name: string): { documents: string; queries: Query[] } {
  const packed = join(data, name, 'documents_noheading.jsonl.gz');
  const documents = existsSync(packed) ? gunzipSync(readFileSync(packed)).toString()
    : readFileSync(join(data, name, 'documents.jsonl'), 'utf8');
  const queries = readFileSync(join(data, name, 'queries.tsv'), 'utf8').split('\n').filter((line) => line !== '')
    .map((line) => line.split('\t')).map(([id, lang, text]) => ({ id: id!, lang: lang!, text: text! }));
  return { documents, queries };
}

describe.skipIf(!existsSync(native))('native and wasm rank alike', () => {
  test('300 queries of twelve languages: words, meaning and both, pages and sections, one language and all', () => {
    const { documents, queries } = site();
    const bundle = bundleOf(documents);
    for (const flags of [
      ['--mode', 'lexical'], ['--mode', 'dense'], ['--mode', 'hybrid'], ['--mode', 'hybrid', '--in', 'en'],
      ['--mode', 'hybrid', '--level', 'section'], ['--mode', 'dense', '--level', 'section', '--in', 'de,ja'],
      ['--mode', 'hybrid', '--collapse', 'none'],
    ]) {
      expect(compare(bundle, queries, flags), flags.join(' ')).toBeGreaterThan(queries.length);
    }
  }, 300_000);

  test.skipIf(!existsSync(join(data, 'xquad-r')))('every question of xquad-r', () => {
    const { documents, queries } = readSet('xquad-r');
    const flags = ['--mode', 'hybrid', '--limit', '20', '--in', 'en'];
    expect(compare(bundleOf(documents), queries, flags)).toBeGreaterThan(queries.length);
  }, 600_000);

  test.skipIf(!existsSync(join(data, 'fastapi')))('every heading of fastapi, by sections', () => {
    const { documents, queries } = readSet('fastapi');
    const flags = ['--mode', 'hybrid', '--level', 'section', '--limit', '20', '--in', 'en'];
    expect(compare(bundleOf(documents), queries, flags)).toBeGreaterThan(queries.length);
  }, 600_000);

  test.skipIf(realPack() === undefined || !existsSync(join(data, 'xquad-r')))(
    '300 questions that the default encoder encodes on both sides', () => {
      const { documents, queries } = readSet('xquad-r');
      const kept = new Set(queries.filter((_, i) => i % 43 === 0).slice(0, 300));
      const lines = documents.split('\n').filter((line) => line !== '');
      const groups = [...new Set(lines.map((line) => (JSON.parse(line) as { group: string }).group))].slice(0, 12);
      const few = lines.filter((line) => groups.includes((JSON.parse(line) as { group: string }).group));
      const bundle = bundleOf(`${few.join('\n')}\n`, realPack()!);
      for (const mode of ['dense', 'hybrid']) {
        expect(compare(bundle, [...kept], ['--mode', mode], realPack()!)).toBeGreaterThan(300);
      }
    }, 600_000);
});
