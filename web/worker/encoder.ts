/**
 * The encoder's module worker: takes the page's tasks and answers each once. A worker of its own, so that search
 * answers while weights are made ready, and goes on when the encoder runs out of memory.
 */
import type { FromEncoder, ToEncoder } from '../protocol/encoder_messages.js';
import { asSearchError, SearchError } from '../protocol/error.js';
import { EncoderSession } from './encoder_session.js';

declare const self: DedicatedWorkerGlobalScope;

type Answer = Omit<Extract<FromEncoder, { type: 'done' }>, 'type' | 'id'>;

const runtime = new URL('.', import.meta.url);
const running = new Map<number, AbortController>();
let session: EncoderSession | undefined;

function say(message: FromEncoder, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

async function perform(task: Exclude<ToEncoder, { type: 'abort' }>, signal: AbortSignal): Promise<Answer> {
  if (task.type === 'configure') {
    session = new EncoderSession(task.model, task.onnx, runtime);
    return {};
  }
  if (!session) throw new SearchError('argument', 'The encoder was asked before it was configured');
  if (task.type === 'embed') return { vectors: await session.embed(task.texts, task.kind, signal) };
  if (task.type === 'prefix') return { prefix: await session.prefix(task.kind) };
  return { info: await session.load((progress) => say({ type: 'progress', id: task.id, progress })) };
}

self.onmessage = async ({ data: task }: MessageEvent<ToEncoder>) => {
  const { id } = task;
  if (task.type === 'abort') {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const answer = await perform(task, controller.signal);
    say({ type: 'done', id, ...answer }, answer.vectors?.map(({ buffer }) => buffer as ArrayBuffer));
  } catch (thrown) {
    const aborted = controller.signal.aborted;
    const { code, message } = aborted ? { code: 'aborted' as const, message: '' } : asSearchError(thrown, 'corrupt');
    say({ type: 'failed', id, code, message });
  } finally {
    running.delete(id);
  }
};
