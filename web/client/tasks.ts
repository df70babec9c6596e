/** The page's end of the wire: starts tasks in the worker and gives each one's answers as they come. */
import { SearchError } from '../protocol/error.js';
import type { FromWorker, ToWorker } from '../protocol/messages.js';
import type { SearchResults } from '../protocol/types.js';

type Done = Extract<FromWorker, { type: 'done' }>;
type Task = ToWorker extends infer T ? (T extends { type: 'abort' } ? never : Omit<T & ToWorker, 'id'>) : never;

interface Waiting {
  done(message: Done): void;
  failed(error: SearchError): void;
  partial?: ((results: SearchResults) => void) | undefined;
}

export class Tasks {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: SearchError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
    worker.onerror = (event) => {
      // Its script did not load or did not run: a policy of the page, or a deploy that lacks it.
      event.preventDefault();
      const why = event.message || 'it was refused';
      this.end(new SearchError('unsupported', `The search worker does not run: ${why}`));
    };
  }

  /** @throws {SearchError} what the worker says, or 'aborted'. */
  run(task: Task, signal?: AbortSignal, partial?: (results: SearchResults) => void): Promise<Done> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      if (signal?.aborted) return reject(aborted());
      const id = ++this.#lastId;
      const stop = () => {
        this.#worker.postMessage({ type: 'abort', id } satisfies ToWorker);
        this.#waiting.get(id)?.failed(aborted());
      };
      const settle = () => {
        this.#waiting.delete(id);
        signal?.removeEventListener('abort', stop);
      };
      this.#waiting.set(id, {
        done: (message) => { settle(); resolve(message); },
        failed: (error) => { settle(); reject(error); },
        partial,
      });
      signal?.addEventListener('abort', stop);
      this.#worker.postMessage({ ...task, id } as ToWorker);
    });
  }

  /** Ends the worker; all that waits, and all that comes, fails with `error`. */
  end(error: SearchError): void {
    this.#ended ??= error;
    this.#worker.terminate();
    for (const waiting of [...this.#waiting.values()]) waiting.failed(error);
  }

  #take(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (message.type === 'partial') waiting?.partial?.(message.results);
    else if (message.type === 'done') waiting?.done(message);
    else waiting?.failed(new SearchError(message.code, message.message));
  }
}

export function aborted(): SearchError {
  return new SearchError('aborted', 'The search was aborted');
}
