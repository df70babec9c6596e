/** `--mode` and `--model` of search and run: the vectors of queries, for a bundle that has some of the same model. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleReader } from './core/bundle_reader.js';
import { Core } from './core/core.js';
import { PackEncoder } from './core/encoder.js';
import { CommandError, exitInput } from './errors.js';
import { choice, type Parsed, text } from './options.js';
import { loadEncoderModule } from './package_files.js';
import { findModel } from './site/model.js';
import type { SearchResults } from '../protocol/types.js';

export const kModeOptions = { mode: { type: 'string' }, model: { type: 'string' } } as const;

export interface Mode {
  name: string;
  /** The pack's folder; '' for words alone. */
  pack: string;
  tiers: SearchResults['tiers'];
}

const kTiers: Record<string, SearchResults['tiers']> = {
  lexical: ['lexical'], dense: ['dense'], hybrid: ['lexical', 'dense'],
};

/** @throws {CommandError} for a mode that is none, or one that lacks its model. */
export function modeOf({ values }: Parsed): Mode {
  const name = choice(values, 'mode', Object.keys(kTiers));
  const model = text(values, 'model');
  if (name !== 'lexical' && model === '') {
    throw new CommandError(exitInput, `--mode ${name}: needs --model, the pack that the index was made with`);
  }
  return { name, pack: name === 'lexical' ? '' : findModel(model), tiers: kTiers[name]! };
}

/**
 * Makes `bundle` ready for the mode. What it gives adds a query's vector to a request.
 * @throws {CommandError} when the bundle has no vectors, or those of another model.
 */
export async function queryEncoder(
  { name, pack }: Mode, bundle: BundleReader, module: WebAssembly.Module,
): Promise<(query: string) => { mode?: string; vector?: Int8Array }> {
  if (pack === '') return () => ({});
  const builder = new Core(module).newBuilder();
  bundle.addVectors(builder.embed(readFileSync(join(pack, 'model.json'), 'utf8')).model);
  const encoder = await PackEncoder.open(await loadEncoderModule(), pack);
  return (query) => ({ mode: name, vector: encoder.encode(encoder.queryPrefix + query) });
}
