// Vectors for the demo's sites, made while their pages are already being searched by words.
//
// The native command encodes: its kernels are three times as fast as those under Node. What it encodes goes into the
// cache that both commands share, and the Node command, which makes the demo's indexes, finds everything there. A
// second run, and a run after an edit, encode what is new.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';

import { cache, demoFolder, repository } from './paths.mjs';
import { progress, say, seconds } from './progress.mjs';

/** Lower than that of the server and the browser, which a reader waits for. */
const PRIORITY = 10;

const children = new Set();

/** Ends what still runs: nothing encodes for a demo that is over. */
export function endVectors() {
  for (const child of children) child.kill();
}

/** Runs a command; resolves with its exit code and what it said. Its progress shows where there is a terminal. */
function run(program, args, { visible = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', visible && process.stderr.isTTY ? 'inherit' : 'pipe'],
      cwd: repository,
    });
    children.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += data));
    const end = (code, more = '') => {
      children.delete(child);
      resolve({ code, said: said + more });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code ?? 1));
    try {
      setPriority(child.pid, PRIORITY);
    } catch {
      // It has ended, or the system knows no priorities.
    }
  });
}

/** Where the default model lies, or will. */
export const modelFolder = () => process.env.CROSSGLOT_MODEL ?? join(cache, 'model/e5-small');

/** The folder of the default model, which `./dev model` makes; undefined, with a sentence, where it cannot. */
export async function provideModel() {
  const folder = modelFolder();
  if (process.env.CROSSGLOT_MODEL === undefined) {
    progress('fetching the model');
    const { code, said } = await run(join(repository, 'dev'), ['model']);
    if (code !== 0) say(`there is no model, the demo goes on with words: ${said.trim().split('\n').pop()}`);
    if (code !== 0) return undefined;
  }
  return existsSync(join(folder, 'model.json')) ? folder : undefined;
}

/**
 * Puts vectors into the index of the site at `folder`, and the model beside it. The index is replaced as a whole: a
 * page that is open goes on with the old one until it asks for the new. Resolves with an error's text, or ''.
 */
export async function addVectors({ native, cli, name, folder, documents, model }) {
  const start = performance.now();
  // Always the same folder: what a run leaves that is ended by Ctrl-C, the next one clears away.
  const scratch = join(demoFolder, 'vectors', name);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    progress(`making vectors of ${name}`);
    const encoded = await run(native, ['index', '--documents', documents, '--out', scratch, '--model', model], {
      visible: true,
    });
    if (encoded.code !== 0) return encoded.said.trim();
    progress(`writing the vectors of ${name}`);
    const written = await run(process.execPath, [cli, '--site', folder, '--model', model]);
    if (written.code !== 0) return written.said.trim();
    const [, rows, texts] = /^vectors +([\d,]+ rows) from ([\d,]+ texts)/m.exec(written.said) ?? [];
    say(`${name}: ${rows} of vectors, from ${texts}, in ${seconds(start)}`);
    return '';
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
