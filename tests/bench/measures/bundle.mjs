// Making the index: time, memory, bytes and files, from the same HTML for us and Pagefind, and from documents for
// the native builder.
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { readList } from '../../oracle/bundle.mjs';
import { crossglotCommand } from '../engines/crossglot.mjs';
import { kPagefindCommand } from '../engines/pagefind.mjs';
import { documents, kIndexLanguages, kRepository, kWork, site } from '../lib/corpus.mjs';
import { percentile } from '../lib/metrics.mjs';
import { measureProcess } from '../lib/process.mjs';
import { megabytes, percent, ratio, seconds, table } from '../lib/table.mjs';

const kTargets = { site: '<= 20 s, <= 500 MB', native: '<= 6 s, <= 300 MB', bytes: '<= 45 % of Pagefind', files: 400 };

function walk(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? walk(name) : [{ name, bytes: fs.statSync(name).size }];
  });
}

// What readers download to search, apart from the runtime (scripts, styles, wasm).
const isIndex = ({ name }) => !/\.(js|css|wasm|pagefind|map)$/.test(name);

// Names of the files that hold nothing but translations, which no peer has.
function dictionaryNames(lists) {
  return new Set(lists.flatMap(({ name }) => {
    const { files, dictionaries } = readList(gunzipSync(fs.readFileSync(name)));
    const parts = dictionaries.flatMap(({ shards }) => shards.map(({ part }) => part));
    return parts.filter(({ file }) => file > 0).map(({ file }) => files[file - 1].name);
  }));
}

export function bundleSize(folder) {
  const all = walk(folder);
  const names = dictionaryNames(all.filter(({ name }) => name.endsWith('.cgl')));
  const isDictionary = ({ name }) => names.has(path.basename(name));
  const index = all.filter((file) => isIndex(file) && !isDictionary(file));
  const dictionaries = all.filter(isDictionary);
  const bytes = (files) => files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    files: all.length, bytes: bytes(all), indexFiles: index.length, indexBytes: bytes(index),
    dictionaryFiles: dictionaries.length, dictionaryBytes: bytes(dictionaries),
  };
}

// The median run of `repeat`, after the output folder was emptied each time.
async function timed(repeat, out, command, parameters) {
  const runs = [];
  for (let at = 0; at < repeat; at += 1) {
    fs.rmSync(out, { recursive: true, force: true });
    runs.push(await measureProcess(command, parameters));
  }
  return {
    ms: percentile(runs.map((run) => run.ms), 0.5), peak_bytes: Math.max(...runs.map((run) => run.peak_bytes)),
    runs: runs.length, ...bundleSize(out),
  };
}

export async function bundle({ repeat = 3, langs = kIndexLanguages } = {}) {
  const input = site(langs);
  const scratch = path.join(kWork, 'scratch/bundle');
  fs.mkdirSync(scratch, { recursive: true });
  const lines = path.join(scratch, 'documents.jsonl');
  fs.writeFileSync(lines, langs.map((lang) => fs.readFileSync(documents(lang).file)).join(''));
  const out = (name) => path.join(scratch, name);
  const cli = process.env.CROSSGLOT_CLI ?? path.join(kRepository, 'web/dist/cli.js');
  return {
    langs, pages: walk(input).length,
    site: await timed(repeat, out('ours'), process.execPath, [cli, '--site', input, '--out', out('ours')]),
    native: await timed(repeat, out('native'), crossglotCommand(),
      ['index', '--documents', lines, '--out', out('native')]),
    pagefind: await timed(repeat, out('pagefind'), kPagefindCommand, ['--site', input, '--output-path', out('pagefind')]),
  };
}

export function bundleTable({ langs, pages, site: ours, native, pagefind }) {
  const row = (name, target, run) => [name, target, seconds(run.ms), ratio(run.ms, pagefind.ms),
    megabytes(run.peak_bytes), ratio(run.peak_bytes, pagefind.peak_bytes)];
  const size = (name, run) => [name, megabytes(run.indexBytes), percent(run.indexBytes / pagefind.indexBytes),
    run.indexFiles, megabytes(run.dictionaryBytes), run.dictionaryFiles, megabytes(run.bytes), run.files];
  return [
    `Index of ${pages} pages (${langs.join(', ')}), median of ${ours.runs}, peak memory of the process tree`,
    table(['', 'target', 'time', 'to Pagefind', 'peak memory', 'to Pagefind'], [
      row('npx crossglot, from HTML', kTargets.site, ours),
      row('crossglot index, native, from documents', kTargets.native, native),
      row('Pagefind 1.6, from HTML', '', pagefind)]),
    '', `Bundle (target: ${kTargets.bytes}, <= ${kTargets.files} files); runtime and dictionaries are counted apart`,
    table(['', 'index', 'to Pagefind', 'files', 'dictionaries', 'files', 'with all', 'files with all'], [
      size('npx crossglot', ours), size('crossglot index, native', native), size('Pagefind 1.6', pagefind)]),
  ].join('\n');
}
