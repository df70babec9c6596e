// What arithmetic costs in nDCG@10: questions of a folder's other languages on its English sections.
//
// A folder has documents.jsonl, queries.tsv and qrels.tsv (xquad-r, fastapi). `queries` of each language but English
// search the English pages, or `sections` of them, both spread over their files; a page counts by its best section.
// Passages lose the mean of all passages, queries that of their language's queries, for every engine alike.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

import { mean, ndcg } from '../lib/metrics.mjs';

const kDepth = 10;

function lines(file) {
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : zlib.gunzipSync(fs.readFileSync(`${file}.gz`));
  return bytes.toString().trimEnd().split('\n');
}

export const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);

// `count` of the list at most, from all over it.
export const spread = (list, count) => {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, i) => i % step === 0).slice(0, count);
};

// The sections of a language: { group, text }, the text as vectors.mjs takes it.
export function sectionsOf(folder, language) {
  return lines(path.join(folder, 'documents.jsonl')).map((line) => JSON.parse(line))
    .filter(({ lang }) => lang === language)
    .flatMap(({ title, group, sections }) => sections.map(({ heading, text }) => ({
      group, text: `passage\t${[title, heading, text].filter((part) => part).join(' ').replaceAll(/\s+/g, ' ')}`,
    })));
}

export function loadSet(folder, { queries: most, sections: room }) {
  const all = sectionsOf(folder, 'en');
  const sections = spread(all, room);
  const groups = new Set(sections.map(({ group }) => group));
  const relevant = new Map();
  for (const line of lines(path.join(folder, 'qrels.tsv'))) {
    const [id, group] = line.split('\t');
    if (groups.has(group)) relevant.set(id, (relevant.get(id) ?? new Set()).add(group));
  }
  const languages = new Map();
  for (const line of lines(path.join(folder, 'queries.tsv'))) {
    const [id, lang, text] = line.split('\t');
    if (lang !== 'en' && relevant.has(id)) languages.set(lang, [...(languages.get(lang) ?? []), { id, lang, text }]);
  }
  const queries = [...languages.values()].flatMap((list) => spread(list, most));
  return {
    name: path.basename(folder), whole: sections.length === all.length, sections, relevant, queries,
    languages: [...languages.keys()],
  };
}

export const textsOf = ({ sections, queries }) =>
  [...sections.map(({ text }) => text), ...queries.map(({ text }) => `query\t${text}`)];

function centred(list) {
  const middle = Float64Array.from(list[0], (_, d) => mean(list.map((vector) => vector[d])));
  return list.map((vector) => {
    const moved = Float64Array.from(vector, (x, d) => x - middle[d]);
    const length = Math.sqrt(dot(moved, moved));
    return moved.map((x) => x / length);
  });
}

// nDCG@10 of each query, language by language. vectors: of textsOf(set).
export function gains({ sections, relevant, queries, languages }, vectors) {
  const passages = centred(vectors.slice(0, sections.length));
  const asked = vectors.slice(sections.length);
  return languages.flatMap((language) => {
    const at = queries.flatMap(({ lang }, i) => (lang === language ? [i] : []));
    return centred(at.map((i) => asked[i])).map((query, n) => {
      const best = new Map();
      passages.forEach((passage, p) => {
        const score = dot(query, passage);
        const { group } = sections[p];
        if (score > (best.get(group) ?? -Infinity)) best.set(group, score);
      });
      const ranking = [...best].sort((a, b) => b[1] - a[1]).slice(0, kDepth).map(([group]) => group);
      return ndcg(ranking, relevant.get(queries[at[n]].id), kDepth);
    });
  });
}
