/**
 * `--seed` and `--means`: word tables and means of queries that other documentation lends a site whose readers ask in
 * languages without pages. Those of the package come where `--languages` says who asks and no file is named.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Builder, BuildReport, BundleFile } from '../core/core.js';
import { CommandError, exitInput } from '../errors.js';
import { type Parsed, text, texts } from '../options.js';
import { lentFiles } from '../package_files.js';
import type { ModelOptions } from './model.js';
import { readersOf } from './readers.js';

export const kLendingOptions = {
  seed: { type: 'string', multiple: true },
  means: { type: 'string' },
} as const;

/** Gives a new builder what is lent. @throws {CommandError} for a broken file, or means of another model. */
export type Lend = (builder: Builder) => void;

function readLent(flag: string, path: string): BundleFile {
  try {
    return { name: path, bytes: readFileSync(path) };
  } catch {
    throw new CommandError(exitInput, `--${flag} ${path}: cannot be read`);
  }
}

/** Means of the package that are of this model: there are none of every model. */
function lendOwnMeans(builder: Builder, description: string): void {
  for (const { name, bytes } of lentFiles('means')) {
    if (builder.means(bytes, name, description)) return;
  }
}

/** Null: no --seed. */
function namedSeeds({ values }: Parsed): BundleFile[] | null {
  const named = texts(values, 'seed');
  if (!named.includes('none')) return named.length === 0 ? null : named.map((path) => readLent('seed', path));
  if (named.length > 1) throw new CommandError(exitInput, '--seed none: leaves no place for another --seed');
  return [];
}

/** What the command line says. @throws {CommandError} naming the flag that is off. */
export function lending(parsed: Parsed, model: ModelOptions | null): Lend {
  const readers = readersOf(parsed);
  const seeds = namedSeeds(parsed);
  const wanted = text(parsed.values, 'means');
  const means = wanted === '' || wanted === 'none' ? null : readLent('means', wanted);
  const folder = model?.vectors ? model.folder : '';
  if (means && folder === '') {
    throw new CommandError(exitInput, '--means: is of a model\'s vectors; it needs --model, and not --vectors no');
  }
  return (builder) => {
    for (const { name, bytes } of seeds ?? (readers ? lentFiles('seed') : [])) builder.seed(bytes, name);
    if (readers && !seeds) builder.readers(readers);
    if (folder === '' || wanted === 'none' || !(means || readers)) return;
    const description = readFileSync(join(folder, 'model.json'), 'utf8');
    if (!means) lendOwnMeans(builder, description);
    else if (!builder.means(means.bytes, means.name, description)) {
      throw new CommandError(exitInput, `${means.name}: means of another model, or of another version of it`);
    }
  };
}

/** Of --languages: whose words a table translates. */
export function describeReaders({ readers }: BuildReport): string {
  if (!readers || readers.with.length + readers.without.length === 0) return '';
  const served = readers.with.length === 0 ? '' : `${readers.with.join(', ')} by word tables`;
  const others = readers.without.length === 0 ? '' : `no word table for ${readers.without.join(', ')}`;
  return `readers  ${[served, others].filter((part) => part !== '').join('; ')}\n`;
}
