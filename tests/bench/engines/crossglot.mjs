// The native command on the peers' terms: an index of the pool's documents, TREC runs for batches of queries.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { kRepository } from '../lib/corpus.mjs';
import { groupOf } from './pagefind.mjs';

export function crossglotCommand() {
  if (process.env.CROSSGLOT_COMMAND !== undefined) return process.env.CROSSGLOT_COMMAND;
  const folder = path.join(kRepository, 'build');
  const found = (fs.existsSync(folder) ? fs.readdirSync(folder) : [])
    .flatMap((name) => [path.join(folder, name, 'crossglot'), path.join(folder, name, 'core/crossglot')])
    .filter((file) => fs.existsSync(file) && fs.statSync(file).isFile())
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  if (found.length === 0) {
    throw new Error('no native crossglot under build/: build it (./dev crossglot), or name it in CROSSGLOT_COMMAND');
  }
  return found[0];
}

export function crossglot(parameters) {
  const run = spawnSync(crossglotCommand(), parameters, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  // 1: it ran and found nothing.
  if (run.status !== 0 && run.status !== 1) {
    throw new Error(`crossglot ${parameters.join(' ')}: exit ${run.status ?? run.signal}\n${run.stderr}`);
  }
  return run.stdout;
}

export function crossglotIndex(file, out, more = []) {
  fs.rmSync(out, { recursive: true, force: true });
  crossglot(['index', '--documents', file, '--out', out, ...more]);
}

// Whether an index stands in `out` that is no older than the command.
export function isCurrentIndex(out) {
  const manifest = path.join(out, 'manifest.json');
  return fs.existsSync(manifest) && fs.statSync(manifest).mtimeMs >= fs.statSync(crossglotCommand()).mtimeMs;
}

export const crossglotNative = {
  name: 'Crossglot',
  // Pages (their groups), best first, for each query. bundle: an index that stands already; file: documents to
  // make one of.
  async rank({ file, bundle = null, lang, tag, queries, limit, scratch }) {
    const index = bundle ?? path.join(scratch, 'crossglot');
    if (bundle === null) crossglotIndex(file, index);
    const queryFile = path.join(scratch, 'queries.tsv');
    fs.writeFileSync(queryFile, queries.map((query, at) => `${at}\t${tag ?? lang}\t${query}\n`).join(''));
    const run = crossglot(['run', index, '--queries', queryFile, '--in', tag ?? lang, '--mode', 'lexical',
      '--limit', String(limit)]);
    const answers = queries.map(() => []);
    for (const line of run.split('\n')) {
      if (line === '') continue;
      const [id, , name] = line.split(' ');
      answers[Number(id)].push(groupOf(decodeURIComponent(name)));
    }
    return answers;
  },
};
