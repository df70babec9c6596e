// Pages that a language lacks: titles of LibreOffice Help's guides as queries, on a site where their translations are
// left out. Whoever searches that language alone, as peers do, finds none of them. Beside them the titles of as many
// pages that are there: their own version should still come first.
//
//   node tests/bench/holes.mjs [--count 60] [--half odd|even] [--misses]
//
// The native command answers as the page does with all languages at hand, in seconds a language. English titles (left
// untranslated) are left out.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { crossglot, crossglotIndex } from './engines/crossglot.mjs';
import { documents, kEnglish, kWork, sha256 } from './lib/corpus.mjs';
import { provideHelp } from './lib/help.mjs';
import { table } from './lib/table.mjs';

const kLanguages = ['fr', 'de', 'ja'];
const kRows = 5;

const { values } = parseArgs({ options: {
  count: { type: 'string', default: '60' }, half: { type: 'string' }, misses: { type: 'boolean' },
} });
await provideHelp();

const isOdd = (name) => Number.parseInt(sha256(name).slice(0, 2), 16) % 2 === 1;
const isAsked = ({ group }) => /\/guide\//.test(group) && (!values.half || isOdd(group) === (values.half === 'odd'));
const order = (a, b) => (sha256(a.group) < sha256(b.group) ? -1 : 1);
const english = documents(kEnglish);
const guides = english.documents.filter(isAsked).sort(order).map(({ group }) => group);
const lacking = new Set(guides.slice(0, Number(values.count)));
const present = new Set(guides.slice(lacking.size, 2 * lacking.size));
const englishTitles = new Set(english.documents.map(({ title }) => title));

const pages = new Map(kLanguages.map((lang) => [lang, documents(lang).documents]));
const scratch = path.join(kWork, 'scratch/holes');
fs.mkdirSync(scratch, { recursive: true });
const lines = path.join(scratch, 'documents.jsonl');
const kept = [...pages.values()].flat().filter(({ group }) => !lacking.has(group));
fs.writeFileSync(lines, [...english.documents, ...kept].map((page) => `${JSON.stringify(page)}\n`).join(''));
const bundle = path.join(scratch, 'bundle');
crossglotIndex(lines, bundle);

/** Place of the page among the first rows, from 1; 0: not there. */
function placeOf(lang, query, url) {
  const answer = JSON.parse(crossglot(['search', bundle, query, '--lang', lang, '--limit', String(kRows), '--json']));
  const rows = answer.hits.map((hit) => hit.url);
  const place = rows.indexOf(url) + 1;
  if (place === 0 && values.misses) console.log([lang, query, url, ...rows].join('\t'));
  return place;
}

function ask(lang, groups, version) {
  const asked = pages.get(lang).filter(({ group, title }) => groups.has(group) && !englishTitles.has(title));
  const places = asked.map(({ group, title }) => placeOf(lang, title, `/${version}/${group}`));
  return { first: places.filter((place) => place === 1).length, found: places.filter((place) => place > 0).length,
    of: asked.length };
}

const rows = kLanguages.map((lang) => {
  const gone = ask(lang, lacking, kEnglish);
  const there = ask(lang, present, lang);
  return [lang, `${gone.found} of ${gone.of}`, gone.first, `${there.found} of ${there.of}`, there.first];
});
const within = `first ${kRows}`;
console.log(table(['titles', `page in English alone: ${within}`, 'first', `page in both: ${within}`, 'first'], rows));
