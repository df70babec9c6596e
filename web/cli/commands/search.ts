/** `crossglot search`: one query, answered for a person or as JSON. */
import { BundleReader } from '../core/bundle_reader.js';
import { exitDone, exitNo } from '../errors.js';
import { count, flag, parse, required, text } from '../options.js';
import { kModeOptions, modeOf, queryEncoder } from '../query_vectors.js';
import { loadCoreModule } from '../package_files.js';
import type { Mark, SearchResults } from '../../protocol/types.js';

const kOptions = {
  lang: { type: 'string' },
  in: { type: 'string' },
  ...kModeOptions,
  limit: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Control characters of an index never reach a terminal. */
function plain(words: string): string {
  return words.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

function emphasise(words: string, marks: readonly Mark[], colour: boolean): string {
  if (!colour) return plain(words);
  let out = '';
  let at = 0;
  for (const [start, end] of marks) {
    out += `${plain(words.slice(at, start))}\x1b[1m${plain(words.slice(start, end))}\x1b[22m`;
    at = end;
  }
  return out + plain(words.slice(at));
}

function describe(results: SearchResults, colour: boolean): string {
  const lines: string[] = [];
  for (const { from, to } of results.corrected) {
    lines.push(`Searched for "${plain(to)}" instead of "${plain(from)}".`);
  }
  if (results.dropped.length > 0 && !results.tiers.includes('dense')) {
    lines.push(`Not found together with the rest: ${results.dropped.map(plain).join(', ')}.`);
  }
  results.hits.forEach((hit, i) => {
    lines.push(`${i + 1}. ${emphasise(hit.title || hit.url, hit.titleMarks, colour)}  [${hit.lang}]`);
    for (const section of hit.sections) {
      lines.push(`   ${plain(hit.url)}${section.anchor === '' ? '' : `#${plain(section.anchor)}`}`);
      if (section.heading !== '' && section.heading !== hit.title) lines.push(`     ${plain(section.heading)}`);
      if (section.excerpt !== '') lines.push(`     ${emphasise(section.excerpt, section.marks, colour)}`);
    }
  });
  if (results.hits.length === 0) lines.push('Nothing found.');
  if (results.total > results.hits.length) lines.push(`${results.total} pages match in all.`);
  return `${lines.join('\n')}\n`;
}

export async function searchCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, kOptions, 2);
  const { values, positionals } = parsed;
  const mode = modeOf(parsed);
  const limit = count(values, 'limit', 10, 1, 10_000);
  const folder = required(positionals[0], 'the bundle\'s folder');
  const query = required(positionals[1], 'the query');
  const module = await loadCoreModule();
  const bundle = new BundleReader(folder, module);
  const encode = await queryEncoder(mode, bundle, module);
  const within = text(values, 'in');
  const tags = bundle.languages(within);
  bundle.addLanguages(tags);
  const chosen = within === '' ? [] : tags;
  const lang = text(values, 'lang') || (within !== '' && within !== 'all' ? tags[0]! : bundle.defaultLanguage());
  const request = { query, lang, in: chosen, limit, ...encode(query) };
  const { needs, ...answer } = bundle.search(request);
  const results: SearchResults = { ...answer, tiers: mode.tiers, complete: needs.length === 0 };
  const json = flag(values, 'json');
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : describe(results, process.stdout.isTTY === true));
  return results.hits.length > 0 ? exitDone : exitNo;
}
