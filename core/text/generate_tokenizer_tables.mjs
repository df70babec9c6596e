#!/usr/bin/env node
// generate_tokenizer_tables.mjs - write tokenizer_tables.cpp from the Unicode Character Database.
//
//   node core/text/generate_tokenizer_tables.mjs [--ucd DIR] [--out FILE] [--sizes]
//
// The tokenizers must do what their reference libraries do, each with the Unicode version that it carries:
//   nmt_nfkc   `sentencepiece` 0.2.3: Unicode 17. Debian's database is older, so what came later stands below.
//   BERT       `tokenizers` 0.23.3: categories of Unicode 8, combining classes of Unicode 9, decompositions of
//              Unicode 12, lower case of Unicode 17. DerivedAge.txt says what was assigned when.
// tests/bench/tokenizer compares both over all code points, and nmt_nfkc over all of the library's rules.
//
// Streams
//   NAME_gaps, NAME_lengths, NAME_targets   a map from code points to strings: varint(code point - the one before
//                                           - 1), number of characters, zigzag varint(each - the one before)
//   pairs, pair_marks                       canonical compositions by result: varint(gap), zigzag varint(base - base
//                                           before), index of the mark
//   bert_lengths, bert_values               runs of code points with the same entry of bert_classes
//   bert_classes                            kind of character (text/bert_normalizer.cpp), canonical combining class
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIMIT, Streams, argument, codePoints, hexList, lines, unicodeData, varint, zigzag } from './ucd.mjs';

const out = argument('--out', join(dirname(fileURLToPath(import.meta.url)), 'tokenizer_tables.cpp'));

// ---- the database

const category = new Array(LIMIT).fill('Cn');
const combining = new Uint8Array(LIMIT);
const canonical = new Map();
const compatible = new Map();
const lower = new Map();
for (const { first, last, fields } of unicodeData()) {
  category.fill(fields[2], first, last + 1);
  combining.fill(Number(fields[3]), first, last + 1);
  if (fields[5].startsWith('<')) compatible.set(last, hexList(fields[5].replace(/^<.*> /, '')));
  else if (fields[5]) canonical.set(last, hexList(fields[5]));
  if (fields[13]) lower.set(last, hexList(fields[13]));
}
const age = new Float64Array(LIMIT).fill(Infinity);
for (const [points, version] of lines('DerivedAge.txt')) {
  const [first, last] = codePoints(points);
  age.fill(Number(version), first, last + 1);
}
const excluded = new Set();
for (const [points, name] of lines('DerivedNormalizationProps.txt')) {
  if (name !== 'Full_Composition_Exclusion') continue;
  const [first, last] = codePoints(points);
  for (let c = first; c <= last; ++c) excluded.add(c);
}

// ---- what Unicode 16 and 17 added

for (let i = 0; i < 26; ++i) compatible.set(0x1ccd6 + i, [0x41 + i]); // outlined letters and digits
for (let i = 0; i < 10; ++i) compatible.set(0x1ccf0 + i, [0x30 + i]);
compatible.set(0xa7f1, [0x53]);
const NEW_PAIRS =
  '105C9 105D2 0307, 105E4 105DA 0307, 11383 11382 113C9, 11385 11384 113BB, 1138E 1138B 113C2, ' +
  '11391 11390 113C9, 113C5 113C2 113C2, 113C7 113C2 113B8, 113C8 113C2 113C9, 16121 1611E 1611E, ' +
  '16122 1611E 16129, 16123 1611E 1611F, 16124 16129 1611F, 16125 1611E 16120, 16126 16121 1611F, ' +
  '16127 16122 1611F, 16128 16121 16120, 16D68 16D67 16D67, 16D69 16D63 16D67, 16D6A 16D69 16D67';
const NEW_LOWER =
  '1C89 1C8A, A7CB 0264, A7CC A7CD, A7CE A7CF, A7D2 A7D3, A7D4 A7D5, A7DA A7DB, A7DC 019B';
const newCanonical = new Map(NEW_PAIRS.split(', ').map(hexList).map(([composite, ...pair]) => [composite, pair]));
for (const [upper, target] of NEW_LOWER.split(', ').map(hexList)) lower.set(upper, [target]);
for (let c = 0x10d50; c <= 0x10d65; ++c) lower.set(c, [c + 0x20]); // Garay
for (let c = 0x16ea0; c <= 0x16eb8; ++c) lower.set(c, [c + 0x1b]); // Beria Erfe
lower.set(0x130, [0x69, 0x307]); // SpecialCasing.txt: the only lower case of two characters

// ---- normal forms

