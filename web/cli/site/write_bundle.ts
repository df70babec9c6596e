/**
 * Writes a bundle's folder so that a reader of the site always finds a whole one: files are written beside and
 * renamed, the manifest last, and what no manifest names any more is removed after that.
 */
import {
  existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError, exitInput } from '../errors.js';
import type { BundleFile } from '../core/core.js';

const kTemporary = '.crossglot-new-';
/** Names of the index's immutable files (core/format/FORMAT.md). */
const kDataName = /^[0-9a-f]{16}\.cg[lt]$/;

function sentence(error: unknown): string {
  const { code, path } = error as { code?: string; path?: string };
  const why = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'no permission to write'
    : code === 'ENOTDIR' || code === 'EEXIST' ? 'a file is in the way of a folder'
    : code === 'ENOSPC' ? 'the disk is full' : String((error as Error).message);
  return `${path ?? 'output'}: ${why}`;
}

/** Says before long work what would fail after it. */
export function checkOutput(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
    const probe = join(out, `${kTemporary}probe`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new CommandError(exitInput, sentence(error));
  }
}

function writeFile(out: string, name: string, bytes: Uint8Array): void {
  const target = join(out, name);
  // Content-hashed: the same name and size is the same file, left by an earlier run.
  if (kDataName.test(name) && existsSync(target) && statSync(target).size === bytes.length) return;
  const temporary = join(dirname(target), kTemporary + target.slice(dirname(target).length + 1));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(temporary, bytes);
  renameSync(temporary, target);
}

/**
 * @param files the index's files, manifest.json last; then nothing of an earlier index stays.
 * @param runtime files that serve the index: written before the manifest.
 * @throws {CommandError} naming the path that could not be written; the old bundle still works then.
 */
export function writeBundle(out: string, files: readonly BundleFile[], runtime: readonly BundleFile[]): void {
  try {
    mkdirSync(out, { recursive: true });
    const manifest = files.filter(({ name }) => name === 'manifest.json');
    const data = files.filter(({ name }) => name !== 'manifest.json');
    for (const file of [...data, ...runtime, ...manifest]) writeFile(out, file.name, file.bytes);
    const current = new Set(data.map(({ name }) => name));
    for (const name of readdirSync(out)) {
      if (name.startsWith(kTemporary) || (kDataName.test(name) && !current.has(name))) rmSync(join(out, name));
    }
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(exitInput, sentence(error));
  }
}

/** The files of a package folder, named relative to it. */
export function readFolder(folder: string): BundleFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: path.slice(folder.length + 1), bytes: readFileSync(path) }));
}
