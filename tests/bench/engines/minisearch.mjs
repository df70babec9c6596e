// MiniSearch over pages, with the settings that VitePress ships for documentation: prefix, fuzzy 0.2, title first.
// Its default tokenizer: what a site gets that only installs it.
import MiniSearch from 'minisearch';

export const kIndexOptions = { fields: ['title', 'headings', 'text'], storeFields: [], idField: 'id' };
export const kSearchOptions = { prefix: true, fuzzy: 0.2, boost: { title: 4, text: 2, headings: 1 } };

export function miniSearchPages(documents) {
  return documents.map((document) => ({
    id: document.group,
    title: document.title,
    headings: document.sections.map((section) => section.heading).join('\n'),
    text: document.sections.map((section) => section.text).join('\n'),
  }));
}

export const miniSearch = {
  name: 'MiniSearch 7.2',
  // Pages (their groups), best first, for each query.
  async rank({ documents, queries, limit }) {
    const index = new MiniSearch(kIndexOptions);
    index.addAll(miniSearchPages(documents));
    return queries.map((query) => index.search(query, kSearchOptions).slice(0, limit).map((result) => result.id));
  },
};