const sorted = (map) => [...map.keys()].sort((a, b) => a - b);
const allCanonical = new Map([...canonical, ...newCanonical]);
const compositions = new Map();
for (const [c, target] of allCanonical) {
  if (target.length === 2 && !excluded.has(c)) compositions.set(target.join(), c);
}
function decompose(c, maps) {
  for (const map of maps) if (map.has(c)) return map.get(c).flatMap((d) => decompose(d, maps));
  return [c];
}
// U+AC00 + (lead * 21 + vowel) * 28 + trail.
function composeHangul(base, mark) {
  if (base >= 0x1100 && base < 0x1113 && mark >= 0x1161 && mark < 0x1176) {
    return 0xac00 + ((base - 0x1100) * 21 + mark - 0x1161) * 28;
  }
  const open = base >= 0xac00 && base < 0xd7a4 && (base - 0xac00) % 28 === 0;
  return open && mark > 0x11a7 && mark < 0x11c3 ? base + mark - 0x11a7 : undefined;
}
function compose(points) {
  const result = [];
  let starter = -1;
  let blocked = -1;
  for (const c of points) {
    const free = starter >= 0 && blocked < combining[c];
    const base = result[starter];
    const composite = free ? compositions.get(`${base},${c}`) ?? composeHangul(base, c) : undefined;
    if (composite !== undefined) {
      result[starter] = composite;
      continue;
    }
    if (combining[c] === 0) starter = result.length;
    blocked = combining[c] === 0 ? -1 : combining[c];
    result.push(c);
  }
  return result;
}
// In canonical order as they are written: no compatibility decomposition needs its marks sorted.
const nfkc = (c) => compose(decompose(c, [allCanonical, compatible]));

// ---- streams

const streams = new Streams();
function writeMap(name, map) {
  let before = -1;
  let target = 0;
  for (const c of sorted(map)) {
    varint(streams.of(`${name}_gaps`), c - before - 1);
    before = c;
    streams.of(`${name}_lengths`).push(map.get(c).length);
    for (const d of map.get(c)) {
      varint(streams.of(`${name}_targets`), zigzag(d - target));
      target = d;
    }
  }
}

const nmt = new Map();
for (const c of sorted(new Map([...allCanonical, ...compatible]))) {
  const target = nfkc(c);
  if (target.length !== 1 || target[0] !== c) nmt.set(c, target);
}
// The rules of nmt beside NFKC: controls vanish, what stands for a space or for nothing becomes one. Hangul syllables
// are composed by arithmetic, and FULLWIDTH TILDE stays, for Japanese writes it for another purpose than "~".
for (let c = 1; c < 0x20; ++c) nmt.set(c, []);
for (const c of [0x7f, 0x8f, 0x9f]) nmt.set(c, []);
const SPACES = [
  0x9, 0xa, 0xc, 0xd, 0x61c, 0x1680, 0x200b, 0x200c, 0x200e, 0x200f, 0x2028, 0x2029, 0x2581, 0xfeff, 0xfffd,
];
for (const c of SPACES) nmt.set(c, [0x20]);
nmt.delete(0xff5e);
writeMap('nmt', nmt);

const pairs = sorted(allCanonical).filter((c) => allCanonical.get(c).length === 2 && !excluded.has(c));
const marks = [...new Set(pairs.map((c) => allCanonical.get(c)[1]))].sort((a, b) => a - b);
for (const mark of marks) varint(streams.of('pair_marks'), mark);
let before = 0;
let baseBefore = 0;
for (const c of pairs) {
  const [base, mark] = allCanonical.get(c);
  varint(streams.of('pairs'), c - before);
  varint(streams.of('pairs'), zigzag(base - baseBefore));
  streams.of('pairs').push(marks.indexOf(mark));
  before = c;
  baseBefore = base;
}

// Categories that have changed since Unicode 8.
const OLD_CATEGORY = new Map([
  [0x166d, 'Po'], [0x1734, 'Mn'], [0x1885, 'Lo'], [0x1886, 'Lo'], [0xa9bd, 'Mc'], [0x111c9, 'Po'],
]);
const bertCategory = (c) => (age[c] > 8 ? 'Cn' : OLD_CATEGORY.get(c) ?? category[c]);
const ASCII_PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
function bertKind(c) {
  const name = bertCategory(c);
  if (['Cc', 'Cf', 'Co'].includes(name) || c === 0xfffd) return 1;
  if (name.startsWith('P') || (c < 0x80 && ASCII_PUNCTUATION.includes(String.fromCodePoint(c)))) return 2;
  return name === 'Mn' ? 3 : 0;
}
const bertClasses = [];
streams.writeRuns('bert', (c) => {
  if (c >= 0xd800 && c < 0xe000) return null;
  const value = `${bertKind(c)},${age[c] > 9 ? 0 : combining[c]}`;
  if (!bertClasses.includes(value)) bertClasses.push(value);
  return [bertClasses.indexOf(value)];
});
for (const value of bertClasses) streams.of('bert_classes').push(...value.split(',').map(Number));

const stripped = new Map();
for (const c of canonical.keys()) {
  if (age[c] > 12) continue;
  stripped.set(c, decompose(c, [canonical]).filter((d) => bertCategory(d) !== 'Mn'));
}
writeMap('strip', stripped);
writeMap('lower', lower);

streams.writeFile(out, 'generate_tokenizer_tables.mjs', 'tokenizer_tables');
