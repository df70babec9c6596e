/**
 * What a reranker reads and what becomes of its scores. pairs.tsv comes from the reference library
 * (tests/bench/tokenizer/make_pairs.py).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { passageOf } from '../../web/client/reranker.js';
import { reorder } from '../../web/client/reorder.js';
import type { SearchHit, SearchResults } from '../../web/protocol/types.js';
import { joinPair } from '../../web/worker/pairs.js';

const numbers = (text: string) => (text === '' ? [] : text.split(' ').map(Number));
const lines = readFileSync(new URL('pairs.tsv', import.meta.url), 'utf8').trimEnd().split('\n');

test('pairs have the ids and types of the reference library, cut or not', () => {
  expect(lines.length).toBe(216);
  for (const line of lines) {
    const [kind, most, query = '', passage = '', ids = '', types = ''] = line.split('\t');
    const pair = joinPair(numbers(query), numbers(passage), kind as 'unigram' | 'wordpiece', Number(most));
    expect(pair, line).toEqual({ ids: numbers(ids), types: numbers(types) });
  }
});

const hit = (title: string, score: number, heading = '', excerpt = ''): SearchHit => ({
  url: `/${title}`, group: title, lang: 'en', dir: 'ltr', title, titleMarks: [], score, languages: ['en'],
  sections: [{ anchor: '', heading, excerpt, marks: [], score }],
});
const answer = (...hits: SearchHit[]): SearchResults =>
  ({ hits, total: 9, dropped: [], corrected: [], tiers: ['lexical'], complete: true });

test('rows take the order of their scores, equal ones stay, further ones stay behind', () => {
  const results = answer(hit('a', 9), hit('b', 8), hit('c', 7), hit('d', 6), hit('e', 5));
  const moved = reorder(results, [0.1, -3, 0.5, 0.1], 0);
  expect(moved.hits.map(({ title }) => title)).toEqual(['c', 'a', 'd', 'b', 'e']);
  expect(moved.hits.map(({ score }) => score)).toEqual([9, 8, 7, 6, 5]);
  expect(moved).toMatchObject({ tiers: ['lexical', 'reranked'], total: 9, complete: true });
  expect(results.hits.map(({ title }) => title)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a passage is a row’s place and its best section', () => {
  expect(passageOf(hit('Guide', 1, 'Install', 'Download it.'))).toBe('Guide > Install Download it.');
  expect(passageOf(hit('Guide', 1, 'Guide', 'Download it.'))).toBe('Guide Download it.');
  expect(passageOf(hit('Guide', 1))).toBe('Guide');
});
