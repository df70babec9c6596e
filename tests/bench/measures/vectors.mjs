// Exact search over int4 vectors beside a loop that does no more than read the same bytes; one thread, native.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { kRepository } from '../lib/corpus.mjs';
import { milliseconds, table } from '../lib/table.mjs';

const kBuild = process.env.CROSSGLOT_BUILD ?? path.join(kRepository, 'build/native');

export function vectors() {
  const lines = execFileSync(path.join(kBuild, 'tests/vector/vectors_bench'), { encoding: 'utf8' });
  return lines.trim().split('\n').map((line) => JSON.parse(line));
}

export function vectorsTable(rows) {
  return table(['rows of 384 x int4', 'kernels', 'scan', 'read and sum', 'speed of reading', 'one-bit codes'],
    rows.map((row) => [row.rows.toLocaleString('en'), row.variant, milliseconds(row.scan_ms),
      milliseconds(row.read_ms), `${Math.round(100 * row.read_ms / row.scan_ms)} %`, milliseconds(row.bits_ms)]));
}
