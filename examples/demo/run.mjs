// `./dev demo`: LibreOffice Help and the Debian Handbook, fetched, indexed by the Node command, served by the native
// one. Words are there first; vectors are made while the server runs, and the indexes with them take the others'
// places. `--check` drives a browser over them instead of waiting for a reader, and makes vectors of a part alone;
// `--prepare` stops before serving, `--words` does without vectors.
//
// Each step leaves a stamp that says what it was made from, so that a second run has nothing to do.
// The environment says where the built parts are: CROSSGLOT_COMMAND (the native command; required),
// CROSSGLOT_CLI (the Node command; default web/dist/cli.js).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { demoPackages, fetchPackages, handbookPackages, libreofficePackages, packageVersions } from './fetch.mjs';
import { assembleHandbook } from './handbook.mjs';
import { assembleLibreoffice } from './libreoffice.mjs';
import { assetsFolder, demoFolder, documentsOf, readStamp, repository, siteFolder, writeStamp } from './paths.mjs';
import { progress, say, seconds, stop } from './progress.mjs';
import { addVectors, endVectors, provideModel } from './vectors.mjs';

function parse(args) {
  const options = { check: false, prepare: false, words: false, port: undefined };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--check') options.check = true;
    else if (args[i] === '--prepare') options.prepare = true;
    else if (args[i] === '--words') options.words = true;
    else if (args[i] === '--port' && /^\d+$/.test(args[i + 1] ?? '')) options.port = args[(i += 1)];
    else stop(`unknown option ${args[i]}; there are --check, --prepare, --words and --port N`);
  }
  return options;
}

/** A hash over files and folders of files: what a step was made from. */
function fingerprint(paths, text = '') {
  const hash = createHash('sha256').update(text);
  const add = (path) => {
    if (existsSync(path) && readdirSafe(path) !== undefined) {
      for (const name of readdirSafe(path).sort()) add(join(path, name));
    } else {
      hash.update(`\0${basename(path)}\0`);
      if (existsSync(path)) hash.update(readFileSync(path));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

function readdirSafe(path) {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

const here = join(repository, 'examples/demo');
const cli = process.env.CROSSGLOT_CLI ?? join(repository, 'web/dist/cli.js');
const sites = ['libreoffice', 'handbook'];
const native = process.env.CROSSGLOT_COMMAND ?? '';

/** Writes the pages of a site; the fingerprint of what they were made from. */
function assemble(site, packages, write) {
  const sources = [`${site}.mjs`, 'run.mjs', 'paths.mjs', 'untranslated.mjs', `assets/${site}.css`, `assets/${site}.js`];
  const stamp = fingerprint(sources.map((name) => join(here, name)), packageVersions(packages));
  if (readStamp(`${site}-pages`) === stamp) return stamp;
  const start = performance.now();
  writeStamp(`${site}-pages`, '');
  mkdirSync(siteFolder, { recursive: true });
  const pages = write();
  writeStamp(`${site}-pages`, stamp);
  say(`wrote ${pages.toLocaleString('en')} pages of ${site} in ${seconds(start)}`);
  return stamp;
}

function index(site, pagesStamp) {
  const stamp = fingerprint([dirname(cli)], pagesStamp);
  if (readStamp(`${site}-index`) === stamp && existsSync(documentsOf(site))) return stamp;
  if (!existsSync(cli)) stop(`${cli} is not built; run it through ./dev demo`);
  const start = performance.now();
  progress(`indexing ${site}`);
  const result = spawnSync(process.execPath, [cli, '--site', join(siteFolder, site), '--documents', documentsOf(site)], {
    stdio: ['ignore', 'pipe', process.stderr.isTTY ? 'inherit' : 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) stop(`indexing ${site} failed:\n${result.stderr ?? ''}${result.stdout ?? ''}`);
  writeStamp(`${site}-index`, stamp);
  writeStamp(`${site}-vectors`, '');
  say(`indexed ${site} in ${seconds(start)}`);
  return stamp;
}

/** Vectors for the indexes that have none of this model yet, one site after the other. */
async function addAllVectors(indexes) {
  const model = await provideModel();
  if (model === undefined) return;
  for (const { site, stamp } of indexes) {
    const made = fingerprint([join(model, 'model.json')], stamp);
    if (readStamp(`${site}-vectors`) === made) continue;
    const error = await addVectors({
      native, cli, model, name: site, folder: join(siteFolder, site), documents: documentsOf(site),
    });
    if (error !== '') {
      say(`${site} goes on with words, its vectors failed: ${error}`);
      return;
    }
    writeStamp(`${site}-vectors`, made);
  }
  say('all searches are by words and by meaning now');
}

/** Starts the server; resolves with it and its address once it listens. */
function serve(port) {
  const args = ['serve', siteFolder, ...(port === undefined ? [] : ['--port', port])];
  const server = spawn(native, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    let said = '';
    server.on('error', (error) => stop(`cannot start ${native}: ${error.message}`));
    server.on('exit', (code) => {
      endVectors();
      process.exit(code ?? 0);
    });
    server.stdout.on('data', (data) => {
      said += data;
      const address = /http:\/\/\S+/.exec(said);
      if (address !== null) resolve({ server, address: address[0] });
    });
  });
}

const options = parse(process.argv.slice(2));
if (!existsSync(native)) stop('CROSSGLOT_COMMAND does not name the native command; run it through ./dev demo');
mkdirSync(demoFolder, { recursive: true });
await fetchPackages(demoPackages);
const indexes = [
  ['libreoffice', libreofficePackages, assembleLibreoffice],
  ['handbook', handbookPackages, assembleHandbook],
].map(([site, packages, write]) => ({ site, stamp: index(site, assemble(site, packages, write)) }));
for (const name of ['index.html', 'index.css']) cpSync(join(assetsFolder, name), join(siteFolder, name));
if (!options.prepare) {
  const { server, address } = await serve(options.check ? (options.port ?? '0') : options.port);
  if (options.check) {
    const { check } = await import('../../tests/demo/check.mjs');
    const bundles = sites.map((site) => ({
      site, documents: documentsOf(site), bundle: join(siteFolder, site, 'crossglot'),
    }));
    const passed = await check(address, { native, cli }, bundles).finally(() => {
      server.removeAllListeners('exit');
      server.kill();
      endVectors();
    });
    process.exit(passed ? 0 : 1);
  }
  say(`the demo is at ${address} (Ctrl-C ends it); it searches by words, meaning follows`);
  if (!options.words) await addAllVectors(indexes);
}
