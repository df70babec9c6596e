// Title queries: pages drawn by a fixed hash, and the same titles with one slip of the finger.
import { documents, sha256 } from './corpus.mjs';

const kLettersMin = 4;  // in the longest word; shorter words hold too little to guess from
const kWord = /[\p{L}\p{M}]+/gu;
const kIdeographic = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const folded = (text) => text.normalize('NFKC').toLowerCase();

function longestWord(title) {
  let longest = { letters: [], begin: 0 };
  for (const found of title.matchAll(kWord)) {
    const letters = [...found[0]];
    if (letters.length > longest.letters.length) longest = { letters, begin: found.index };
  }
  return longest;
}

// A number below `bound` that depends on the text alone.
const draw = (text, bound) => Number(BigInt(`0x${sha256(text).slice(0, 15)}`) % BigInt(bound));

// Two neighbouring, different letters of the longest word change places; the first letter takes part. In a word of
// Han, Kana or Hangul one character is replaced by another one of that language's titles instead.
function misspell(title, lang, alphabet) {
  const { letters, begin } = longestWord(title);
  if (letters.length < kLettersMin) return null;
  const end = begin + letters.join('').length;
  const finish = (changed) => title.slice(0, begin) + changed.join('') + title.slice(end);
  const seed = `${lang}\t${title}`;
  const places = letters.map((_, at) => at);
  const ideographic = places.filter((at) => kIdeographic.test(letters[at]));
  if (ideographic.length > 0) {
    const at = ideographic[draw(`${seed}\tplace`, ideographic.length)];
    const others = alphabet.filter((letter) => letter !== letters[at]);
    return finish(letters.with(at, others[draw(`${seed}\tletter`, others.length)]));
  }
  const swappable = places.filter((at) => at + 1 < letters.length && folded(letters[at]) !== folded(letters[at + 1]));
  if (swappable.length === 0) return null;
  const at = swappable[draw(`${seed}\tplace`, swappable.length)];
  return finish(letters.with(at, letters[at + 1]).with(at + 1, letters[at]));
}

// The first `count` pages of a language by SHA-256 of `lang<tab>group` whose title can be misspelt: [{ title, typo,
// group, relevant }], `relevant` holding every page of that very title; each title once.
export function titleQueries(lang, count) {
  const all = documents(lang).documents;
  const byTitle = new Map();
  for (const { title, group } of all) {
    if (!byTitle.has(title)) byTitle.set(title, new Set());
    byTitle.get(title).add(group);
  }
  const alphabet = [...new Set([...byTitle.keys()].flatMap((title) => [...title]))]
    .filter((letter) => kIdeographic.test(letter)).sort();
  const drawn = all.map(({ title, group }) => ({ title, group, hash: sha256(`${lang}\t${group}`) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const queries = [];
  const seen = new Set();
  for (const { title, group } of drawn) {
    if (queries.length === count) break;
    const typo = misspell(title, lang, alphabet);
    if (typo === null || seen.has(title)) continue;
    seen.add(title);
    queries.push({ title, typo, group, relevant: byTitle.get(title) });
  }
  return queries;
}
