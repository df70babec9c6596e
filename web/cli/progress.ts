/** One line of progress on a terminal; silence in a pipe. Goes to stderr, so that stdout stays data. */

const kIntervalMs = 80;

export function readableTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export class Progress {
  private readonly shown: boolean;
  private last = 0;

  constructor(quiet: boolean) {
    this.shown = !quiet && process.stderr.isTTY === true;
  }

  show(stage: string, done: number, total: number): void {
    const share = total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
    this.draw(`${stage} ${share} (${done} of ${total})`, done >= total);
  }

  /** The same with the time that is left, where `share` of the work since `begin` (Date.now()) is done. */
  showTime(stage: string, done: number, total: number, share: number, begin: number): void {
    const left = share > 0 ? `, about ${readableTime(((Date.now() - begin) / share) * (1 - share))} left` : '';
    this.draw(`${stage} ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}${left}`, done >= total);
  }

  private draw(line: string, last: boolean): void {
    const now = Date.now();
    if (!this.shown || (now - this.last < kIntervalMs && !last)) return;
    this.last = now;
    process.stderr.write(`\r\x1b[K${line}`);
  }

  clear(): void {
    if (this.shown && this.last !== 0) process.stderr.write('\r\x1b[K');
  }
}
