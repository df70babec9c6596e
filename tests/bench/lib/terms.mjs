// Queries with judgments that LibreOffice's translators wrote: the index terms of each language's bookmarks.js, each
// naming its pages. Derived on every run, never stored.
import fs from 'node:fs';
import path from 'node:path';

import { helpFolder, kEnglish, sha256 } from './corpus.mjs';

const kTermsPerLanguage = 400;
const kPagesMax = 3;  // a term that links to more pages names a topic, not a page

const kEntities = { '&quot;': '"', '&amp;': '&', '&lt;': '<', '&gt;': '>', '&apos;': "'", '&#39;': "'" };

function unescape(text) {
  return text.replace(/\\(.)/g, '$1').replace(/&(?:quot|amp|lt|gt|apos|#39);/g, (entity) => kEntities[entity]);
}

// A term as it is read: the mark between it and its subterm becomes a space.
export const unescapeTerm = (text) => unescape(text).replace(/\s*--\s*/g, ' ').replace(/\s+/g, ' ').trim();

// Term to the set of pages it names.
export function indexTerms(lang) {
  const source = fs.readFileSync(path.join(helpFolder(), lang, 'bookmarks.js'), 'utf8');
  const terms = new Map();
  for (const [, url, text] of source.matchAll(/\{url:"([^"]*)", app:"[^"]*", text:"((?:[^"\\]|\\.)*)"\}/g)) {
    const term = unescapeTerm(text);
    const page = url.replace(/[?#].*$/, '').replace(/^[^/]*\//, '');
    if (term === '') continue;
    if (!terms.has(term)) terms.set(term, new Set());
    terms.get(term).add(page);
  }
  return terms;
}

// The first 400 eligible terms of a language by hash: [{ text, relevant, odd }], `relevant` holding pages of
// `groups` alone. odd: the half for tuning; figures are reported on the even half.
export function termQueries(lang, groups) {
  const english = lang === kEnglish ? new Map() : indexTerms(kEnglish);
  const eligible = [];
  for (const [text, pages] of indexTerms(lang)) {
    if (pages.size > kPagesMax || english.has(text)) continue;
    const relevant = new Set([...pages].filter((page) => groups.has(page)));
    if (relevant.size === 0) continue;
    const hash = sha256(`${lang}\t${text}`);
    eligible.push({ text, relevant, hash, odd: Number.parseInt(hash.slice(-1), 16) % 2 === 1 });
  }
  eligible.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return eligible.slice(0, kTermsPerLanguage);
}
