// Cross-language relevance of the native command alone, in seconds: the tool for tuning.
//
//   node tests/bench/cross.mjs [SET...] [--half odd|even|all] [--in en]... [--bundle DIR] [--reindex] [--model PACK]
//                              [--queries N] [-- ARGS]
//
//   node tests/bench/cross.mjs --switched [--half odd|even] [--bundle DIR]      code-switched queries
//
// SET: libreoffice (default), fastapi, xquad-r. --bundle: an index that stands already. --reindex: make ours anew
// (always done when the command is newer). --model: by words, by meaning and by both, each pair and each mean on a line
// with its intervals, with dictionaries and vectors held out, unless ARGS name other modes. --queries: so many of a
// language. ARGS go to `crossglot eval` (--json F, --html F, ...).
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { crossglot, crossglotIndex, isCurrentIndex } from './engines/crossglot.mjs';
import { kWork } from './lib/corpus.mjs';
import { crossSet, questions } from './lib/cross.mjs';
import { provideHelp } from './lib/help.mjs';
import { switched, switchedTable } from './measures/switched.mjs';

const split = process.argv.indexOf('--');
const own = process.argv.slice(2, split < 0 ? undefined : split);
const { values, positionals } = parseArgs({ args: own, allowPositionals: true, options: {
  half: { type: 'string', default: 'odd' }, in: { type: 'string', multiple: true, default: ['en'] },
  bundle: { type: 'string' }, reindex: { type: 'boolean' }, switched: { type: 'boolean' },
  model: { type: 'string' }, queries: { type: 'string' },
} });
const more = split < 0 ? [] : process.argv.slice(split + 1);
const given = (option) => more.includes(option);
// What --model adds to `index` and to `eval`.
const withVectors = values.model === undefined ? [] : ['--model', values.model, '--eval-folds', '5'];
const byMeaning = values.model === undefined ? [] : ['--model', values.model,
  ...(given('--modes') ? [] : ['--modes', 'lexical,dense,hybrid']),
  ...(given('--heldout') ? [] : ['--heldout', 'dictionary,pivot'])];

function queryFile(set) {
  if (values.queries === undefined) return set.queries(values.half);
  const file = path.join(kWork, 'cross', set.name, 'asked.tsv');
  fs.writeFileSync(file, questions(set, values.half, Number(values.queries))
    .map(({ id, lang, text }) => `${id}\t${lang}\t${text}\n`).join(''));
  return file;
}

for (const name of positionals.length > 0 ? positionals : ['libreoffice']) {
  await provideHelp();  // the name of everything that is derived
  const set = crossSet(name);
  let { bundle } = values;
  if (bundle === undefined) {
    bundle = path.join(kWork, 'cross', name, values.model === undefined ? 'bundle' : 'bundle-vectors');
    if (values.reindex || !isCurrentIndex(bundle)) {
      const begin = performance.now();
      crossglotIndex(set.documents, bundle, withVectors);
      console.error(`${name}: indexed in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    }
  }
  if (values.switched) {
    console.log(switchedTable(switched({ bundle, half: values.half })));
    continue;
  }
  const begin = performance.now();
  process.stdout.write(crossglot(['eval', bundle, '--queries', queryFile(set), '--qrels', set.qrels,
    ...values.in.flatMap((pool) => ['--in', pool]), ...byMeaning, ...more]));
  console.error(`${name}: asked in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
