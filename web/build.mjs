/**
 * Builds web/dist, the content of the npm package:
 *
 *   cli.js cli-worker.js     `npx crossglot` and its worker thread, with their dependencies bundled (Node)
 *   crossglot-index.wasm     the indexer's core
 *   seed/ means/             what it lends a site whose readers ask in other languages: models/seed, models/means
 *   runtime/                 what the indexer lays beside the index, and bundlers import:
 *     ui.js panel.js         the search button and, on intent, its dialog
 *     strings/               the dialog's words, a file for each language but English
 *     element.js index.js    the element class without registration; open() alone
 *     worker.js              the module worker that holds the core
 *     crossglot.wasm stem/   the core, one module per stemmer
 *     meaning.js             the page's end of a model, loaded where there is one, as are
 *     encoder.js             the module worker that embeds texts, and
 *     encoder.wasm encoder-relaxed.wasm   its core, with SIMD128, and with relaxed SIMD
 *     hybrid.js hybrid.wasm  what it searches by words and meaning with, where the bundle has vectors
 *     rerank.js reranker.js  the page's end of a reranker and its module worker, loaded where a page names one
 *   types/                   declarations
 *   LICENSE THIRD-PARTY.txt  our licence, and those of what is bundled, compiled in or lent
 *
 *   node build.mjs [--wasm DIR] [--no-wasm] [--no-types]
 *
 * --wasm names the folder with the compiled modules (CMake target crossglot_wasm). Fails when one is missing, or
 * when a file of the runtime has outgrown its budget.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const target = join(web, 'dist');
/** Where the files are made; they take their places when all are there, so that nobody meets half a package. */
const dist = join(target, '.new');
const runtime = join(dist, 'runtime');
const models = join(web, '..', 'models');
const { values: options } = parseArgs({
  options: {
    wasm: { type: 'string', default: join(web, '..', 'build', 'wasm', 'wasm') },
    'no-wasm': { type: 'boolean', default: false },
    'no-types': { type: 'boolean', default: false },
  },
});

/** Stands for the build id while files are bundled; the id is a hash over them. */
const kBuildToken = 'crossglot-build-id';
const { version } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  // What subclasses alone share; each bundle has its own copy of both.
  mangleProps: /[a-z]_$/,
  logLevel: 'warning',
  define: { CROSSGLOT_VERSION: JSON.stringify(version), CROSSGLOT_BUILD: JSON.stringify(kBuildToken) },
};

/** Output name to entry; one bundle each, so that every file of the package stands alone. */
const kBrowserEntries = {
  ui: 'element/ui.ts',
  panel: 'element/panel.ts',
  element: 'element/element.ts',
  index: 'client/api.ts',
  meaning: 'client/meaning.ts',
  worker: 'worker/worker.ts',
  encoder: 'worker/encoder.ts',
  hybrid: 'worker/hybrid.ts',
  rerank: 'client/reranker.ts',
  reranker: 'worker/reranker.ts',
};
for (const file of readdirSync(join(web, 'element/strings'))) {
  const name = file.slice(0, -'.ts'.length);
  if (!['en', 'index', 'names', 'table'].includes(name)) kBrowserEntries[`strings/${name}`] = `element/strings/${file}`;
}
const kNodeEntries = { cli: 'cli/main.ts', 'cli-worker': 'cli/worker_thread.ts' };

/**
 * gzip -9 bytes that a reader may have to fetch. Together with a stemmer and the dialog's words they are the code of a
 * first answer, which has 95 kB (tests/web-cli/package.test.ts): what the core is over the 58 of its plan, the element
 * is under.
 */
const kBudgets = {
  'ui.js': 4096, 'panel.js': 11 * 1024, 'worker.js': 6144, 'crossglot.wasm': 70 * 1024,
  // Where there is a model, encoder.js and one of the modules come along: 120 kB together at most.
  'encoder.js': 8192, 'encoder.wasm': 109 * 1024, 'encoder-relaxed.wasm': 109 * 1024,
  // And where the bundle has vectors, these.
  'meaning.js': 4096, 'hybrid.js': 9 * 1024, 'hybrid.wasm': 132 * 1024,
  'rerank.js': 2048, 'reranker.js': 6144,
};
/** Two algorithms are mostly tables: Greek of endings, Serbian of Cyrillic letters and long lists of suffixes. */
const kStemmerBudgets = { 'stem/greek.wasm': 12.5 * 1024, 'stem/serbian.wasm': 24.5 * 1024 };
const kStemmerBudget = 9 * 1024;

