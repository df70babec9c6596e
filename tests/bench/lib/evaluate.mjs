// `crossglot eval` as figures, and the model that dense and hybrid need.
import fs from 'node:fs';
import path from 'node:path';

import { crossglot } from '../engines/crossglot.mjs';
import { kRepository } from './corpus.mjs';

const kModel = process.env.CROSSGLOT_MODEL ?? path.join(kRepository, '.cache/model/e5-small');

/** The pack's folder, or null where there is none (`./dev model` fetches it). */
export const model = () => (fs.existsSync(path.join(kModel, 'model.json')) ? kModel : null);

export const modes = () => (model() === null ? ['lexical'] : ['lexical', 'dense', 'hybrid']);

/** What `crossglot index` is told, so that a bundle has vectors where there is a model. */
export const withModel = () => (model() === null ? [] : ['--model', model()]);

// The command spells languages as BCP 47 does.
const same = (a, b) => a.toLowerCase() === b.toLowerCase();

export class Figures {
  constructor({ systems, rows, betterLeg }) {
    this.systems = systems;
    this.rows = rows;
    this.betterLeg = betterLeg;  // { below, pairs, differences }
  }

  // The row of `crossglot eval --json`, or undefined. from, pool: languages, or names of a macro row.
  at(system, from, pool) {
    return this.rows.find((row) => row.system === system && same(row.from, from) && same(row.pool, pool));
  }

  // Hybrid minus the better leg, or undefined.
  overBetterLeg(from, pool) {
    return this.betterLeg.differences.find((it) => same(it.from, from) && same(it.pool, pool));
  }
}

/**
 * Asks a bundle. queries: [{ id, lang, text }]; pools: as `--in` takes them; heldOut: 'dictionary', 'pivot';
 * asked: modes, those that the model allows by default.
 */
export function evaluate({ bundle, queries, qrels, pools, scratch, heldOut = [], asked = modes(), more = [] }) {
  const file = path.join(scratch, 'queries.tsv');
  const json = path.join(scratch, 'eval.json');
  fs.writeFileSync(file, queries.map(({ id, lang, text }) => `${id}\t${lang}\t${text}\n`).join(''));
  const meaning = asked.some((mode) => mode === 'dense' || mode === 'hybrid') ? withModel() : [];
  const held = heldOut.filter((what) => what !== 'pivot' || meaning.length > 0);
  crossglot(['eval', bundle, '--queries', file, '--qrels', qrels, '--json', json, '--modes', asked.join(','),
    ...pools.flatMap((name) => ['--in', name]), ...(held.length > 0 ? ['--heldout', held.join(',')] : []),
    ...meaning, ...more]);
  return new Figures(JSON.parse(fs.readFileSync(json, 'utf8')));
}
