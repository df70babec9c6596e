// What the peers are given. Needs nothing installed; run by ctest through `node --test`.
import assert from 'node:assert/strict';
import test from 'node:test';

import { foldOf } from './fold.mjs';
import { recall } from './metrics.mjs';
import { units } from './units.mjs';

const documents = [
  { lang: 'en', group: 'a', title: 'Install', sections: [
    { anchor: '', heading: '', text: 'Unpack it.' }, { anchor: 'tar', heading: 'Tar', text: 'Use tar.' }] },
  { lang: 'fr', group: 'a', title: 'Installer', sections: [{ anchor: '', heading: '', text: 'Décompressez.' }] },
  { lang: 'en-GB', group: 'a', title: 'Colour', sections: [{ anchor: '', heading: '', text: 'colour' }] },
];

test('no text of another language is in a pool', () => {
  for (const bySection of [false, true]) {
    const text = JSON.stringify(units(documents, 'en', bySection));
    assert.doesNotMatch(text, /Installer|Décompressez|Colour/);
    assert.match(text, /Unpack/);
  }
});

test('a unit is a page, or a section where sections are asked for', () => {
  assert.deepEqual(units(documents, 'en', false).map(({ name }) => name), ['a']);
  assert.deepEqual(units(documents, 'en', true).map(({ name }) => name), ['a#', 'a#tar']);
});

test('recall is the share of the relevant that was found', () => {
  assert.equal(recall(['a', 'x', 'b'], new Set(['a', 'b', 'c', 'd']), 100), 0.5);
  assert.equal(recall(['x', 'a'], new Set(['a']), 1), 0);
  assert.equal(recall(['x'], new Set(), 10), 0);
});

test('a query is in the fold that the native builder puts its page in', () => {
  // FNV-1a of "foobar" is 0xbf9cf968, by its authors; 1 + (h ^ h >> 16) modulo the number of folds.
  assert.equal(foldOf({ relevant: new Set(['zebra#x', 'foobar#part']) }, 2), 1);
  assert.equal(foldOf({ relevant: new Set(['foobar']) }, 5), 1 + 0xbf9c46f4 % 5);
});
