/** The reranker's module worker: takes the page's tasks and answers each once. Search never waits for it. */
import type { FromReranker, ToReranker } from '../protocol/reranker_messages.js';
import { asSearchError, SearchError } from '../protocol/error.js';
import { CrossEncoder } from './cross_encoder.js';

declare const self: DedicatedWorkerGlobalScope;

type Answer = Omit<Extract<FromReranker, { type: 'done' }>, 'type' | 'id'>;

const folder = new URL('.', import.meta.url);
const running = new Map<number, AbortController>();
let encoder: CrossEncoder | undefined;

async function perform(task: Exclude<ToReranker, { type: 'abort' }>, signal: AbortSignal): Promise<Answer> {
  if (task.type === 'configure') {
    encoder = new CrossEncoder(task.config, folder);
    return {};
  }
  if (!encoder) throw new SearchError('argument', 'The reranker was asked before it was configured');
  return task.type === 'score' ? { scores: await encoder.score(task.pairs, signal) } : { info: await encoder.load() };
}

self.onmessage = async ({ data: task }: MessageEvent<ToReranker>) => {
  const { id } = task;
  if (task.type === 'abort') {
    running.get(id)?.abort();
    return;
  }
  const say = (message: FromReranker) => self.postMessage(message);
  const controller = new AbortController();
  running.set(id, controller);
  try {
    say({ type: 'done', id, ...await perform(task, controller.signal) });
  } catch (thrown) {
    const aborted = controller.signal.aborted;
    const { code, message } = aborted ? { code: 'aborted' as const, message: '' } : asSearchError(thrown, 'input');
    say({ type: 'failed', id, code, message });
  } finally {
    running.delete(id);
  }
};
