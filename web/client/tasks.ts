/** The page's end of the wire: starts tasks in a worker and gives each one's answers as they come. */
import { SearchError, type SearchErrorCode } from '../protocol/error.js';

interface Failed {
  readonly type: 'failed';
  readonly id: number;
  readonly code: SearchErrorCode;
  readonly message: string;
}

interface Message {
  readonly type: string;
  readonly id: number;
}

/** A message that starts a task, without its number. */
type Task<To> = To extends { type: 'abort' } ? never : Omit<To, 'id'>;
type Done<From> = Extract<From, { type: 'done' }>;
/** What a worker says on the way to `done`. */
type Step<From> = Exclude<From, { type: 'done' | 'failed' }>;

interface Waiting<From> {
  done(message: Done<From>): void;
  failed(error: SearchError): void;
  step?: ((message: Step<From>) => void) | undefined;
}

/** `To`, `From`: the messages of protocol/messages.ts or encoder_messages.ts. */
export class Tasks<To extends Message, From extends Message> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting<From>>();
  #lastId = 0;
  /** What end() was called with. */
  ended: SearchError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<From>) => this.#take(data);
    worker.onerror = (event) => {
      // Its script did not load or did not run: a policy of the page, or a deploy that lacks it.
      event.preventDefault();
      const why = event.message || 'it was refused';
      this.end(new SearchError('unsupported', `The search worker does not run: ${why}`));
    };
  }

  /** @throws {SearchError} what the worker says, or 'aborted'. */
  run(task: Task<To>, signal?: AbortSignal, step?: (message: Step<From>) => void): Promise<Done<From>> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      if (signal?.aborted) return reject(aborted());
      const id = ++this.#lastId;
      const stop = () => {
        this.#worker.postMessage({ type: 'abort', id });
        this.#waiting.get(id)?.failed(aborted());
      };
      const settle = () => {
        this.#waiting.delete(id);
        signal?.removeEventListener('abort', stop);
      };
      this.#waiting.set(id, {
        done: (message) => { settle(); resolve(message); },
        failed: (error) => { settle(); reject(error); },
        step,
      });
      signal?.addEventListener('abort', stop);
      this.#worker.postMessage({ ...task, id });
    });
  }

  /** Ends the worker; all that waits, and all that comes, fails with `error`. */
  end(error: SearchError): void {
    this.ended ??= error;
    this.#worker.terminate();
    for (const waiting of [...this.#waiting.values()]) waiting.failed(error);
  }

  #take(message: From): void {
    const waiting = this.#waiting.get(message.id);
    if (message.type === 'done') {
      waiting?.done(message as Done<From>);
    } else if (message.type === 'failed') {
      const { code, message: sentence } = message as Message as Failed;
      waiting?.failed(new SearchError(code, sentence));
    } else {
      waiting?.step?.(message as Step<From>);
    }
  }
}

export function aborted(): SearchError {
  return new SearchError('aborted', 'The search was aborted');
}
