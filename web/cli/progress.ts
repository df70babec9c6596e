/** One line of progress on a terminal; silence in a pipe. Goes to stderr, so that stdout stays data. */

const kIntervalMs = 80;

export class Progress {
  private readonly shown: boolean;
  private last = 0;

  constructor(quiet: boolean) {
    this.shown = !quiet && process.stderr.isTTY === true;
  }

  show(stage: string, done: number, total: number): void {
    const now = Date.now();
    if (!this.shown || (now - this.last < kIntervalMs && done < total)) return;
    this.last = now;
    const share = total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
    process.stderr.write(`\r\x1b[K${stage} ${share} (${done} of ${total})`);
  }

  clear(): void {
    if (this.shown && this.last !== 0) process.stderr.write('\r\x1b[K');
  }
}
