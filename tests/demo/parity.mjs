// The Node command indexed the demo with the core as wasm; the native command, given the same documents, must write
// the same bytes. Compares every file of the index; the page's runtime beside it is the Node command's alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isIndexFile = (name) => name === 'manifest.json' || /\.cg[ltv]$/.test(name);
const indexFiles = (folder) => readdirSync(folder).filter(isIndexFile).sort();

/**
 * @param {string} native      the native command
 * @param {string} documents   documents.jsonl as the Node command wrote it
 * @param {string} bundle      the folder that the Node command wrote
 * @param {string} [model]     the pack whose vectors the bundle has
 * @returns {{files: number, different: string[]}} names that only one has, or whose bytes differ
 */
export function compareBundles(native, documents, bundle, model) {
  const folder = mkdtempSync(join(tmpdir(), 'crossglot-parity-'));
  try {
    const args = ['index', '--documents', documents, '--out', folder, ...(model ? ['--model', model] : [])];
    const result = spawnSync(native, args, { encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`${native} index failed:\n${result.stderr}`);
    const names = new Set([...indexFiles(folder), ...indexFiles(bundle)]);
    const read = (where, name) => (readdirSync(where).includes(name) ? readFileSync(join(where, name)) : Buffer.alloc(0));
    const different = [...names].filter((name) => !read(folder, name).equals(read(bundle, name)));
    return { files: names.size, different };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
