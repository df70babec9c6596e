/** The relevance to expect across languages, as the build measured it: a table, and the floor that it may be held to. */
import type { Relevance } from '../core/core.js';
import { CommandError, exitInput } from '../errors.js';

const kNameWidth = 8;
const kPairsNamed = 5;

/** @throws {CommandError} when it is not a number from 0 to 1. */
export function floorOf(value: string): number {
  const floor = value === '' ? 0 : Number(value);
  if (!(floor >= 0 && floor <= 1)) throw new CommandError(exitInput, `--floor ${value}: must be a number from 0 to 1`);
  return floor;
}

/** '' where nothing was measured. */
export function describeRelevance(rows: readonly Relevance[]): string {
  if (rows.length === 0) return '';
  const from = [...new Set(rows.map((row) => row.from))].sort();
  const to = [...new Set(rows.map((row) => row.to))];
  const cell = (source: string, target: string): string =>
    rows.find((row) => row.from === source && row.to === target)?.ndcg10.toFixed(2) ?? '-';
  const queries = rows.reduce((sum, row) => sum + row.queries, 0);
  const success = rows.reduce((sum, row) => sum + row.success5, 0) / rows.length;
  return [
    "relevance to expect, nDCG@10 (queries in a row's language, pages in a column's)",
    ' '.repeat(kNameWidth) + to.map((name) => name.padStart(kNameWidth)).join(''),
    ...from.map((source) =>
      source.padEnd(kNameWidth) + to.map((target) => cell(source, target).padStart(kNameWidth)).join('')),
    `${queries} titles and headings, whose pages the dictionary did not see; `
      + `${success.toFixed(2)} have their page among the first five\n`,
  ].join('\n');
}

/** The pairs below `floor`, the worst first, as a sentence; '' when there is none. */
export function belowFloor(rows: readonly Relevance[], floor: number): string {
  const below = rows.filter((row) => row.ndcg10 < floor).sort((a, b) => a.ndcg10 - b.ndcg10);
  if (below.length === 0) return '';
  const named = below.slice(0, kPairsNamed)
    .map(({ from, to, queries, ndcg10 }) => `${from} to ${to} ${ndcg10.toFixed(2)} (${queries} queries)`);
  const more = below.length > kPairsNamed ? ` and ${below.length - kPairsNamed} more` : '';
  return `relevance is below --floor ${floor.toFixed(2)}: ${named.join(', ')}${more}`;
}

/** Says on stderr what is below the floor; the index is then to be left as it is. */
export function holdsFloor(rows: readonly Relevance[], floor: number, out: string): boolean {
  if (floor > 0 && rows.length === 0) {
    process.stderr.write('crossglot: warning: --floor: too few translated titles and headings to measure relevance by\n');
  }
  const below = belowFloor(rows, floor);
  if (below !== '') process.stderr.write(`crossglot: ${below}; ${out} is as it was\n`);
  return below === '';
}
