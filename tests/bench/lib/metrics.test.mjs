// Golden values: worked by hand from the definitions (discounts 1, 1/log2 3, 1/2, ...), so that a change of the
// measure shows. Run by ctest through `node --test`; needs nothing installed.
import assert from 'node:assert/strict';
import test from 'node:test';

import { mean, ndcg, percentile, success } from './metrics.mjs';

const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-4, `${actual} is not ${expected}`);

test('a relevant page at rank one scores one', () => {
  near(ndcg(['a', 'b', 'c'], new Set(['a']), 10), 1);
});

test('a relevant page at rank three scores half', () => {
  near(ndcg(['b', 'c', 'a'], new Set(['a']), 10), 0.5);
});

test('the ideal order counts all relevant pages, found or not', () => {
  // 1/log2(3) found at rank two, over 1 + 1/log2(3) + 1/2.
  near(ndcg(['x', 'a'], new Set(['a', 'b', 'c']), 10), 0.630930 / 2.130930);
});

test('the ideal order is cut at the depth', () => {
  near(ndcg(['a', 'b'], new Set(['a', 'b', 'c', 'd']), 2), 1);
});

test('what stands below the depth does not count', () => {
  near(ndcg(['x', 'y', 'a'], new Set(['a']), 2), 0);
  assert.equal(success(['x', 'y', 'a'], new Set(['a']), 2), 0);
  assert.equal(success(['x', 'y', 'a'], new Set(['a']), 3), 1);
});

test('an empty ranking scores nothing', () => {
  assert.equal(ndcg([], new Set(['a']), 10), 0);
  assert.equal(success([], new Set(['a']), 5), 0);
});

test('percentiles are values that were measured', () => {
  assert.equal(percentile([4, 1, 3, 2], 0.5), 2);
  assert.equal(percentile([4, 1, 3, 2], 0.95), 4);
  assert.equal(percentile([7], 0.5), 7);
  near(mean([1, 2, 6]), 3);
});
