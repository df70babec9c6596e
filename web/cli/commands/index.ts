/** `crossglot index`: documents.jsonl in, bundle out. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Core } from '../core/core.js';
import { neededStemmers } from '../core/stemmers.js';
import { CommandError, exitDone, exitInput, exitNo } from '../errors.js';
import type { Request } from '../messages.js';
import { choice, flag, parse, required, text, texts, threadCount } from '../options.js';
import { loadCoreModule, runtimeFiles, threadScript } from '../package_files.js';
import { Pool } from '../pool.js';
import { Progress } from '../progress.js';
import { describeRelevance, floorOf, holdsFloor } from '../site/relevance.js';
import { describeSize } from '../site/report.js';
import { checkOutput, writeBundle } from '../site/write_bundle.js';

const kOptions = {
  documents: { type: 'string', multiple: true },
  out: { type: 'string' },
  model: { type: 'string' },
  threads: { type: 'string' },
  floor: { type: 'string' },
  'keep-going': { type: 'boolean' },
  'no-runtime': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** Bytes of a chunk of lines: some hundred pages. */
const kChunkBytes = 512 * 1024;
const kWarningsMax = 20;
const kNewLine = 0x0a;

type LinesRequest = Extract<Request, { kind: 'lines' }>;

/** Whole lines of the files, a chunk at a time; no chunk spans two files. */
async function* lineChunks(paths: readonly string[], keepGoing: boolean): AsyncGenerator<LinesRequest> {
  let chunk = 0;
  for (const fileName of paths) {
    let pending: Buffer = Buffer.alloc(0);
    let firstLine = 1;
    const request = (lines: Buffer): LinesRequest => {
      const text = Uint8Array.from(lines);
      const made = { kind: 'lines' as const, chunk: chunk++, text, fileName, firstLine, keepGoing };
      for (const byte of lines) if (byte === kNewLine) firstLine++;
      return made;
    };
    for await (const piece of createReadStream(fileName, { highWaterMark: kChunkBytes })) {
      pending = Buffer.concat([pending, piece as Buffer]);
      const end = pending.lastIndexOf(kNewLine) + 1;
      if (end < kChunkBytes) continue;
      yield request(pending.subarray(0, end));
      pending = pending.subarray(end);
    }
    if (pending.length > 0) yield request(pending);
  }
}

export async function indexCommand(args: readonly string[]): Promise<number> {
  const { values } = parse(args, kOptions);
  choice(values, 'model', ['none']);
  const floor = floorOf(text(values, 'floor'));
  const paths = texts(values, 'documents');
  required(paths[0], '--documents FILE');
  const out = required(text(values, 'out'), '--out DIR');
  for (const path of paths) {
    await access(path).catch(() => { throw new CommandError(exitInput, `--documents ${path}: cannot be read`); });
  }
  checkOutput(out);
  const module = await loadCoreModule();
  const progress = new Progress(flag(values, 'quiet'));
  const builder = new Core(module).newBuilder();
  const requests: Request[] = [];
  for await (const request of lineChunks(paths, flag(values, 'keep-going'))) requests.push(request);
  const pool = new Pool(Math.max(1, Math.min(threadCount(values), requests.length)), threadScript, {
    module, site: '', extract: { rootSelector: '', excludeSelectors: [], forceLanguage: '' },
  });
  let pages = 0;
  const skipped: string[] = [];
  try {
    await pool.run(requests, (answer) => {
      if (answer.kind !== 'analysed') return;
      if (answer.report.pages > 0) builder.add(answer.segment);
      pages += answer.report.pages;
      skipped.push(...answer.report.skipped.map(({ message }) => message));
      progress.show('Analysing', answer.chunk + 1, requests.length);
    });
  } finally {
    progress.clear();
    await pool.close();
  }
  if (pages === 0) throw new CommandError(exitInput, `${paths[0]}: there are no documents to index`);
  const report = builder.finish();
  if (!holdsFloor(report.relevance, floor, out)) return exitNo;
  const files = [...builder.files()];
  const runtime = flag(values, 'no-runtime') ? [] : runtimeFiles(neededStemmers(module, files));
  writeBundle(out, files, runtime);
  const warnings = [...skipped, ...report.warnings];
  for (const warning of warnings.slice(0, kWarningsMax)) process.stderr.write(`crossglot: warning: ${warning}\n`);
  if (warnings.length > kWarningsMax) {
    process.stderr.write(`crossglot: warning: and ${warnings.length - kWarningsMax} more\n`);
  }
  if (!flag(values, 'quiet')) {
    process.stdout.write(describeRelevance(report.relevance) + describeSize(out, files, runtime, []));
  }
  return exitDone;
}
