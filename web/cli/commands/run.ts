/** `crossglot run`: a file of queries in, a TREC run on stdout. */
import { readFileSync } from 'node:fs';
import { BundleReader } from '../core/bundle_reader.js';
import { CommandError, exitDone, exitInput } from '../errors.js';
import { choice, count, parse, required, text } from '../options.js';
import { kModeOptions, modeOf, queryEncoder } from '../query_vectors.js';
import { loadCoreModule } from '../package_files.js';

const kOptions = {
  queries: { type: 'string' },
  in: { type: 'string' },
  ...kModeOptions,
  limit: { type: 'string' },
  level: { type: 'string' },
  collapse: { type: 'string' },
} as const;

interface Query {
  id: string;
  lang: string;
  text: string;
}

function readQueries(path: string): Query[] {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').replace(/^\ufeff/, '').split(/\r?\n/);
  } catch (error) {
    throw new CommandError(exitInput, `--queries ${path}: ${(error as Error).message}`);
  }
  return lines.flatMap((line, i) => {
    if (line === '') return [];
    const parts = line.split('\t');
    if (parts.length < 3 || !parts[0] || parts[0].includes(' ') || !parts[1]) {
      throw new CommandError(exitInput, `${path}:${i + 1}: a line is: query id, tab, language, tab, text`);
    }
    return [{ id: parts[0], lang: parts[1], text: parts.slice(2).join('\t') }];
  });
}

/** An address as one word: spaces, control and non-ASCII characters percent-encoded. */
export function docno(url: string, anchor: string): string {
  const encode = (part: string): string =>
    part.replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, (c) => encodeURIComponent(c));
  return anchor === '' ? encode(url) : `${encode(url)}#${encode(anchor)}`;
}

/** The next smaller 32-bit float: scores of a run fall strictly, where the core's tie. */
function below(score: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, score);
  const bits = view.getInt32(0);
  view.setInt32(0, score > 0 ? bits - 1 : score < 0 ? bits + 1 : 0x80000001 | 0);
  return view.getFloat32(0);
}

export async function runCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, kOptions, 1);
  const { values, positionals } = parsed;
  const mode = modeOf(parsed);
  const level = choice(values, 'level', ['page', 'section']);
  const collapse = choice(values, 'collapse', ['group', 'none']);
  const limit = count(values, 'limit', 100, 1, 10_000);
  const folder = required(positionals[0], 'the bundle\'s folder');
  const queries = readQueries(required(text(values, 'queries'), '--queries FILE'));
  const module = await loadCoreModule();
  const bundle = new BundleReader(folder, module);
  const encode = await queryEncoder(mode, bundle, module);
  const within = bundle.languages(text(values, 'in', 'all'));
  bundle.addLanguages(within);
  for (const { id, lang, text: query } of queries) {
    const { hits } = bundle.search({
      query, lang, in: within, limit, sections: 1, collapse: collapse === 'group', sectionLevel: level === 'section',
      prefix: false, text: false, ...encode(query),
    });
    let previous = Infinity;
    const lines = hits.map((hit, i) => {
      const score = hit.score < previous ? hit.score : below(previous);
      previous = score;
      const anchor = level === 'section' ? hit.sections[0]?.anchor ?? '' : '';
      return `${id} Q0 ${docno(hit.url, anchor)} ${i + 1} ${Number(score.toPrecision(9))} crossglot\n`;
    });
    process.stdout.write(lines.join(''));
  }
  return exitDone;
}
