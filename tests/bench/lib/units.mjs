// A set's documents as the pages that a system without languages or sections is given.

/**
 * What the peers are given of one language: a page a unit that may be found. Nothing in another language is in it, so
 * that whatever they find across languages they find across languages.
 * units: [{ name, title, heading, text }]; name: group, or group#anchor where sections are asked for.
 */
export function units(documents, lang, bySection) {
  const own = documents.filter((document) => document.lang === lang);
  if (!bySection) {
    return own.map(({ group, title, sections }) => ({ name: group, title, heading: '',
      text: sections.map((section) => `${section.heading}\n${section.text}`).join('\n') }));
  }
  return own.flatMap(({ group, title, sections }) => sections.map(({ anchor, heading, text }) => (
    { name: `${group}#${anchor}`, title, heading, text })));
}
