/** The module worker: takes the page's tasks, holds the session, and answers each task once. */
import { asSearchError, SearchError } from '../protocol/error.js';
import type { FromWorker, ToWorker } from '../protocol/messages.js';
import type { SearchResults } from '../protocol/types.js';
import { Session } from './session.js';

declare const self: DedicatedWorkerGlobalScope;

type Answer = Omit<Extract<FromWorker, { type: 'done' }>, 'type' | 'id'>;

const runtime = new URL('.', import.meta.url);
const running = new Map<number, AbortController>();
let session: Promise<Session> | undefined;

function say(message: FromWorker): void {
  self.postMessage(message);
}

async function perform(task: Exclude<ToWorker, { type: 'abort' }>, signal: AbortSignal): Promise<Answer> {
  if (task.type === 'open') session = Session.open(new URL(task.url), runtime, task.lang);
  if (!session) throw new SearchError('argument', 'The worker was asked before it was opened');
  const opened = await session;
  if (task.type === 'prefetch') await opened.prefetch(task.lang);
  if (task.type !== 'search') {
    return { languages: opened.languages, vectors: opened.manifest.vectors.length > 0 };
  }
  const { id, query, options, stream } = task;
  const onPartial = (partial: SearchResults) => {
    if (!signal.aborted) say({ type: 'partial', id, results: partial });
  };
  const results = await opened.search(query, options, signal, stream ? onPartial : undefined);
  return { results };
}

self.onmessage = async ({ data: task }: MessageEvent<ToWorker>) => {
  const { id } = task;
  if (task.type === 'abort') {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  try {
    say({ type: 'done', id, ...(await perform(task, controller.signal)) });
  } catch (thrown) {
    const aborted = controller.signal.aborted;
    const { code, message } = aborted ? { code: 'aborted' as const, message: '' } : asSearchError(thrown, 'corrupt');
    say({ type: 'failed', id, code, message });
  } finally {
    running.delete(id);
  }
};
