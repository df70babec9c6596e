/**
 * The encoder's module worker: takes the page's tasks and answers each once. A worker of its own, so that search by
 * words answers while weights are made ready, and goes on when the encoder runs out of memory. Search by meaning is
 * here, too: what it needs beside the encoder (hybrid.js) is loaded where a page asks for it.
 */
import { runtimeUrl } from '../protocol/build_id.js';
import type { FromEncoder, ToEncoder } from '../protocol/encoder_messages.js';
import { asSearchError, SearchError } from '../protocol/error.js';
import type { SearchResults } from '../protocol/types.js';
import { EncoderSession } from './encoder_session.js';
import type { Hybrid } from './hybrid.js';

declare const self: DedicatedWorkerGlobalScope;

type Answer = Omit<Extract<FromEncoder, { type: 'done' }>, 'type' | 'id'>;

const runtime = new URL('.', import.meta.url);
const running = new Map<number, AbortController>();
let session: EncoderSession | undefined;
let index: { readonly folder: string; readonly lang: string };
let opening: Promise<Hybrid> | undefined;

function say(message: FromEncoder, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

async function perform(task: Exclude<ToEncoder, { type: 'abort' }>, signal: AbortSignal): Promise<Answer> {
  if (task.type === 'configure') {
    session = new EncoderSession(task.model, task.onnx, runtime);
    index = { folder: task.index, lang: task.lang };
    return {};
  }
  if (task.type === 'ping') return {};
  if (!session) throw new SearchError('argument', 'The encoder was asked before it was configured');
  if (task.type === 'embed') return { vectors: await session.embed(task.texts, task.kind, signal) };
  if (task.type === 'prefix') return { prefix: await session.prefix(task.kind) };
  const { id } = task;
  if (task.type === 'search') {
    const onPartial = (results: SearchResults) => {
      if (!signal.aborted) say({ type: 'partial', id, results });
    };
    const opened = await hybrid();
    return { results: await opened.search(task.query, task.options, signal, task.stream ? onPartial : undefined) };
  }
  if (task.type === 'mean') await (opening ? hybrid().then((opened) => opened.renew()) : hybrid());
  return { info: await session.load((progress) => say({ type: 'progress', id, progress })) };
}

/** Opened by whoever asks first; one that failed may be tried again. */
function hybrid(): Promise<Hybrid> {
  if (!opening) {
    opening = openHybrid();
    opening.catch(() => { opening = undefined; });
  }
  return opening;
}

async function openHybrid(): Promise<Hybrid> {
  const url = runtimeUrl('hybrid.js', runtime).href;
  const { Hybrid } = await (import(url) as Promise<typeof import('./hybrid.js')>).catch((cause: unknown) => {
    throw new SearchError('missing', `${url} could not be loaded`, { cause });
  });
  return Hybrid.open(new URL(index.folder), runtime, index.lang, session!);
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