/** Style sheets are template literals, whose blanks a script's minifier leaves alone. */
const shortSheets = {
  name: 'short-sheets',
  setup({ onLoad }) {
    onLoad({ filter: /_styles\.ts$/ }, async ({ path }) => {
      const [, head, css, tail] = /^([^]*?sheet\(`)([^`$\\]*)(`[^]*)$/.exec(readFileSync(path, 'utf8'));
      const { code } = await transform(css, { loader: 'css', minifyWhitespace: true });
      return { contents: head + code.trim() + tail, loader: 'ts' };
    });
  },
};

const bundledPackages = new Set();

async function bundle(entries, folder, settings) {
  for (const [name, entry] of Object.entries(entries)) {
    if (!existsSync(join(web, entry))) throw new Error(`web/${entry} is not there`);
    const { metafile } = await build({
      ...common, ...settings, metafile: true, entryPoints: [join(web, entry)], outfile: join(folder, `${name}.js`),
    });
    for (const input of Object.keys(metafile.inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (name) bundledPackages.add(name);
    }
  }
}

/** Licences of the packages in the bundles, and of what the wasm modules are compiled from. */
function writeLicenses() {
  const deps = join(web, '..', '.cache', 'deps');
  const texts = [...bundledPackages].sort().map((name) => {
    const folder = join(web, 'node_modules', name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} comes without a licence`);
    return [name, join(folder, file)];
  });
  texts.push(['Snowball', join(deps, 'snowball', 'COPYING')], ['libdeflate', join(deps, 'libdeflate', 'COPYING')],
    ['JSON for Modern C++', '/usr/share/doc/nlohmann-json3-dev/copyright'],
    ['Unicode Character Database', '/usr/share/doc/unicode-data/copyright'],
    ['LibreOffice Help', join(models, 'seed', 'LICENSE')]);
  const parts = texts.filter(([, file]) => existsSync(file))
    .map(([name, file]) => `${name}\n${'-'.repeat(name.length)}\n\n${readFileSync(file, 'utf8').trim()}\n`);
  writeFileSync(join(dist, 'THIRD-PARTY.txt'), parts.join('\n\n'));
  copyFileSync(join(web, '..', 'LICENSE'), join(dist, 'LICENSE'));
}

function copyWasm(from) {
  const names = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith('.wasm')) : [];
  const later = ['encoder.wasm', 'encoder-relaxed.wasm', 'hybrid.wasm'];
  for (const required of ['crossglot.wasm', 'crossglot-index.wasm', 'stem-english.wasm',
    ...later.map((name) => `crossglot-${name}`)]) {
    if (!names.includes(required)) throw new Error(`${required} is not in ${from}: build the wasm preset first`);
  }
  mkdirSync(join(runtime, 'stem'), { recursive: true });
  copyFileSync(join(from, 'crossglot-index.wasm'), join(dist, 'crossglot-index.wasm'));
  copyFileSync(join(from, 'crossglot.wasm'), join(runtime, 'crossglot.wasm'));
  for (const name of later) copyFileSync(join(from, `crossglot-${name}`), join(runtime, name));
  for (const name of names) {
    if (name.startsWith('stem-')) copyFileSync(join(from, name), join(runtime, 'stem', name.slice('stem-'.length)));
  }
}

function copyLent(kind) {
  mkdirSync(join(dist, kind), { recursive: true });
  for (const name of readdirSync(join(models, kind))) {
    if (name.endsWith('.tsv')) copyFileSync(join(models, kind, name), join(dist, kind, name));
  }
}

function runtimeFiles() {
  return filesBelow(runtime).sort().map((name) => join(runtime, name));
}

/** Replaces the token in every bundle by a hash of all of them: a deploy never mixes two versions. */
function stampBuildId() {
  const hash = createHash('sha256');
  for (const file of runtimeFiles()) hash.update(file.slice(runtime.length)).update('\0').update(readFileSync(file));
  const id = hash.digest('hex').slice(0, 16);
  for (const file of [...runtimeFiles(), join(dist, 'cli.js'), join(dist, 'cli-worker.js')]) {
    if (!file.endsWith('.js')) continue;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(kBuildToken, id));
  }
}

/** Files below `folder`, relative to it. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function takePlaces() {
  const made = new Set(filesBelow(dist));
  for (const name of made) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    renameSync(join(dist, name), join(target, name));
  }
  rmSync(dist, { recursive: true });
  for (const name of filesBelow(target)) {
    if (!made.has(name) && !name.startsWith('types')) rmSync(join(target, name));
  }
}

function checkBudgets() {
  let within = true;
  for (const file of runtimeFiles()) {
    const name = file.slice(runtime.length + 1);
    const size = gzipSync(readFileSync(file), { level: 9 }).length;
    const budget = name.startsWith('stem') ? kStemmerBudgets[name] ?? kStemmerBudget : kBudgets[name];
    if (budget === undefined) continue;
    if (!name.startsWith('stem')) process.stdout.write(`${name}: ${size} bytes gzipped of ${budget}\n`);
    if (size <= budget) continue;
    process.stderr.write(`${name}: ${size} bytes gzipped, over its budget of ${budget}\n`);
    within = false;
  }
  return within;
}

rmSync(dist, { recursive: true, force: true });
await bundle(kBrowserEntries, runtime, { platform: 'browser', minify: true, plugins: [shortSheets] });
await bundle(kNodeEntries, dist, { platform: 'node', target: 'node20.19' });
if (!options['no-wasm']) copyWasm(options.wasm);
copyLent('seed');
copyLent('means');
stampBuildId();
writeLicenses();
if (!options['no-types']) {
  const tsc = join(web, 'node_modules', 'typescript', 'bin', 'tsc');
  const checked = spawnSync(process.execPath, [tsc, '--build', web], { stdio: 'inherit' });
  if (checked.status !== 0) process.exit(checked.status ?? 1);
}
const within = checkBudgets();
takePlaces();
if (!within) process.exit(1);
