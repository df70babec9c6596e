// ./dev bench: the product beside its peers on real documentation, in one run on one machine.
import fs from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';

import { crossglotNative } from './engines/crossglot.mjs';
import { crossglotBrowser } from './engines/crossglot_browser.mjs';
import { miniSearch } from './engines/minisearch.mjs';
import { pagefind } from './engines/pagefind.mjs';
import { provideHelp } from './lib/help.mjs';
import { bundle, bundleTable } from './measures/bundle.mjs';
import { cold, coldTable } from './measures/cold.mjs';
import { alone, cross } from './measures/cross.mjs';
import { aloneTable, crossTables } from './measures/cross_tables.mjs';
import { encoder, encoderTable, exportOnnx } from './measures/encoder.mjs';
import { encoderLoad, encoderLoadTable } from './measures/encoder_load.mjs';
import { encoderLoss, encoderLossTable } from './measures/encoder_loss.mjs';
import { expansion, expansionTable } from './measures/expansion.mjs';
import { features, featuresTable } from './measures/features.mjs';
import { query, queryTable } from './measures/query.mjs';
import { relevance, relevanceTable } from './measures/relevance.mjs';
import { scale, scaleTable } from './measures/scale.mjs';
import { tokenizer, tokenizerTable } from './measures/tokenizer.mjs';
import { typo, typoTable } from './measures/typo.mjs';
import { vectors, vectorsTable } from './measures/vectors.mjs';

const kUsage = `Usage: ./dev bench [MEASURE...] [--json FILE] [--repeat N] [--full]
Measures: index (time, memory, size), cold, query, scale, typo, encoder, vectors, relevance, features;
all of these without any.
When named: tokenizer (after ./dev model).
  --json FILE   the figures as JSON as well
  --repeat N    runs of each indexer, the median counts (3)
  --full        encoder: the loss over whole sets, not a sample (minutes more)
`;

const kPeers = [miniSearch, pagefind];
const kMeasures = {
  index: [(options) => bundle({ repeat: options.repeat }), bundleTable],
  cold: [() => cold(), coldTable],
  query: [() => query(), queryTable],
  scale: [async () => ({ scale: await scale(), expansion: await expansion() }),
    (figures) => `${scaleTable(figures.scale)}\n\n${expansionTable(figures.expansion)}`],
  typo: [() => typo({ engines: [crossglotBrowser, ...kPeers] }), typoTable],
  encoder: [
    async ({ full }) => ({
      speed: await encoder(), load: await encoderLoad(), loss: await encoderLoss({ onnx: exportOnnx('--int8'), full }),
    }),
    ({ speed, load, loss }) => [encoderTable(speed), encoderLoadTable(load), encoderLossTable(loss)].join('\n\n'),
  ],
  vectors: [() => vectors(), vectorsTable],
  relevance: [async () => ({
    own: await relevance({ engines: [crossglotNative, ...kPeers] }), cross: await cross({ peers: kPeers }),
    alone: alone(),
  }), (figures) => [relevanceTable(figures.own), crossTables(figures.cross), aloneTable(figures.alone)].join('\n\n')],
  features: [() => features({ engines: [crossglotBrowser, pagefind, miniSearch] }), featuresTable],
  tokenizer: [() => tokenizer(), tokenizerTable],
};
// They take minutes and packages of their own.
const kWhenNamed = ['tokenizer'];

function usage(message) {
  process.stderr.write(`${message}\n${kUsage}`);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: {
      json: { type: 'string' }, repeat: { type: 'string', default: '3' }, full: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    } });
  } catch (error) {
    return usage(error.message);
  }
}

const { values, positionals } = parse();
if (values.help) {
  process.stdout.write(kUsage);
  process.exit(0);
}
const repeat = Number(values.repeat);
if (!Number.isInteger(repeat) || repeat < 1) usage(`--repeat takes a whole number above 0, not '${values.repeat}'`);
const wanted = positionals.length === 0 || positionals.includes('all')
  ? Object.keys(kMeasures).filter((name) => !kWhenNamed.includes(name)) : positionals.map((name) => (name === 'size' ? 'index' : name));
for (const name of wanted) {
  if (kMeasures[name] === undefined) usage(`there is no measure '${name}'`);
}

await provideHelp();
const machine = `${os.cpus().length} x ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`;
console.log(`Crossglot beside MiniSearch 7.2.0 and Pagefind 1.6.0 on LibreOffice Help; ${machine}`);
const figures = { machine };
let failed = false;
for (const name of [...new Set(wanted)]) {
  const [measure, print] = kMeasures[name];
  try {
    figures[name] = await measure({ repeat, full: values.full });
    console.log(`\n${name}\n\n${print(figures[name])}`);
  } catch (error) {
    failed = true;
    console.error(`\n${name}: ${error.message}`);
  }
}
if (values.json !== undefined) fs.writeFileSync(values.json, `${JSON.stringify(figures, null, 1)}\n`);
process.exit(failed ? 1 : 0);
