/** What `import ... from 'crossglot'` gives: index.ts, and what no dialog needs. */
import { runtimeUrl } from '../protocol/build_id.js';
import { SearchError } from '../protocol/error.js';
import type { OpenOptions, SearchIndex } from '../protocol/types.js';
import { open as openIndex } from './index.js';
import { startWorker } from './start_worker.js';
import { Tasks } from './tasks.js';

export * from './index.js';

/**
 * Opens the bundle in the folder `url` (relative to the document) in a worker of its own. Resolves when the reader's
 * language can be searched.
 * @throws {SearchError} 'missing' | 'network' | 'corrupt' | 'version' | 'unsupported' | 'memory' | 'aborted'.
 */
export async function open(url: string | URL, options: OpenOptions = {}): Promise<SearchIndex> {
  const index = await openIndex(url, options);
  return options.reranker ? withReranker(index, options) : index;
}

/** The index with one more tier, whose code only pages that name a reranker load; without it where that fails. */
async function withReranker(index: SearchIndex, options: OpenOptions): Promise<SearchIndex> {
  const url = runtimeUrl('rerank.js', index.url).href;
  try {
    const { addReranker } = await import(/* @vite-ignore */ /* webpackIgnore: true */ url) as
      typeof import('./reranker.js');
    return addReranker(index, { SearchError, Tasks, startWorker }, options);
  } catch (cause) {
    options.onRerankerError?.(new SearchError('missing', `${url} could not be loaded`, { cause }));
    return index;
  }
}
