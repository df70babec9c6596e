// What the demo says while it works: a line a step in a pipe, a line drawn over and over on a terminal.

const terminal = process.stderr.isTTY === true;
let drawn = false;

function clear() {
  if (drawn) process.stderr.write('\r\x1b[K');
  drawn = false;
}

/** A step begins, or goes on: `share` is 0 to 1. Only terminals see it move. */
export function progress(text, share) {
  if (!terminal) return;
  const percent = share === undefined ? '' : ` ${String(Math.floor(share * 100)).padStart(3)} %`;
  process.stderr.write(`\r\x1b[K${text}${percent}`);
  drawn = true;
}

/** A step is done, or something is worth a line of its own. */
export function say(text) {
  clear();
  process.stderr.write(`${text}\n`);
}

/** Ends the process with a sentence: what failed and what to do. */
export function stop(text) {
  clear();
  process.stderr.write(`demo: ${text}\n`);
  process.exit(2);
}

/** Seconds since `start` (performance.now()), for the lines of finished steps. */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
