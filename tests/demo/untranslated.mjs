// Pages that the demo has left untranslated, asked for in the languages that lack them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from '../../examples/demo/paths.mjs';

/** Queries by site and language: Map of 'site/language' to [{ query, page }]. */
export function untranslatedQueries() {
  const queries = new Map();
  const lines = readFileSync(join(repository, 'tests/demo/untranslated-queries.tsv'), 'utf8').trimEnd().split('\n');
  for (const line of lines) {
    const [site, language, query, page] = line.split('\t');
    const key = `${site}/${language}`;
    queries.set(key, [...(queries.get(key) ?? []), { query, page }]);
  }
  return queries;
}

/** Words of `query` that stand in the English version of `page`, which would find it without any translation. */
export function sharedWords(documents, page, query) {
  const { title, sections } = documents.get(`/en-US/${page}`);
  const text = [title, ...sections.flatMap((section) => [section.heading, section.text, section.code])].join(' ');
  const words = (written) => written.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const english = new Set(words(text));
  return words(query).filter((word) => english.has(word));
}

/** The pages of a site by address, from the documents that the Node command wrote. */
export function readDocuments(file) {
  const pages = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  return new Map(pages.map((page) => [page.url, page]));
}
