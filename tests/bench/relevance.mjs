// Relevance of the native command alone, in seconds: the tool for tuning. `--langs en-US,ja`, `--misses` (odd half:
// queries whose page is not among the first five, with what came instead), `--peers` adds MiniSearch and Pagefind.
import { parseArgs } from 'node:util';

import { crossglotNative } from './engines/crossglot.mjs';
import { provideHelp } from './lib/help.mjs';
import { relevance, relevanceTable } from './measures/relevance.mjs';

await provideHelp();
const { values } = parseArgs({ options: {
  langs: { type: 'string' }, misses: { type: 'boolean' }, peers: { type: 'boolean' },
} });
const engines = [crossglotNative];
if (values.peers) {
  engines.push((await import('./engines/minisearch.mjs')).miniSearch, (await import('./engines/pagefind.mjs')).pagefind);
}
const misses = ({ lang, query, answer }) => {
  if (!query.odd) return;
  console.log(`${lang}\t${query.text}\twanted ${[...query.relevant].join(' ')}\tgot ${answer.slice(0, 3).join(' ')}`);
};
const result = await relevance({ engines, langs: values.langs?.split(','), misses: values.misses ? misses : null });
console.log(relevanceTable(result));
