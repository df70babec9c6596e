/** `crossglot index`: documents.jsonl in, bundle out. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Builder, Core, type ModelPack } from '../core/core.js';
import { neededStemmers } from '../core/stemmers.js';
import { CommandError, exitDone, exitInput, exitNo } from '../errors.js';
import type { Request } from '../messages.js';
import { flag, parse, required, text, texts, threadCount } from '../options.js';
import { loadCoreModule, runtimeFiles, threadScript } from '../package_files.js';
import { Pool } from '../pool.js';
import { Progress } from '../progress.js';
import { embedding } from '../site/embed.js';
import { describeReaders, kLendingOptions, lending } from '../site/lending.js';
import { kModelOptions, modelOptions, openModel } from '../site/model.js';
import { describeRelevance, floorOf, holdsFloor } from '../site/relevance.js';
import { describeSize, describeVectors } from '../site/report.js';
import { checkOutput, writeBundle, writeModel } from '../site/write_bundle.js';

const kOptions = {
  documents: { type: 'string', multiple: true },
  out: { type: 'string' },
  ...kModelOptions,
  ...kLendingOptions,
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

interface Analysed {
  pages: number;
  /** Why lines were left out. */
  skipped: string[];
}

/** Puts all documents into `builder`, in their order. */
async function analyseAll(
  builder: Builder, module: WebAssembly.Module, requests: readonly Request[], threads: number, progress: Progress,
): Promise<Analysed> {
  const pool = new Pool(Math.max(1, Math.min(threads, requests.length)), threadScript, {
    module, site: '', extract: { rootSelector: '', excludeSelectors: [], forceLanguage: '' },
  });
  const analysed: Analysed = { pages: 0, skipped: [] };
  try {
    await pool.run(requests, (answer) => {
      if (answer.kind !== 'analysed') return;
      if (answer.report.pages > 0) builder.add(answer.segment);
      analysed.pages += answer.report.pages;
      analysed.skipped.push(...answer.report.skipped.map(({ message }) => message));
      progress.show('Analysing', answer.chunk + 1, requests.length);
    });
  } finally {
    progress.clear();
    await pool.close();
  }
  return analysed;
}

/** What the documents say, for the order of the model's rows; those that the index leaves out say nothing. */
async function countAll(model: ModelPack, paths: readonly string[], skipped: number): Promise<void> {
  for await (const { text: lines } of lineChunks(paths, true)) {
    if (skipped === 0) model.count(lines);
    else for (const line of Buffer.from(lines).toString('utf8').split('\n')) countGood(model, line);
  }
}

function countGood(model: ModelPack, line: string): void {
  try {
    model.count(line);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings.slice(0, kWarningsMax)) process.stderr.write(`crossglot: warning: ${warning}\n`);
  if (warnings.length > kWarningsMax) {
    process.stderr.write(`crossglot: warning: and ${warnings.length - kWarningsMax} more\n`);
  }
}

export async function indexCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, kOptions);
  const { values } = parsed;
  const wanted = modelOptions(parsed);
  const lend = lending(parsed, wanted);
  const floor = floorOf(text(values, 'floor'));
  const paths = texts(values, 'documents');
  required(paths[0], '--documents FILE');
  const out = required(text(values, 'out'), '--out DIR');
  for (const path of paths) {
    await access(path).catch(() => { throw new CommandError(exitInput, `--documents ${path}: cannot be read`); });
  }
  checkOutput(out);
  const bare = flag(values, 'no-runtime');
  const threads = threadCount(values);
  const module = await loadCoreModule();
  const model = wanted && !bare ? openModel(module, wanted.folder) : null;
  const progress = new Progress(flag(values, 'quiet'));
  const builder = new Core(module).newBuilder();
  lend(builder);
  const requests: Request[] = [];
  for await (const request of lineChunks(paths, flag(values, 'keep-going'))) requests.push(request);
  const { pages, skipped } = await analyseAll(builder, module, requests, threads, progress);
  if (pages === 0) throw new CommandError(exitInput, `${paths[0]}: there are no documents to index`);
  const embedded = await embedding(wanted, threads, progress)?.(builder) ?? null;
  progress.clear();
  const report = builder.finish();
  if (!holdsFloor(report.relevance, floor, out)) return exitNo;
  const files = [...builder.files()];
  const runtime = bare ? [] : runtimeFiles(neededStemmers(module, files));
  if (model) await countAll(model, paths, skipped.length);
  const pack = model ? [...model.write(wanted!.languages)] : [];
  if (model) writeModel(join(out, 'model'), pack);
  writeBundle(out, files, runtime);
  warn([...skipped, ...report.warnings]);
  if (!flag(values, 'quiet')) {
    process.stdout.write(describeRelevance(report.relevance) + describeReaders(report)
      + describeVectors(report, embedded) + describeSize(out, files, runtime, pack));
  }
  return exitDone;
}
