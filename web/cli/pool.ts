/**
 * The indexing threads: chunks go to whichever is free, answers come back by chunk.
 *
 * A chunk's pages stay in the thread that extracted them: `analyse` for it goes to the same thread. What comes out
 * does not depend on who did what: answers are handed over in the order of the chunks.
 */
import { Worker } from 'node:worker_threads';
import { CommandError, exitInput } from './errors.js';
import type { Answer, Request, ThreadSetup } from './messages.js';

interface Thread {
  worker: Worker;
  /** Chunks that only this thread can do. */
  own: Request[];
  busy: boolean;
}

export class Pool {
  private readonly threads: Thread[];
  private readonly owner = new Map<number, Thread>();

  /** @param script the bundled worker_thread.js. */
  constructor(count: number, script: URL, setup: ThreadSetup) {
    this.threads = Array.from({ length: count }, () => ({
      worker: new Worker(script, { workerData: setup }), own: [], busy: false,
    }));
  }

  /**
   * Runs all requests and hands each answer to `take` in the order of the requests.
   * @param requests pulled lazily: what is not yet asked for costs no memory.
   * @throws {CommandError} of the first chunk in order that failed.
   */
  run(requests: Iterable<Request>, take: (answer: Exclude<Answer, { kind: 'failed' }>) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const source = requests[Symbol.iterator]();
      const waiting = new Map<number, Answer>();
      const order: number[] = [];
      let next = 0;
      let exhausted = false;
      let settled = false;

      const fail = (error: unknown): void => {
        if (settled) return;
        settled = true;
        reject(error);
      };
      const pull = (): Request | undefined => {
        const step = exhausted ? { done: true as const, value: undefined } : source.next();
        if (step.done) {
          exhausted = true;
          return undefined;
        }
        order.push(step.value.chunk);
        return step.value;
      };
      /** Work for `thread`: its own chunks, then fresh ones; chunks of other threads are laid aside for them. */
      const feed = (thread: Thread): void => {
        if (settled || thread.busy) return;
        let request = thread.own.shift();
        while (!request) {
          const fresh = pull();
          if (!fresh) break;
          const owner = fresh.kind === 'analyse' ? this.owner.get(fresh.chunk)! : thread;
          if (owner === thread) request = fresh;
          else owner.own.push(fresh);
        }
        for (const other of this.threads) if (other !== thread && !other.busy && other.own.length > 0) feed(other);
        if (!request) return;
        if (request.kind === 'extract') this.owner.set(request.chunk, thread);
        thread.busy = true;
        thread.worker.postMessage(request, request.kind === 'lines' ? [request.text.buffer as ArrayBuffer] : []);
      };
      const deliver = (answer: Answer): void => {
        waiting.set(answer.chunk, answer);
        for (; next < order.length && waiting.has(order[next]!); next++) {
          const ready = waiting.get(order[next]!)!;
          waiting.delete(order[next]!);
          if (ready.kind === 'failed') throw failure(ready);
          take(ready);
        }
      };
      const finished = (): boolean => exhausted && next === order.length;

      for (const thread of this.threads) {
        thread.worker.removeAllListeners('message');
        thread.worker.removeAllListeners('error');
        thread.worker.on('error', fail);
        thread.worker.on('message', (answer: Answer) => {
          thread.busy = false;
          try {
            deliver(answer);
            feed(thread);
          } catch (error) {
            return fail(error);
          }
          if (finished() && !settled) {
            settled = true;
            resolve();
          }
        });
      }
      try {
        for (const thread of this.threads) feed(thread);
      } catch (error) {
        return fail(error);
      }
      if (finished()) resolve();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }
}

function failure(answer: Extract<Answer, { kind: 'failed' }>): Error {
  return answer.input ? new CommandError(exitInput, answer.message) : new Error(answer.message);
}
