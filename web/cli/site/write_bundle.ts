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
/** Names of immutable files: of the index (core/format/FORMAT.md) and of a model pack (core/format/MODEL.md). */
const kIndexName = /^[0-9a-f]{16}\.cg[ltv]$/;
const kModelName = /^[0-9a-f]{16}\.cgm$/;

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

function writeFile(out: string, name: string, bytes: Uint8Array, immutable: RegExp): void {
  const target = join(out, name);
  // Content-hashed: the same name and size is the same file, left by an earlier run.
  if (immutable.test(name) && existsSync(target) && statSync(target).size === bytes.length) return;
  const temporary = join(dirname(target), kTemporary + target.slice(dirname(target).length + 1));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(temporary, bytes);
  renameSync(temporary, target);
}

/** Writes `files` and, behind all others, the one that is called `root`; then removes what it no longer names. */
function writeFolder(out: string, files: readonly BundleFile[], root: string, immutable: RegExp): void {
  try {
    mkdirSync(out, { recursive: true });
    const last = files.filter(({ name }) => name === root);
    const first = files.filter(({ name }) => name !== root);
    for (const file of [...first, ...last]) writeFile(out, file.name, file.bytes, immutable);
    const current = new Set(first.map(({ name }) => name));
    for (const name of readdirSync(out)) {
      if (name.startsWith(kTemporary) || (immutable.test(name) && !current.has(name))) rmSync(join(out, name));
    }
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(exitInput, sentence(error));
  }
}

/**
 * @param files the index's files and manifest.json; nothing of an earlier index stays.
 * @param runtime files that serve the index: written before the manifest.
 * @throws {CommandError} naming the path that could not be written; the old bundle still works then.
 */
export function writeBundle(out: string, files: readonly BundleFile[], runtime: readonly BundleFile[]): void {
  writeFolder(out, [...files, ...runtime], 'manifest.json', kIndexName);
}

/** The same for the files of a model pack. */
export function writeModel(out: string, files: readonly BundleFile[]): void {
  writeFolder(out, files, 'model.json', kModelName);
}

/** The files of a package folder, named relative to it. */
export function readFolder(folder: string): BundleFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: path.slice(folder.length + 1), bytes: readFileSync(path) }));
}
