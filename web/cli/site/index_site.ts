/** A folder of HTML to a plan of the whole site, and from there to a bundle's files. */
import type { Builder, BuildReport, BundleFile } from '../core/core.js';
import type { ExtractOptions } from '../extract/extract.js';
import type { Request } from '../messages.js';
import { Pool } from '../pool.js';
import type { Progress } from '../progress.js';
import type { Embedded } from './embed.js';
import { type SiteFile, listSite } from './files.js';
import { type PageFacts, type PlanOptions, type SitePlan, planSite } from './plan.js';
import { readSitemap } from './sitemap.js';

export interface SiteOptions {
  site: string;
  glob: string;
  keepIndexUrl: boolean;
  /** Of the output inside the site, or ''. */
  outputFolder: string;
  extract: ExtractOptions;
  plan: PlanOptions;
  threads: number;
  script: URL;
  /** The compiled core, and a builder in an instance of it; null when only the plan is wanted. */
  module: WebAssembly.Module | null;
  builder: Builder | null;
  /** Takes the documents in order as lines; null when nobody wants them. */
  documents: ((lines: string) => void) | null;
  /** Gives a builder that has all documents its vectors; null: words alone. */
  embed: ((builder: Builder) => Promise<Embedded>) | null;
}

export interface SiteResult {
  files: number;
  plan: SitePlan;
  /** Null when the plan has no page, or only the plan was wanted. */
  bundle: SiteBundle | null;
}

export interface SiteBundle {
  report: BuildReport;
  files: BundleFile[];
  embedded: Embedded | null;
}

/** Files a chunk: enough to share work evenly, few enough segments to merge. */
const kChunkFiles = 64;

function chunksOf(files: readonly SiteFile[]): SiteFile[][] {
  const chunks: SiteFile[][] = [];
  for (let i = 0; i < files.length; i += kChunkFiles) chunks.push(files.slice(i, i + kChunkFiles));
  return chunks;
}

async function extractAll(pool: Pool, chunks: readonly SiteFile[][], progress: Progress): Promise<PageFacts[]> {
  const facts: PageFacts[] = [];
  const total = chunks.reduce((sum, { length }) => sum + length, 0);
  const requests = chunks.map((files, chunk): Request => ({ kind: 'extract', chunk, files }));
  await pool.run(requests, (answer) => {
    if (answer.kind === 'extracted') facts.push(...answer.facts);
    progress.show('Reading pages', facts.length, total);
  });
  return facts;
}

async function analyseAll(
  pool: Pool, chunks: readonly SiteFile[][], plan: SitePlan, options: SiteOptions, progress: Progress,
): Promise<SiteBundle> {
  const builder = options.builder!;
  const requests = chunks.map((files, chunk): Request => {
    const first = chunk * kChunkFiles;
    const decisions = plan.decisions.slice(first, first + files.length);
    return { kind: 'analyse', chunk, decisions, wantText: options.documents !== null };
  });
  await pool.run(requests, (answer) => {
    if (answer.kind !== 'analysed') return;
    if (answer.report.pages > 0) builder.add(answer.segment);
    options.documents?.(answer.text);
    progress.show('Analysing', answer.chunk + 1, chunks.length);
  });
  // The threads' memory is not needed beside the merge's.
  await pool.close();
  const embedded = await options.embed?.(builder) ?? null;
  progress.show('Writing the index', 0, 1);
  const report = builder.finish();
  return { report, files: [...builder.files()], embedded };
}

/** @throws {CommandError} for what a person can mend. */
export async function indexSite(options: SiteOptions, progress: Progress): Promise<SiteResult> {
  const { files, skipped } = listSite(options);
  const chunks = chunksOf(files);
  const threads = Math.max(1, Math.min(options.threads, chunks.length));
  const pool = new Pool(threads, options.script, {
    module: options.module, site: options.site, extract: options.extract,
  });
  try {
    const facts = await extractAll(pool, chunks, progress);
    const plan = planSite(files, facts, skipped, readSitemap(options.site), options.plan);
    const empty = plan.languages.length === 0;
    const bundle = empty || !options.module ? null : await analyseAll(pool, chunks, plan, options, progress);
    return { files: files.length + skipped.length, plan, bundle };
  } finally {
    progress.clear();
    await pool.close();
  }
}
