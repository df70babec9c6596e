// A part of LibreOffice Help as a site of its own: small enough to be given vectors while a check waits, and with more
// pages that exist in English alone than the demo has.
//
// Which pages: of those that five languages have and an index term names, the first by SHA-256 of their name; every
// fourth of them loses its translations. Their index terms in other languages ask for them.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { linkTree, rewrite } from '../../examples/demo/libreoffice.mjs';
import { assetsFolder, libreofficeLanguages, libreofficeSource } from '../../examples/demo/paths.mjs';
import { indexTerms } from './terms.mjs';
import { sharedWords } from './untranslated.mjs';

const PAGES = 160;
const ALONE_EVERY = 4;
const TERM_PAGES_MAX = 3; // a term that links to more names a topic, not a page

const byHash = (key) => (a, b) => {
  const [left, right] = [a, b].map((each) => createHash('sha256').update(key(each)).digest('hex'));
  return left < right ? -1 : 1;
};

/** Names of the part's pages, and of those of them that exist in English alone. */
export function partPages() {
  const named = new Set([...indexTerms(libreofficeSource, 'en-US').values()].flatMap((pages) => [...pages]));
  const names = [...named]
    .filter((name) => libreofficeLanguages.every((language) => existsSync(join(libreofficeSource, language, name))))
    .sort(byHash((name) => name))
    .slice(0, PAGES);
  return { names, alone: new Set(names.filter((_, i) => i % ALONE_EVERY === 0)) };
}

/** Writes the site; the number of its pages. */
export function assemblePart(folder, { names, alone }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  linkTree(join(libreofficeSource, 'media'), join(folder, 'media'));
  cpSync(join(libreofficeSource, 'default.css'), join(folder, 'default.css'));
  cpSync(join(assetsFolder, 'libreoffice.css'), join(folder, 'demo.css'));
  cpSync(join(assetsFolder, 'libreoffice.js'), join(folder, 'demo.js'));
  let pages = 0;
  for (const language of libreofficeLanguages) {
    cpSync(join(libreofficeSource, language, 'contents.js'), join(folder, language, 'contents.js'));
    for (const name of names) {
      if (alone.has(name) && language !== libreofficeLanguages[0]) continue;
      const copy = join(folder, language, name);
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, rewrite(readFileSync(join(libreofficeSource, language, name), 'utf8'), language));
      pages += 1;
    }
  }
  return pages;
}

/**
 * The first `count` index terms of `language`, by SHA-256 of language and term, that name a page in English alone and
 * share no word with its English version: [{ query, page }].
 */
export function foreignTerms(language, { alone }, documents, count) {
  const english = indexTerms(libreofficeSource, 'en-US');
  return [...indexTerms(libreofficeSource, language)]
    .filter(([term, pages]) => pages.size <= TERM_PAGES_MAX && !english.has(term))
    .flatMap(([query, pages]) => [...pages].filter((page) => alone.has(page)).map((page) => ({ query, page })))
    .filter(({ query, page }) => sharedWords(documents, page, query).length === 0)
    .sort(byHash(({ query }) => `${language}\t${query}`))
    .slice(0, count);
}
