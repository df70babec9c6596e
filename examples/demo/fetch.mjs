// Real multilingual documentation out of Debian packages: downloaded by apt, unpacked with dpkg, never installed.
//
// `node examples/demo/fetch.mjs [LANGUAGE...]` fetches what the demo needs and LibreOffice Help in further languages.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { debianFolder, libreofficeLanguages } from './paths.mjs';
import { progress, say, seconds, stop } from './progress.mjs';

export const libreofficePackage = (language) => `libreoffice-help-${language.toLowerCase()}`;

export const libreofficePackages = ['libreoffice-help-common', ...libreofficeLanguages.map(libreofficePackage)];
export const handbookPackages = ['debian-handbook'];
export const demoPackages = [...libreofficePackages, ...handbookPackages];

const downloads = () => join(debianFolder, 'packages');
const root = () => join(debianFolder, 'root');
const marker = (name) => join(debianFolder, 'unpacked', name);

function downloaded(name) {
  if (!existsSync(downloads())) return undefined;
  const file = readdirSync(downloads()).find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
  return file === undefined ? undefined : join(downloads(), file);
}

/** Runs a command in `folder`; resolves with its exit code and what it said on stderr. */
function command(program, args, folder) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data) => (said += data));
    child.on('error', (error) => resolve({ code: 127, said: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

async function download(name) {
  const partial = join(downloads(), 'partial');
  mkdirSync(partial, { recursive: true });
  // apt leaves a file of the final name behind only when it is whole; the rename keeps that so for our folder.
  let result = await command('apt-get', ['download', '-q', name], partial);
  if (result.code !== 0 && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
    result = await command('apt-get', ['download', '-q', name], partial);
  }
  const file = readdirSync(partial).find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
  if (result.code !== 0 || file === undefined) {
    const reason = result.said.trim().split('\n').pop() ?? '';
    stop(
      `cannot download the Debian package ${name}: ${reason}\n` +
        '  The demo needs apt-get with Debian main among its sources; try `apt-get update` and run it again.',
    );
  }
  renameSync(join(partial, file), join(downloads(), file));
}

async function unpack(name) {
  mkdirSync(root(), { recursive: true });
  const result = await command('dpkg-deb', ['-x', downloaded(name), root()], debianFolder);
  if (result.code !== 0) {
    rmSync(downloaded(name), { force: true });
    stop(`cannot unpack ${name}: ${result.said.trim()}\n  The file is removed; run the demo again.`);
  }
  mkdirSync(join(debianFolder, 'unpacked'), { recursive: true });
  writeFileSync(marker(name), '');
}

/** Downloads and unpacks what is missing of `names`. */
export async function fetchPackages(names) {
  const missing = names.filter((name) => !existsSync(marker(name)));
  if (missing.length === 0) return;
  const start = performance.now();
  for (const [number, name] of missing.entries()) {
    progress(`fetching ${name}`, number / missing.length);
    if (downloaded(name) === undefined) await download(name);
    await unpack(name);
  }
  say(`fetched ${missing.length} Debian packages in ${seconds(start)}`);
}

/** File names of the packages: they carry the versions, so stamps change with them. */
export function packageVersions(names) {
  return names.map((name) => downloaded(name)?.split('/').pop() ?? name).join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await fetchPackages([...demoPackages, ...process.argv.slice(2).map(libreofficePackage)]);
  process.stdout.write(`${root()}\n`);
}
