// Code-switched queries: LibreOffice's index terms with half of their content words in English, as readers type whose
// work speaks English ("Tabellen sortieren" -> "tables sortieren").
//
// The terms of one place in two languages say the same. Which word stands for which is learned from them (IBM Model 1,
// a few iterations), never from the pages; of several terms of a place, a term's counterpart is the likeliest.
import fs from 'node:fs';
import path from 'node:path';

import { helpFolder, kEnglish, pool } from './corpus.mjs';
import { termQueries, unescapeTerm } from './terms.mjs';

const kIterations = 5;
const kSure = 0.4;
const kContentLetters = 4;

function places(lang) {
  const source = fs.readFileSync(path.join(helpFolder(), lang, 'bookmarks.js'), 'utf8');
  const found = new Map();
  for (const [, url, text] of source.matchAll(/\{url:"([^"]*)", app:"[^"]*", text:"((?:[^"\\]|\\.)*)"\}/g)) {
    const place = url.slice(url.indexOf('/') + 1);
    if (!found.has(place)) found.set(place, []);
    found.get(place).push(unescapeTerm(text));
  }
  return found;
}

export function segmenter(lang) {
  const cut = new Intl.Segmenter(lang, { granularity: 'word' });
  return (text) => [...cut.segment(text)].map(({ segment, isWordLike }) => ({ text: segment, word: isWordLike }));
}

const wordsOf = (cut, text) => cut(text).filter(({ word }) => word).map(({ text: word }) => word.toLowerCase());

// P(English word | word): word -> Map of English word -> probability.
function lexicon(pairs) {
  const table = new Map();
  for (const [words, others] of pairs) {
    for (const word of words) {
      if (!table.has(word)) table.set(word, new Map());
      for (const other of others) table.get(word).set(other, 1);
    }
  }
  for (let round = 0; round < kIterations; round += 1) {
    const counts = new Map([...table.keys()].map((word) => [word, new Map()]));
    for (const [words, others] of pairs) {
      for (const other of others) {
        let all = 0;
        for (const word of words) all += table.get(word).get(other);
        for (const word of words) {
          const count = counts.get(word);
          count.set(other, (count.get(other) ?? 0) + table.get(word).get(other) / all);
        }
      }
    }
    for (const [word, count] of counts) {
      const sum = [...count.values()].reduce((a, b) => a + b, 0);
      table.set(word, new Map([...count].map(([other, value]) => [other, value / sum])));
    }
  }
  return table;
}

function best(table, word) {
  let chosen = null;
  for (const [other, probability] of table.get(word) ?? []) {
    if (probability >= kSure && (chosen === null || probability > table.get(word).get(chosen))) chosen = other;
  }
  return chosen === word ? null : chosen;
}

// Every second of the content words that have a sure counterpart; null where fewer than two words could be told apart.
function switchHalf(pieces, table) {
  const content = pieces.filter(({ text, word }) => word && (text.length >= kContentLetters || /[^\p{sc=Latin}]/u.test(text)));
  const known = content.filter(({ text }) => best(table, text.toLowerCase()) !== null);
  const wanted = Math.floor(content.length / 2);
  if (content.length < 2 || known.length < wanted || wanted === 0) return null;
  const chosen = new Set(known.slice(0, wanted));
  return pieces.map((piece) => (chosen.has(piece) ? ` ${best(table, piece.text.toLowerCase())} ` : piece.text))
    .join('').replace(/\s+/g, ' ').trim();
}

// Of the terms of one place in English, the one that says what `words` say.
function counterpart(table, words, terms, cut) {
  const likely = (term) => {
    const others = wordsOf(cut, term);
    let sum = 0;
    for (const word of words) sum += Math.max(0, ...others.map((other) => table.get(word)?.get(other) ?? 0));
    return sum / Math.max(words.length, others.length);
  };
  return terms.map((term) => ({ term, likely: likely(term) })).sort((a, b) => b.likely - a.likely)[0]?.term;
}

// [{ text, english, switched, relevant, odd }] of a language, in the order of termQueries().
export function switchedQueries(lang) {
  const [own, english] = [places(lang), places(kEnglish)];
  const [cut, cutEnglish] = [segmenter(lang), segmenter('en')];
  const both = [...own].filter(([place]) => english.has(place));
  const table = lexicon(both.map(([place, terms]) => [
    terms.flatMap((term) => wordsOf(cut, term)), english.get(place).flatMap((term) => wordsOf(cutEnglish, term))]));
  const placeOf = new Map(both.flatMap(([place, terms]) => terms.map((term) => [term, place])));
  const groups = new Set(pool(kEnglish).documents.map((document) => document.group));
  return termQueries(lang, groups).flatMap((query) => {
    const place = placeOf.get(query.text);
    const switched = place === undefined ? null : switchHalf(cut(query.text), table);
    if (switched === null) return [];
    const terms = english.get(place);
    return [{ ...query, switched, english: counterpart(table, wordsOf(cut, query.text), terms, cutEnglish) }];
  });
}
