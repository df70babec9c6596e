// Runs a command and says how long it took and how much memory it and its children held at the peak.
//
// Memory is the resident size summed over the process tree, read from /proc every few milliseconds; each process's
// own high-water mark is kept too, so that a peak between two readings is not lost.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const kSample_ms = 20;

function status(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { parent: number('PPid'), resident_kb: number('VmRSS'), peak_kb: number('VmHWM') };
  } catch {
    return null;  // it ended between two looks
  }
}

function children(pid) {
  try {
    return fs.readdirSync(`/proc/${pid}/task`).flatMap((task) => (
      fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter((it) => it !== '').map(Number)));
  } catch {
    return [];
  }
}

function tree(root) {
  const found = [root];
  for (let at = 0; at < found.length; at += 1) found.push(...children(found[at]));
  return found;
}

// Resolves to { ms, peak_bytes }. Throws when the command fails.
export async function measureProcess(command, parameters, options = {}) {
  const begin_ms = performance.now();
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  let peak_kb = 0;
  const sample = () => {
    let sum_kb = 0;
    for (const pid of tree(child.pid)) {
      const found = status(pid);
      if (found === null) continue;
      sum_kb += found.resident_kb;
      peak_kb = Math.max(peak_kb, found.peak_kb);
    }
    peak_kb = Math.max(peak_kb, sum_kb);
  };
  const timer = setInterval(sample, kSample_ms);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(timer));
  const ms = performance.now() - begin_ms;
  if (code !== 0) {
    throw new Error(`${command} ${parameters.join(' ')}: exit ${code}\n${Buffer.concat(output).toString().slice(-2000)}`);
  }
  return { ms, peak_bytes: peak_kb * 1024 };
}
