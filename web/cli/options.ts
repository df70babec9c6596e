/** The command line: which words and flags there are. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { availableParallelism } from 'node:os';
import { CommandError, exitInput } from './errors.js';

export type OptionTable = NonNullable<ParseArgsConfig['options']>;
type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Parsed {
  values: Values;
  positionals: string[];
}

export const usage = `crossglot: search a multilingual documentation site entirely in the browser.

  crossglot --site DIR [--out DIR]     extract and index a built site, write DIR/crossglot/
  crossglot index --documents FILE... --out DIR [--model PACK] [--seed FILE]... [--floor N]
  crossglot search BUNDLE "query"      [--lang xx] [--in fr,de|all] [--limit N] [--json]
  crossglot run BUNDLE --queries FILE  [--in LANG|all] [--limit N] [--level page|section] [--collapse group|none]
                                       both: [--mode lexical|dense|hybrid --model PACK], the pack of the index
  crossglot inspect BUNDLE [--json]
  crossglot serve DIR [--port N]

Options of --site:
  --out DIR                  where the index goes (default: crossglot/ in the site)
  --check                    print languages, groups, pages and what is left out; write nothing
  --documents FILE           also write the documents as JSON lines
  --glob PATTERN             files to read (default: **/*.{html,htm})
  --root-selector CSS        the content of a page, when it is not found by itself
  --exclude-selectors CSS    parts to leave out (may repeat)
  --lang-from-path           the folder names the language, whatever <html lang> says
  --force-language TAG       all pages are in this language
  --include-noindex          index pages that ask robots not to
  --keep-index-url           keep index.html in addresses
  --model PACK|none          search by meaning too (also of index): the folder of a model pack, or an installed npm
                             package that is one. Vectors go into the index, and the pack, its rows ordered by what
                             the site says, beside it in model/
  --vectors yes|no           no: lay the pack beside the index, and leave vectors out
  --cache DIR|none           where vectors are kept for the next run, which encodes what is new (default:
                             $XDG_CACHE_HOME/crossglot or ~/.cache/crossglot, as for the native command)
  --languages LIST           of those who ask, as en,fr,ja, or all (also of index): rows of other scripts stay out of
                             the model; for those without pages, the package's word tables and means of queries
  --seed FILE|none           word tables of other documentation instead (may repeat; also of index)
  --means FILE|none          means of other documentation's queries instead (with --model; also of index)
  --threads N                indexing and embedding threads (default: processors)
  --floor N                  fail, and leave the old index, where two languages' nDCG@10 on the site's own titles and
                             headings is below N (also of index)
  --quiet                    print nothing but errors
Exit codes: 0 done, 1 nothing found or below the floor, 2 bad usage or input.
`;

/** @throws {CommandError} naming the flag that is unknown or lacks its value. */
export function parse(args: readonly string[], options: OptionTable, positionals = 0): Parsed {
  let parsed: Parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true }) as Parsed;
  } catch (error) {
    const sentence = (error as Error).message.replace(/\. To specify a positional argument.*$/s, '');
    throw new CommandError(exitInput, `${sentence} (crossglot --help lists them all)`);
  }
  const extra = parsed.positionals[positionals];
  if (extra !== undefined) throw new CommandError(exitInput, `unexpected argument '${extra}' (see crossglot --help)`);
  return parsed;
}

export function text(values: Values, name: string, fallback = ''): string {
  const value = values[name];
  return typeof value === 'string' ? value : fallback;
}

export function texts(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

export function flag(values: Values, name: string): boolean {
  return values[name] === true;
}

/** @throws {CommandError} when it is not a whole number within [min, max]. */
export function count(values: Values, name: string, fallback: number, min: number, max: number): number {
  const value = values[name];
  if (typeof value !== 'string') return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new CommandError(exitInput, `--${name} ${value}: must be a whole number from ${min} to ${max}`);
  }
  return number;
}

/** @throws {CommandError} when the value is none of `allowed`. */
export function choice(values: Values, name: string, allowed: readonly string[]): string {
  const value = text(values, name, allowed[0]);
  if (!allowed.includes(value)) {
    throw new CommandError(exitInput, `--${name} ${value}: must be one of ${allowed.join(', ')}`);
  }
  return value;
}

/** More threads than this cost more memory than they save time. */
const kThreadsMax = 8;

export function threadCount(values: Values): number {
  return count(values, 'threads', Math.min(availableParallelism(), kThreadsMax), 1, 64);
}

export function required(value: string | undefined, what: string): string {
  if (!value) throw new CommandError(exitInput, `${what} is missing (see crossglot --help)`);
  return value;
}
