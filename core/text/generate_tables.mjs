#!/usr/bin/env node
// generate_tables.mjs - write unicode_tables.cpp from the Unicode Character Database.
//
//   node core/text/generate_tables.mjs [--ucd DIR] [--out FILE] [--sizes]
//
// The database is Debian's package unicode-data (/usr/share/unicode). Everything is written as a few streams of
// bytes that compress well, because they travel to the browser inside the wasm module; core/text/unicode.cpp
// unfolds them into flat arrays once. --sizes prints each stream's bytes, plain and gzipped.
//
// Streams
//   lengths    of runs of code points of one value, from U+0000 on, as varints; values apart
//   mapping    NFKC_Casefold without what it removes: varint(gap), then varint(length - 1) * 4 + kind:
//              kind 0, 1  every (second) code point moves by zigzag varint(delta); kind 1 is every second
//              kind 2     each has its own target: characters in `targets`, as many as its byte in `target_lengths`
//              kind 3     removed (default ignorable)
//   pairs      canonical compositions whose result is its own NFKC_Casefold, by result: varint(gap),
//              zigzag varint(base - base before), index of the mark
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIMIT, Streams, argument, codePoints, hexList, lines, unicodeData, varint, zigzag } from './ucd.mjs';

const out = argument('--out', join(dirname(fileURLToPath(import.meta.url)), 'unicode_tables.cpp'));

// Orders are those of the enumerations in unicode.h.
const WORD_BREAKS = [
  'Other', 'CR', 'LF', 'Newline', 'Extend', 'ZWJ', 'Format', 'Regional_Indicator', 'Katakana', 'Hebrew_Letter',
  'ALetter', 'Single_Quote', 'Double_Quote', 'MidNumLet', 'MidLetter', 'MidNum', 'Numeric', 'ExtendNumLet',
  'WSegSpace', 'Pictographic', 'PictographicLetter',
];
const SCRIPTS = [
  'Common', 'OTHER', 'Latin', 'Greek', 'Cyrillic', 'Armenian', 'Hebrew', 'Arabic', 'Devanagari', 'Tamil', 'Hangul',
  'Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Myanmar', 'Khmer',
];

// ---- properties of code points

const wordBreak = new Uint8Array(LIMIT);
for (const [points, name] of lines('auxiliary/WordBreakProperty.txt')) {
  const [first, last] = codePoints(points);
  const value = WORD_BREAKS.indexOf(name);
  if (value < 0) throw new Error(`unknown Word_Break ${name}`);
  wordBreak.fill(value, first, last + 1);
}
for (const [points, name] of lines('emoji/emoji-data.txt')) {
  if (name !== 'Extended_Pictographic') continue;
  const [first, last] = codePoints(points);
  for (let c = first; c <= last; ++c) {
    if (wordBreak[c] === 0) wordBreak[c] = WORD_BREAKS.indexOf('Pictographic');
    else if (WORD_BREAKS[wordBreak[c]] === 'ALetter') wordBreak[c] = WORD_BREAKS.indexOf('PictographicLetter');
    else throw new Error(`pictographic ${c.toString(16)} has Word_Break ${WORD_BREAKS[wordBreak[c]]}`);
  }
}

const script = new Uint8Array(LIMIT);
for (const [points, name] of lines('Scripts.txt')) {
  const [first, last] = codePoints(points);
  const at = SCRIPTS.indexOf(name);
  script.fill(at >= 0 ? at : name === 'Inherited' ? 0 : 1, first, last + 1);
}
// Common to several scripts by the book, but they only stand in runs of these.
script[0x3006] = SCRIPTS.indexOf('Han');
script[0x30fc] = SCRIPTS.indexOf('Katakana');

const combining = new Uint8Array(LIMIT);
for (const [points, value] of lines('extracted/DerivedCombiningClass.txt')) {
  const [first, last] = codePoints(points);
  combining.fill(Number(value), first, last + 1);
}

const decomposition = new Map();
const zeros = [];
const assigned = new Uint8Array(LIMIT);
for (const { first, last, fields } of unicodeData()) {
  if (fields[5] && !fields[5].startsWith('<')) decomposition.set(last, hexList(fields[5]));
  assigned.fill(1, first, last + 1);
  // The script tells a character to search for from a separator: punctuation and symbols have none.
  if (!/^[LMN]/.test(fields[2])) script.fill(0, first, last + 1);
  if (fields[2] === 'Nd' && fields[6] === '0' && last > 0x7f && last < 0x10000 && last !== 0xff10) zeros.push(last);
}

