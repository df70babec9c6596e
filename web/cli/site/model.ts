/** `--model`: which pack that is, what becomes of it, and the site's own copy, ordered by what the site says. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BundleFile, Core, type ModelPack } from '../core/core.js';
import { CommandError, exitInput } from '../errors.js';
import { choice, type Parsed, text } from '../options.js';
import { readersOf } from './readers.js';
import { cacheFolder } from './vector_file.js';

export const kModelOptions = {
  model: { type: 'string' },
  vectors: { type: 'string' },
  cache: { type: 'string' },
  languages: { type: 'string' },
} as const;

export interface ModelOptions {
  /** The pack's. */
  folder: string;
  /** Whether the index gets vectors, and where those of earlier runs are; '': nowhere. */
  vectors: boolean;
  cache: string;
  /** What readers ask in; none: all. */
  languages: string[];
}

/** What the command line says of a model; null: nothing. @throws {CommandError} naming the flag that is off. */
export function modelOptions(parsed: Parsed): ModelOptions | null {
  const { values } = parsed;
  const named = text(values, 'model', 'none');
  if (named === '') throw new CommandError(exitInput, '--model: needs a folder, a package, or none');
  const vectors = choice(values, 'vectors', ['yes', 'no']) === 'yes';
  const languages = readersOf(parsed) ?? [];
  if (named === 'none') return null;
  return { folder: findModel(named), vectors, cache: cacheFolder(text(values, 'cache')), languages };
}

const kRoot = 'model.json';
const kFileName = /^([0-9a-f]{16}\.cgm|model\.json)$/;
/** What npm lets a package be called, as far as it matters here: nothing that leaves node_modules. */
const kPackageName = /^(@[^./\\@][^/\\]*\/)?[^./\\@][^/\\]*$/;

const isPack = (folder: string): boolean => existsSync(join(folder, kRoot)) && statSync(join(folder, kRoot)).isFile();

/**
 * The folder that `--model` means: one with a pack, or a package that npm has installed in `from` or around it.
 * @throws {CommandError} saying what to do.
 */
export function findModel(model: string, from = process.cwd()): string {
  if (isPack(resolve(from, model))) return resolve(from, model);
  if (existsSync(resolve(from, model)) && statSync(resolve(from, model)).isDirectory()) {
    const mend = '`crossglot model import` makes one';
    throw new CommandError(exitInput, `--model ${model}: is no model pack, it has no ${kRoot}; ${mend}`);
  }
  if (kPackageName.test(model)) {
    for (let folder = resolve(from); ; folder = dirname(folder)) {
      const candidate = join(folder, 'node_modules', model);
      if (isPack(candidate)) return candidate;
      if (dirname(folder) === folder) break;
    }
  }
  const mend = `try \`npm install ${model}\``;
  const neither = 'neither a folder with a model pack nor a package that npm has installed here';
  throw new CommandError(exitInput, `--model ${model}: ${neither}; ${mend}`);
}

function* packFiles(folder: string): Generator<BundleFile> {
  for (const name of readdirSync(folder).filter((name) => kFileName.test(name)).sort()) {
    yield { name, bytes: readFileSync(join(folder, name)) };
  }
}

/** The pack in `folder`, in an instance of the core of its own. @throws {CommandError} when it is broken. */
export function openModel(module: WebAssembly.Module, folder: string): ModelPack {
  const pack = new Core(module).newModel();
  try {
    pack.open(packFiles(folder));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(error.exitCode, `--model ${folder}: ${error.message}`);
  }
  return pack;
}
