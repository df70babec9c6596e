// What can be asked for: each row is one query on a small site of our own; found means that the wanted page came
// among the first ten and the unwanted one, where the row names it, did not.
import fs from 'node:fs';
import path from 'node:path';

import { kFeaturePages, kFeatures, featureHtml } from '../lib/feature_pages.mjs';
import { kWork } from '../lib/corpus.mjs';
import { table } from '../lib/table.mjs';

const kDepth = 10;

export async function features({ engines }) {
  const scratch = path.join(kWork, 'scratch/features');
  const site = path.join(scratch, 'site');
  fs.rmSync(site, { recursive: true, force: true });
  for (const document of kFeaturePages) {
    const file = path.join(site, document.url);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, featureHtml(document));
  }
  const file = path.join(scratch, 'documents.jsonl');
  fs.writeFileSync(file, kFeaturePages.map((document) => `${JSON.stringify(document)}\n`).join(''));
  const found = kFeatures.map((feature) => ({ ...feature, engines: {} }));
  for (const lang of new Set(kFeatures.map((feature) => feature.lang))) {
    const asked = found.filter((feature) => feature.lang === lang);
    for (const engine of engines) {
      const answers = await engine.rank({ file, site, lang, tag: lang, scratch, limit: kDepth,
        documents: kFeaturePages.filter((document) => document.lang === lang),
        queries: asked.map((feature) => feature.query) });
      asked.forEach((feature, at) => {
        feature.engines[engine.name] = answers[at].includes(feature.wanted)
          && !(feature.unwanted !== undefined && answers[at].includes(feature.unwanted));
      });
    }
  }
  return { rows: found, engines: engines.map((engine) => engine.name) };
}

export function featuresTable({ rows, engines }) {
  return table(['', 'language', 'query', ...engines], rows.map(({ feature, lang, query, engines: results }) => (
    [feature, lang, query, ...engines.map((name) => (results[name] ? 'found' : '-'))])));
}