// Left out of the mapping, for their bytes (3.6 KB gzipped), because searched text hardly holds them.
const LEFT_OUT = [
  [0x3200, 0x3230], [0x3233, 0x3250], [0x3260, 0x32cb], [0x32d0, 0x32fe], // in parentheses or circles, months
  [0x3300, 0x3370], [0x33e0, 0x33fe], // katakana words, hours and days in one square
  [0xfa70, 0xfad9], [0x2f800, 0x2fa1f], // CJK compatibility ideographs of North Korea and of the supplement
  [0xfc00, 0xfdff], [0x1ee00, 0x1eeff], // ligatures of Arabic syllables and words, Arabic mathematical letters
  [0x1f100, 0x1f2ff], // letters and ideographs in emoji-like boxes
];
const leftOut = (c) => LEFT_OUT.some(([first, last]) => first <= c && c <= last);
const mapping = new Map();
const excluded = new Uint8Array(LIMIT);
for (const [points, name, value] of lines('DerivedNormalizationProps.txt')) {
  if (name !== 'NFKC_CF' && name !== 'Full_Composition_Exclusion') continue;
  const [first, last] = codePoints(points);
  for (let c = first; c <= last; ++c) {
    if (name === 'NFKC_CF' && leftOut(c)) continue;
    if (name === 'NFKC_CF') mapping.set(c, value ? hexList(value) : []);
    else excluded[c] = 1;
  }
}

// ---- streams

const streams = new Streams();
const stream = (name) => streams.of(name);

// What is not assigned may have any property. The script of a letter matters only if the analysis tells it apart,
// or if Word_Break does not call it a letter; that of marks, digits and punctuation never does.
const LETTERS = ['ALetter', 'Hebrew_Letter'];
const SCRIPTED = [...LETTERS, 'Other', 'Katakana', 'Pictographic', 'PictographicLetter'];
streams.writeRuns('word_break', (c) => (assigned[c] ? [wordBreak[c]] : null));
streams.writeRuns('combining', (c) => (assigned[c] ? [combining[c]] : null));
streams.writeRuns('script', (c) => {
  const name = WORD_BREAKS[wordBreak[c]];
  if (!assigned[c] || !SCRIPTED.includes(name)) return null;
  return LETTERS.includes(name) && script[c] < 2 ? [0, 1] : [script[c]];
});

function writeMapping() {
  const points = [...mapping.keys()].sort((a, b) => a - b);
  const delta = (c) => {
    const target = mapping.get(c);
    return target && target.length === 1 ? target[0] - c : undefined;
  };
  let end = 0;
  const run = (first, length, stride, kind) => {
    varint(stream('mapping'), first - end);
    varint(stream('mapping'), (length - 1) * 4 + kind);
    end = first + (length - 1) * stride + 1;
  };
  const length = (first, stride, test) => {
    let n = 1;
    while (test(first + n * stride) && (stride === 1 || !mapping.has(first + n * stride - 1))) ++n;
    return n;
  };
  const same = (first) => (c) => delta(c) !== undefined && delta(c) === delta(first);
  const regular = (c) => delta(c) !== undefined && (length(c, 1, same(c)) > 2 || length(c, 2, same(c)) > 1);
  for (let i = 0; i < points.length; ) {
    const c = points[i];
    if (mapping.get(c).length === 0) {
      const n = length(c, 1, (d) => mapping.get(d)?.length === 0);
      run(c, n, 1, 3);
      i += n;
    } else if (regular(c)) {
      const ones = length(c, 1, same(c));
      const twos = length(c, 2, same(c));
      const n = Math.max(ones, twos);
      run(c, n, ones >= twos ? 1 : 2, ones >= twos ? 0 : 1);
      varint(stream('mapping'), zigzag(delta(c)));
      i += n;
    } else {
      const n = length(c, 1, (d) => mapping.get(d)?.length > 0 && !regular(d));
      run(c, n, 1, 2);
      for (let d = c; d < c + n; ++d) {
        stream('target_lengths').push(mapping.get(d).length);
        stream('targets').push(...Buffer.from(String.fromCodePoint(...mapping.get(d)), 'utf8'));
      }
      i += n;
    }
  }
}
writeMapping();

function writePairs() {
  const stable = [...decomposition.keys()].filter((c) => !excluded[c] && !mapping.has(c)).sort((a, b) => a - b);
  const marks = [...new Set(stable.map((c) => decomposition.get(c)[1]))].sort((a, b) => a - b);
  for (const mark of marks) varint(stream('pair_marks'), mark);
  let before = 0;
  let baseBefore = 0;
  for (const c of stable) {
    const [base, mark] = decomposition.get(c);
    varint(stream('pairs'), c - before);
    varint(stream('pairs'), zigzag(base - baseBefore));
    stream('pairs').push(marks.indexOf(mark));
    before = c;
    baseBefore = base;
  }
}
writePairs();
for (const zero of zeros) varint(stream('digit_zeros'), zero);

streams.writeFile(out, 'generate_tables.mjs', 'unicode_tables');
