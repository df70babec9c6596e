/**
 * Builds web/dist, the content of the npm package:
 *
 *   cli.js cli-worker.js    `npx crossglot` and its worker thread, with their dependencies bundled (Node)
 *   ui.js                   <crossglot-search>, registered: what a site's script tag loads
 *   element.js index.js     the element class and open(), for bundlers
 *   worker.js               the module worker that holds the core
 *   wasm/                   the core, the indexer's core, one module per stemmer
 *   types/                  declarations
 *
 *   node build.mjs [--wasm DIR] [--no-types]
 *
 * --wasm names the folder with the compiled modules (CMake: build/<preset>/wasm). A missing module is an error
 * unless --no-wasm is given.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const dist = join(web, 'dist');
const { values: options } = parseArgs({
  options: {
    wasm: { type: 'string', default: join(web, '..', 'build', 'wasm', 'wasm') },
    'no-wasm': { type: 'boolean', default: false },
    'no-types': { type: 'boolean', default: false },
  },
});

const common = { bundle: true, format: 'esm', target: 'es2022', legalComments: 'none', logLevel: 'warning' };

/** Output name to entry; one bundle each, so that every file of the package stands alone. */
const browser = {
  ui: 'element/auto.ts',
  element: 'element/element.ts',
  index: 'client/index.ts',
  worker: 'worker/worker.ts',
};
const node = { cli: 'cli/main.ts', 'cli-worker': 'cli/worker_thread.ts' };

const { version } = JSON.parse(await (await import('node:fs/promises')).readFile(join(web, 'package.json'), 'utf8'));
const define = { CROSSGLOT_VERSION: JSON.stringify(version) };

async function bundle(entries, settings) {
  for (const [name, entry] of Object.entries(entries)) {
    if (!existsSync(join(web, entry))) throw new Error(`web/${entry} is not there`);
    await build({ ...common, ...settings, define, entryPoints: [join(web, entry)], outfile: join(dist, `${name}.js`) });
  }
}

function copyWasm(from) {
  const names = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith('.wasm')) : [];
  for (const required of ['crossglot.wasm', 'crossglot-index.wasm']) {
    if (!names.includes(required)) throw new Error(`${required} is not in ${from}: build the wasm preset first`);
  }
  mkdirSync(join(dist, 'wasm'), { recursive: true });
  for (const name of names.sort()) copyFileSync(join(from, name), join(dist, 'wasm', name));
}

rmSync(dist, { recursive: true, force: true });
await bundle(browser, { platform: 'browser', minify: true });
await bundle(node, {
  platform: 'node',
  target: 'node20.19',
  // CommonJS dependencies inside an ES module bundle ask for require.
  banner: { js: "import { createRequire as crossglotRequire } from 'node:module';"
    + ' const require = crossglotRequire(import.meta.url);' },
});
if (!options['no-wasm']) copyWasm(options.wasm);
if (!options['no-types']) {
  const tsc = spawnSync(process.execPath, [join(web, 'node_modules', 'typescript', 'bin', 'tsc'), '--build', web], {
    stdio: 'inherit',
  });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
}
for (const name of readdirSync(dist)) {
  const file = statSync(join(dist, name));
  if (file.isFile()) process.stdout.write(`${name} ${file.size}\n`);
}
