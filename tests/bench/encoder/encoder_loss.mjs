// node encoder_loss.mjs DATA [QUERIES] [SECTIONS]: what int8 costs in nDCG@10 beside float arithmetic on the same pack.
//
// DATA is a folder with documents.jsonl, queries.tsv and qrels.tsv (xquad-r, fastapi). QUERIES of each language but
// English (100) search the English pages, or SECTIONS of them, both spread over their files; a page counts by its best
// section. Passages lose the mean of all passages, queries that of their language's queries, for both engines alike.
// Prints one line, with the cosine between the two engines' vectors.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

import { mean, ndcg } from '../lib/metrics.mjs';

const kRepository = path.resolve(import.meta.dirname, '../../..');
const kBuild = process.env.CROSSGLOT_BUILD ?? path.join(kRepository, 'build/native');
const kModel = process.env.CROSSGLOT_MODEL ?? path.join(kRepository, '.cache/model/e5-small');
const kDepth = 10;

function lines(file) {
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : zlib.gunzipSync(fs.readFileSync(`${file}.gz`));
  return bytes.toString().trimEnd().split('\n');
}

function vectors(texts, engine) {
  const { stdout, status } = spawnSync(path.join(kBuild, 'tests/embed/text_vectors'), [kModel, engine],
    { input: texts.join('\n'), maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`text_vectors ${engine}`);
  const all = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length / 4);
  const size = all.length / texts.length;
  return texts.map((_, i) => all.subarray(i * size, (i + 1) * size));
}

const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);

function centred(list) {
  const middle = Float64Array.from(list[0], (_, d) => mean(list.map((vector) => vector[d])));
  return list.map((vector) => {
    const moved = Float64Array.from(vector, (x, d) => x - middle[d]);
    const length = Math.sqrt(dot(moved, moved));
    return moved.map((x) => x / length);
  });
}

const spread = (list, count) => {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, i) => i % step === 0).slice(0, count);
};

const [data, most = '100', room = '1000000'] = process.argv.slice(2);
const sections = spread(lines(path.join(data, 'documents.jsonl')).map((line) => JSON.parse(line))
  .filter(({ lang }) => lang === 'en').flatMap(({ title, group, sections }) => sections.map(({ heading, text }) => ({
    group, text: `passage\t${[title, heading, text].filter((part) => part).join(' ').replaceAll(/\s+/g, ' ')}`,
  }))), Number(room));
const groups = new Set(sections.map(({ group }) => group));
const relevant = new Map();
for (const line of lines(path.join(data, 'qrels.tsv'))) {
  const [id, group] = line.split('\t');
  if (groups.has(group)) relevant.set(id, (relevant.get(id) ?? new Set()).add(group));
}
const languages = new Map();
for (const line of lines(path.join(data, 'queries.tsv'))) {
  const query = line.split('\t');
  const [id, lang] = query;
  if (lang !== 'en' && relevant.has(id)) languages.set(lang, [...(languages.get(lang) ?? []), query]);
}
const queries = [...languages.values()].flatMap((list) => spread(list, Number(most)));
const texts = [...sections.map(({ text }) => text), ...queries.map(([, , text]) => `query\t${text}`)];

function quality(list) {
  const passages = centred(list.slice(0, sections.length));
  const asked = list.slice(sections.length);
  const gains = [];
  for (const lang of languages.keys()) {
    const at = queries.flatMap(([, of], i) => (of === lang ? [i] : []));
    centred(at.map((i) => asked[i])).forEach((query, n) => {
      const best = new Map();
      passages.forEach((passage, p) => {
        const score = dot(query, passage);
        const { group } = sections[p];
        if (score > (best.get(group) ?? -Infinity)) best.set(group, score);
      });
      const ranking = [...best].sort((a, b) => b[1] - a[1]).slice(0, kDepth).map(([group]) => group);
      gains.push(ndcg(ranking, relevant.get(queries[at[n]][0]), kDepth));
    });
  }
  return gains;
}

const [engine, float] = ['engine', 'float'].map((name) => vectors(texts, name));
const [ours, theirs] = [quality(engine), quality(float)];
const differences = ours.map((gain, i) => gain - theirs[i]);
const deviation = Math.sqrt(mean(differences.map((d) => d * d)) / differences.length);
const cosines = engine.map((vector, i) => dot(vector, float[i]));
const points = `${(100 * mean(differences)).toFixed(2)} +- ${(196 * deviation).toFixed(2)} points`;
console.log([
  `${path.basename(data)}, ${languages.size} languages to en, ${queries.length} queries, ${sections.length} sections`,
  `nDCG@10 int8 ${mean(ours).toFixed(4)}, float ${mean(theirs).toFixed(4)}, difference ${points}`,
  `cosine mean ${mean(cosines).toFixed(5)}, least ${Math.min(...cosines).toFixed(5)}`,
].join('; '));
