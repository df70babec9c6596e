// Cross-language relevance of the native command alone, in seconds: the tool for tuning.
//
//   node tests/bench/cross.mjs [SET...] [--half odd|even|all] [--in en]... [--bundle DIR] [--reindex] [-- ARGS]
//
//   node tests/bench/cross.mjs --switched [--half odd|even] [--bundle DIR]      code-switched queries
//
// SET: libreoffice (default), fastapi, xquad-r. --bundle: an index that stands already. --reindex: make ours anew
// (always done when the command is newer). ARGS go to `crossglot eval` (--json F, --html F, ...).
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { crossglot, crossglotCommand, crossglotIndex } from './engines/crossglot.mjs';
import { kWork } from './lib/corpus.mjs';
import { crossSet } from './lib/cross.mjs';
import { provideHelp } from './lib/help.mjs';
import { switched, switchedTable } from './measures/switched.mjs';

const split = process.argv.indexOf('--');
const own = process.argv.slice(2, split < 0 ? undefined : split);
const { values, positionals } = parseArgs({ args: own, allowPositionals: true, options: {
  half: { type: 'string', default: 'odd' }, in: { type: 'string', multiple: true, default: ['en'] },
  bundle: { type: 'string' }, reindex: { type: 'boolean' }, switched: { type: 'boolean' },
} });

const modified = (file) => (fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0);

for (const name of positionals.length > 0 ? positionals : ['libreoffice']) {
  if (name === 'libreoffice') await provideHelp();
  const set = crossSet(name);
  let { bundle } = values;
  if (bundle === undefined) {
    bundle = path.join(kWork, 'cross', name, 'bundle');
    const stale = modified(path.join(bundle, 'manifest.json')) < modified(crossglotCommand());
    if (values.reindex || stale) {
      const begin = performance.now();
      crossglotIndex(set.documents, bundle);
      console.error(`${name}: indexed in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    }
  }
  if (values.switched) {
    console.log(switchedTable(switched({ bundle, half: values.half })));
    continue;
  }
  const begin = performance.now();
  process.stdout.write(crossglot(['eval', bundle, '--queries', set.queries(values.half), '--qrels', set.qrels,
    ...values.in.flatMap((pool) => ['--in', pool]), ...(split < 0 ? [] : process.argv.slice(split + 1))]));
  console.error(`${name}: asked in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
