// Index terms that LibreOffice's translators wrote, as queries: each names the pages that it should find.
//
// They come from the packages' bookmarks.js, which the demo's site does not carry, and stand in the pages only as
// <meta itemprop="keywords">, which no indexer of ours reads: nothing of them is in the index.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES_MAX = 3; // a term that links to more names a topic, not a page
const ENTITIES = { '&quot;': '"', '&amp;': '&', '&lt;': '<', '&gt;': '>', '&apos;': "'", '&#39;': "'" };

/** Term to the pages it names ("text/swriter/main0000.html"). The mark before a subterm becomes a space. */
export function indexTerms(source, language) {
  const text = readFileSync(join(source, language, 'bookmarks.js'), 'utf8');
  const terms = new Map();
  for (const [, url, written] of text.matchAll(/\{url:"([^"]*)", app:"[^"]*", text:"((?:[^"\\]|\\.)*)"\}/g)) {
    const plain = written.replace(/\\(.)/g, '$1').replace(/&(?:quot|amp|lt|gt|apos|#39);/g, (e) => ENTITIES[e]);
    const term = plain.replace(/\s*--\s*/g, ' ').replace(/\s+/g, ' ').trim();
    const page = url.replace(/[?#].*$/, '').replace(/^[^/]*\//, '');
    if (term !== '') terms.set(term, (terms.get(term) ?? new Set()).add(page));
  }
  return terms;
}

/**
 * The first `count` eligible terms by SHA-256 of language, tab and term: at most three pages and, but for English,
 * other than every English term (a term left in English says nothing about the language).
 */
export function firstTerms(source, language, count) {
  const english = language.startsWith('en') ? new Map() : indexTerms(source, 'en-US');
  const hash = (term) => createHash('sha256').update(`${language}\t${term}`).digest('hex');
  return [...indexTerms(source, language)]
    .filter(([term, pages]) => pages.size <= PAGES_MAX && !english.has(term))
    .map(([term, pages]) => ({ term, pages, hash: hash(term) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, count);
}
