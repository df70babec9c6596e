// Python packages that only a measure needs, in a virtual environment of their own.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const run = (program, args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });

// A virtual environment below `folder` with what the file `requirements` pins, made anew when that changes. `more` is
// called with a pip that runs, and may add to the folder. Returns its Python. Throws where there is no network.
export function provideLibraries(folder, requirements, more = () => {}) {
  const stamp = path.join(folder, 'requirements.txt');
  const wanted = fs.readFileSync(requirements, 'utf8');
  const python = path.join(folder, 'venv/bin/python');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted) {
    fs.rmSync(folder, { recursive: true, force: true });
    run('python3', ['-m', 'venv', path.join(folder, 'venv')]);
    const pip = (...args) => run(python, ['-m', 'pip', '--disable-pip-version-check', '--quiet', ...args]);
    pip('install', '-r', requirements);
    more(pip);
    fs.copyFileSync(requirements, stamp);
  }
  return { python };
}
