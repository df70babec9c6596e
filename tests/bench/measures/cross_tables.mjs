// measures/cross.mjs as tables. Targets are the project's; "simple methods" are what baselines reach with the same
// weights (centred float vectors, plain BM25, a plain mined dictionary), quoted from ../shared/reference/baselines.md.
import { mean } from '../lib/metrics.mjs';
import { score, table } from '../lib/table.mjs';

const kMeant = {
  libreoffice: {
    heldOut: [0.65, 0.606], whole: [0.67, 0.623], own: [0.72, 0.685], english: [0.76, 0.737], groups: [0.72, 0.670],
  },
  fastapi: {
    heldOut: [0.61, 0.573], whole: [0.63, 0.599], own: [0.64, 0.585], english: [0.67, 0.654], map: [0.30, 0.247],
  },
  'xquad-r': { heldOut: [0.88, 0.863], fromEnglish: [0.88, 0.862], own: [0.965, 0.958], map: [0.72, 0.684] },
};
const kNames = { plain: 'no dictionary', lexical: 'words', dense: 'meaning', hybrid: 'both' };

const value = (number) => (number === undefined ? '' : score(number));
const interval = (of) => (of === undefined ? '' : `${score(of.mean)} [${score(of.low)}, ${score(of.high)}]`);
const signed = (number) => `${number < 0 ? '-' : '+'}${score(Math.abs(number))}`;
const signedInterval = (of) => `${signed(of.mean)} [${signed(of.low)}, ${signed(of.high)}]`;
const probability = (p) => (p < 0.001 ? 'p < .001' : `p = ${score(p)}`);

// What is asked of a set: [title, figures, from, pool, key of kMeant, plain figures].
function questionsOf({ english, heldOut, whole, plain, own }) {
  const rows = [
    [`other languages to ${english}, held out`, heldOut, 'others', english, 'heldOut', plain],
    ['the same, dictionary of the whole site', whole, 'others', english, 'whole'],
    [`${english} to other languages, held out`, heldOut, english, 'others', 'fromEnglish'],
    ['every pair across languages, held out', heldOut, 'every', 'others'],
    own === undefined ? ['each in its own language', heldOut, 'own', 'own', 'own']
      : [`each in its own language without ${english}`, own, 'own', 'own', 'own'],
    [`${english} to ${english}`, heldOut, english, english, 'english', plain],
  ];
  if (own !== undefined) rows.push(['all pages, the own version where there is one', own, 'every', 'all', 'groups']);
  return rows;
}

// A peer's mean over the languages that a row asks in; it has English pages alone.
function peerCell(figures, english, from, pool) {
  if (pool !== english) return '';
  const langs = Object.keys(figures).filter((lang) => (from === 'others' ? lang !== english : lang === from));
  const of = (measure) => mean(langs.map((lang) => figures[lang][measure]));
  return `${score(of('ndcg'))} / ${score(of('recall'))}`;
}

function macroTable(result) {
  const { name, english, peers, heldOut: { systems } } = result;
  const head = ['nDCG@10 [95 %]', kNames.plain, ...systems.map((system) => kNames[system]), 'recall@100', 'target',
    'simple methods', ...Object.keys(peers)];
  const lines = questionsOf(result).map(([title, figures, from, pool, key, plain]) => {
    const [target, simple] = kMeant[name][key] ?? [];
    return [title, interval(plain?.at('plain', from, pool)?.ndcg10),
      ...systems.map((system) => interval(figures.at(system, from, pool)?.ndcg10)),
      systems.map((system) => value(figures.at(system, from, pool)?.recall100.mean)).join(' / '),
      value(target), value(simple), ...Object.values(peers).map((peer) => peerCell(peer, english, from, pool))];
  });
  return table(head, lines);
}

// Each ordered pair once, as words / meaning / both.
function pairTable({ heldOut, langs }) {
  const { systems } = heldOut;
  const cell = (from, to) => systems.map((system) => value(heldOut.at(system, from, to)?.ndcg10.mean)).join(' / ');
  const what = systems.map((system) => kNames[system]).join(' / ');
  return table([`${what}, held out: rows ask`, ...langs],
    langs.map((from) => [from, ...langs.map((to) => cell(from, to))]));
}

function betterLegTable(result) {
  const { heldOut } = result;
  if (heldOut.betterLeg.pairs === 0) return 'No model: words alone (`./dev model` fetches the default one).';
  const lines = questionsOf(result).flatMap(([title, figures, from, pool]) => {
    const difference = figures.overBetterLeg(from, pool);
    return difference === undefined ? [] : [[title, difference.queries, signedInterval(difference.ndcg10),
      probability(difference.p)]];
  });
  const below = heldOut.betterLeg.differences.filter((it) => !it.macro && it.ndcg10.high < 0)
    .map((it) => `${it.from} to ${it.pool} ${signedInterval(it.ndcg10)}`);
  const head = ['both minus the better of words and meaning in each pair', 'queries', 'nDCG@10 [95 %]', 'p'];
  const { below: count, pairs } = heldOut.betterLeg;
  return `${table(head, lines)}\n\nLower beyond the interval in ${count} of ${pairs} pairs` +
    `${below.length > 0 ? `: ${below.join('; ')}` : ''}.`;
}

// Every version of every page in one list: is a page found in all its languages, and is the query's preferred?
function versionsTable({ name, versions }) {
  const [target, simple] = kMeant[name].map ?? [];
  const lines = versions.systems.map((system) => {
    const row = versions.at(system, 'every', 'all');
    return [kNames[system], interval(row.map), system === versions.systems.at(-1) ? value(target) : '',
      system === 'dense' ? value(simple) : '', interval(row.ownShare), value(row.ownShareExpected)];
  });
  return table(['all versions in one list', 'MAP [95 %]', 'target', 'simple methods', 'own language in the first ten',
    'of the answers'], lines);
}

// The mean over both halves, each by its queries: macro means of the same languages.
function halvesTable({ english, heldOut, halves }) {
  const asked = [[`other languages to ${english}`, 'others'], [`${english} to ${english}`, english]];
  const lines = asked.map(([title, from]) => {
    const rows = halves.map((figures) => figures.at('hybrid', from, english));
    const all = heldOut.at('hybrid', from, english).ndcg10;
    const count = rows.reduce((sum, row) => sum + row.queries, 0);
    const refit = rows.reduce((sum, row) => sum + row.ndcg10.mean * row.queries, 0) / count;
    return [title, ...rows.map((row) => interval(row.ndcg10)), score(refit), interval(all), signed(refit - all.mean)];
  });
  return table(['both; means and dictionary of half of the pages', 'asked for one half', 'for the other', 'mean',
    'held out, means of all', 'difference (target: -.020)'], lines);
}

export function crossTables(results) {
  return results.map((result) => [`${result.name}, ${result.queries} queries`, macroTable(result),
    betterLegTable(result), versionsTable(result), ...(result.halves === null ? [] : [halvesTable(result)]),
    pairTable(result)].join('\n\n')).join('\n\n');
}

export function aloneTable(figures) {
  if (figures === null) return 'fastapi is not there: no row of a site in English alone.';
  const { name, without, seeded } = figures;
  return table([`${name}'s English pages alone, other languages ask, words`, 'nDCG@10 [95 %]', 'recall@100'], [
    ['without', interval(without.ndcg10), value(without.recall100.mean)],
    ['with the word tables of models/seed', interval(seeded.ndcg10), value(seeded.recall100.mean)],
  ]);
}
