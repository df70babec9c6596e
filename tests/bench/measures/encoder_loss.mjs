// What int8 costs: ours and ONNX Runtime's dynamic int8 beside float arithmetic on the same pack.
//
// Cosines are of 1,000 passages in twelve languages; nDCG@10 of questions in all languages but English on English
// sections. Both need the open sets, which the checkout does not hold: CROSSGLOT_SETS names their folder.
import fs from 'node:fs';
import path from 'node:path';

import { dot, gains, loadSet, sectionsOf, spread, textsOf } from '../encoder/encoder_loss.mjs';
import { floatVectors, onnxVectors, ourVectors } from '../encoder/vectors.mjs';
import { kRepository } from '../lib/corpus.mjs';
import { mean } from '../lib/metrics.mjs';
import { table } from '../lib/table.mjs';

const kSets = process.env.CROSSGLOT_SETS ?? path.join(kRepository, '../shared/data');
const kPassages = 1000;
const kLanguages = {
  'xquad-r': ['ar', 'de', 'el', 'en', 'es', 'hi', 'ru', 'th', 'vi', 'zh'], fastapi: ['fr', 'ja'],
};
const kQueries = 100;  // of a language; fewer leave the loss in the noise
const kSampleSections = 500;

// As many of each language, those of the first languages one more where the count does not divide.
function passages() {
  const languages = Object.entries(kLanguages).flatMap(([set, list]) => list.map((lang) => [set, lang]));
  return languages.flatMap(([set, lang], i) => {
    const count = Math.floor((kPassages + languages.length - 1 - i) / languages.length);
    return spread(sectionsOf(path.join(kSets, set), lang), count).map(({ text }) => text);
  });
}

function cosines(vectors, float) {
  const all = vectors.map((vector, i) => dot(vector, float[i])
    / Math.sqrt(dot(vector, vector) * dot(float[i], float[i])));
  return { mean: mean(all), least: Math.min(...all) };
}

// Points of nDCG@10 that `ours` lacks of `float`, with half of a 95 % interval over questions.
function lost(ours, float) {
  const differences = float.map((gain, i) => 100 * (gain - ours[i]));
  const middle = mean(differences);
  const deviation = Math.sqrt(mean(differences.map((d) => (d - middle) ** 2)) / differences.length);
  return { points: middle, interval: 1.96 * deviation };
}

// onnx: the int8 export of the pack. null: there are no open sets.
export async function encoderLoss({ onnx, full }) {
  if (!Object.keys(kLanguages).every((set) => fs.existsSync(path.join(kSets, set, 'queries.tsv')))) return null;
  const texts = passages();
  const float = await floatVectors(texts);
  const figures = {
    texts: texts.length,
    cosine: { ours: cosines(await ourVectors(texts), float), onnx: cosines(await onnxVectors(texts, onnx), float) },
    sets: [],
  };
  for (const name of Object.keys(kLanguages)) {
    const set = loadSet(path.join(kSets, name), { queries: kQueries, sections: full ? Infinity : kSampleSections });
    const all = textsOf(set);
    const reference = gains(set, await floatVectors(all));
    figures.sets.push({
      name, whole: set.whole, queries: set.queries.length, sections: set.sections.length,
      languages: set.languages.length,
      float: mean(reference),
      ours: lost(gains(set, await ourVectors(all)), reference),
      onnx: lost(gains(set, await onnxVectors(all, onnx)), reference),
    });
  }
  return figures;
}

const points = ({ points: value, interval }) => `${value.toFixed(2)} +- ${interval.toFixed(2)}`;

export function encoderLossTable(figures) {
  if (figures === null) {
    return `Loss beside float arithmetic: not measured, ${path.relative(kRepository, kSets)} lacks the open sets.`;
  }
  const { cosine, texts, sets } = figures;
  const rows = [
    [`cosine with float, ${texts} passages, 12 languages: mean`, '>= 0.995', '1', cosine.ours.mean.toFixed(5),
      cosine.onnx.mean.toFixed(5)],
    ['the same: least', '>= 0.98', '1', cosine.ours.least.toFixed(5), cosine.onnx.least.toFixed(5)],
    ...sets.map((set) => [
      `nDCG@10 points lost, ${set.name}${set.whole ? '' : ' (a sample)'}: ${set.queries} questions in `
        + `${set.languages} languages, ${set.sections} English sections`,
      '<= 0.3', set.float.toFixed(4), points(set.ours), points(set.onnx),
    ]),
  ];
  return table(['', 'target', 'float', 'Crossglot int8', 'onnxruntime dynamic int8'], rows);
}
