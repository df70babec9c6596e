// The typo measure on the native command alone, in seconds: the tool for tuning. `--langs en-US,ja`, `--misses`,
// `--peers` adds MiniSearch and Pagefind. What was wrongly corrected is counted by ./dev bench typo, in the browser.
import { parseArgs } from 'node:util';

import { crossglotNative } from './engines/crossglot.mjs';
import { provideHelp } from './lib/help.mjs';
import { typo, typoTable } from './measures/typo.mjs';

await provideHelp();
const { values } = parseArgs({ options: {
  langs: { type: 'string' }, misses: { type: 'boolean' }, peers: { type: 'boolean' },
} });
const engines = [crossglotNative];
if (values.peers) {
  engines.push((await import('./engines/minisearch.mjs')).miniSearch, (await import('./engines/pagefind.mjs')).pagefind);
}
const misses = ({ lang, query, answer }) => (
  console.log(`${lang}\t${query.typo}\twanted ${query.title} (${query.group})\tgot ${answer.pages.join(' ')}`));
const result = await typo({ engines, langs: values.langs?.split(','), misses: values.misses ? misses : null });
console.log(typoTable(result));
