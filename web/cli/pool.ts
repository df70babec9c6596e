/**
 * The indexing threads: chunks go to whichever is free, answers come back by chunk.
 *
 * A chunk's pages stay in the thread that extracted them: `analyse` for it goes to the same thread. What comes out
 * does not depend on who did what: answers are handed over in the order of the chunks.
 */
import { Worker } from 'node:worker_threads';
import { CommandError, exitInput } from './errors.js';
import type { Answer, Request, ThreadSetup } from './messages.js';

type Success = Exclude<Answer, { kind: 'failed' }>;

interface Thread {
  worker: Worker;
  /** Requests that only this thread can answer. */
  own: Request[];
  busy: boolean;
}

/** One pass over a list of requests. */
class Pass {
  private readonly waiting = new Map<number, Answer>();
  /** Chunks in the order in which they were asked for; `next` of them are handed over. */
  private readonly order: number[] = [];
  private next = 0;
  private exhausted = false;
  private readonly source: Iterator<Request>;

  constructor(
    private readonly threads: readonly Thread[],
    private readonly owners: Map<number, Thread>,
    requests: Iterable<Request>,
    private readonly take: (answer: Success) => void,
  ) {
    this.source = requests[Symbol.iterator]();
  }

  finished(): boolean {
    return this.exhausted && this.next === this.order.length;
  }

  start(): void {
    for (const thread of this.threads) this.feed(thread);
  }

  /** @throws {Error} what `take` throws, or the failure that is next in order. */
  answered(thread: Thread, answer: Answer): void {
    thread.busy = false;
    this.waiting.set(answer.chunk, answer);
    for (; this.next < this.order.length && this.waiting.has(this.order[this.next]!); this.next++) {
      const ready = this.waiting.get(this.order[this.next]!)!;
      this.waiting.delete(this.order[this.next]!);
      if (ready.kind === 'failed') throw failure(ready);
      this.take(ready);
    }
    this.feed(thread);
  }

  /** Gives `thread` work, and those that its search for work found some for. */
  private feed(thread: Thread): void {
    if (thread.busy) return;
    const request = thread.own.shift() ?? this.pullFor(thread);
    if (request) this.send(thread, request);
    for (const other of this.threads) if (!other.busy && other.own.length > 0) this.send(other, other.own.shift()!);
  }

  /** The next request that `thread` may answer; those of others on the way are laid aside for them. */
  private pullFor(thread: Thread): Request | undefined {
    while (!this.exhausted) {
      const step = this.source.next();
      if (step.done) {
        this.exhausted = true;
        break;
      }
      this.order.push(step.value.chunk);
      const owner = step.value.kind === 'analyse' ? this.owners.get(step.value.chunk)! : thread;
      if (owner === thread) return step.value;
      owner.own.push(step.value);
    }
    return undefined;
  }

  private send(thread: Thread, request: Request): void {
    if (request.kind === 'extract') this.owners.set(request.chunk, thread);
    thread.busy = true;
    thread.worker.postMessage(request, request.kind === 'lines' ? [request.text.buffer as ArrayBuffer] : []);
  }
}

export class Pool {
  private readonly threads: Thread[];
  private readonly owners = new Map<number, Thread>();

  /** @param script the bundled worker_thread.js. */
  constructor(count: number, script: URL, setup: ThreadSetup) {
    this.threads = Array.from({ length: count }, () => ({
      worker: new Worker(script, { workerData: setup }), own: [], busy: false,
    }));
  }

  /**
   * Runs all requests and hands each answer to `take` in the order of the requests.
   * @throws {CommandError} of the first chunk in order that failed.
   */
  run(requests: Iterable<Request>, take: (answer: Success) => void): Promise<void> {
    const pass = new Pass(this.threads, this.owners, requests, take);
    return new Promise((resolve, reject) => {
      const step = (work: () => void): void => {
        try {
          work();
        } catch (error) {
          // Later answers belong to a pass that nobody waits for any more.
          for (const { worker } of this.threads) worker.removeAllListeners('message');
          reject(error);
          return;
        }
        if (pass.finished()) resolve();
      };
      for (const thread of this.threads) {
        thread.worker.removeAllListeners('message').removeAllListeners('error');
        thread.worker.on('error', reject);
        thread.worker.on('message', (answer: Answer) => step(() => pass.answered(thread, answer)));
      }
      step(() => pass.start());
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }
}

function failure(answer: Extract<Answer, { kind: 'failed' }>): Error {
  return answer.input ? new CommandError(exitInput, answer.message) : new Error(answer.message);
}
