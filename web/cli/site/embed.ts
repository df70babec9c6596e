/** The vectors of a build: out of the cache, or encoded by threads that each hold the model. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Builder } from '../core/core.js';
import type { Request } from '../messages.js';
import { loadEncoderModule, threadScript } from '../package_files.js';
import { Pool } from '../pool.js';
import type { Progress } from '../progress.js';
import type { ModelOptions } from './model.js';
import { VectorFile } from './vector_file.js';

export interface Embedded {
  texts: number;
  /** The others were in the cache. */
  encoded: number;
}

/** Texts a request: few enough to show that something happens, and to lose little when the run is ended. */
const kRequestTexts = 16;

function* requests(builder: Builder, missing: number): Generator<Request> {
  for (let first = 0; first < missing; first += kRequestTexts) {
    const count = Math.min(kRequestTexts, missing - first);
    const texts = Array.from({ length: count }, (_, i) => builder.text(first + i));
    yield { kind: 'encode', chunk: first / kRequestTexts, texts };
  }
}

async function encode(
  builder: Builder, missing: number, file: VectorFile | null, pack: string, threads: number, progress: Progress,
): Promise<void> {
  const pool = new Pool(Math.min(threads, Math.ceil(missing / kRequestTexts)), threadScript, {
    module: null, site: '', extract: { rootSelector: '', excludeSelectors: [], forceLanguage: '' },
    encoder: { module: await loadEncoderModule(), pack },
  });
  const begin = Date.now();
  try {
    await pool.run(requests(builder, missing), (answer) => {
      if (answer.kind !== 'encoded') return;
      const first = answer.chunk * kRequestTexts;
      const count = Math.min(kRequestTexts, missing - first);
      const records = builder.vectors(first, count, answer.vectors);
      file?.append(records);
      progress.showTime('Embedding', first + count, missing, builder.share(), begin);
    });
  } finally {
    await pool.close();
  }
}

/**
 * Gives a builder that has all segments the vectors that it wants before it is finished.
 * @throws {CommandError} for a broken pack, or a cache that cannot be written.
 */
export type Embed = (builder: Builder) => Promise<Embedded>;

/** What to do about vectors; null: nothing. */
export function embedding(model: ModelOptions | null, threads: number, progress: Progress): Embed | null {
  if (!model?.vectors) return null;
  const { folder, cache } = model;
  return async (builder) => {
    const plan = builder.embed(readFileSync(join(folder, 'model.json'), 'utf8'));
    const file = cache === '' ? null : VectorFile.open(join(cache, plan.cache));
    try {
      file?.read((piece) => builder.readCache(piece));
      const { missing, good, header } = builder.missing();
      file?.keep(good, header);
      if (missing > 0) await encode(builder, missing, file, folder, threads, progress);
      return { texts: plan.texts, encoded: missing };
    } finally {
      file?.close();
    }
  };
}
