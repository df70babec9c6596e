/** `crossglot --site DIR`: the way of most sites. */
import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Core } from '../core/core.js';
import { CommandError, exitDone, exitInput, exitNo } from '../errors.js';
import { normalizeLanguage } from '../extract/language.js';
import { flag, parse, required, text, texts, threadCount, type Parsed } from '../options.js';
import { loadCoreModule, runtimeFiles, threadScript } from '../package_files.js';
import { Progress } from '../progress.js';
import { neededStemmers } from '../core/stemmers.js';
import { embedding } from '../site/embed.js';
import { indexSite, type SiteOptions, type SiteResult } from '../site/index_site.js';
import { describeRelevance, floorOf, holdsFloor } from '../site/relevance.js';
import { describePlan, describeSize, describeVectors } from '../site/report.js';
import { describeReaders, kLendingOptions, lending } from '../site/lending.js';
import { kModelOptions, modelOptions, openModel } from '../site/model.js';
import { checkOutput, writeBundle, writeModel } from '../site/write_bundle.js';

const kOptions = {
  site: { type: 'string' },
  out: { type: 'string' },
  check: { type: 'boolean' },
  documents: { type: 'string' },
  glob: { type: 'string' },
  'root-selector': { type: 'string' },
  'exclude-selectors': { type: 'string', multiple: true },
  'lang-from-path': { type: 'boolean' },
  'force-language': { type: 'string' },
  'include-noindex': { type: 'boolean' },
  'keep-index-url': { type: 'boolean' },
  ...kModelOptions,
  ...kLendingOptions,
  threads: { type: 'string' },
  floor: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

interface Output {
  site: string;
  out: string;
  /** Of `out` inside the site, with '/'; '' when it lies elsewhere. */
  inside: string;
}

function output({ values }: Parsed): Output {
  const site = resolve(required(text(values, 'site'), '--site DIR'));
  if (!existsSync(site)) throw new CommandError(exitInput, `--site ${text(values, 'site')}: there is no such folder`);
  if (!statSync(site).isDirectory()) {
    throw new CommandError(exitInput, `--site ${text(values, 'site')}: is not a folder`);
  }
  const out = resolve(text(values, 'out') || join(site, 'crossglot'));
  if (out === site) throw new CommandError(exitInput, '--out: the index needs a folder of its own inside the site');
  const path = relative(site, out);
  return { site, out, inside: path.startsWith('..') ? '' : path.split(sep).join('/') };
}

function forcedLanguage({ values }: Parsed): string {
  const tag = text(values, 'force-language');
  const lang = normalizeLanguage(tag);
  if (tag !== '' && lang === '') throw new CommandError(exitInput, `--force-language ${tag}: is not a language tag`);
  return lang;
}

function siteOptions(
  parsed: Parsed, { site, inside }: Output,
): Omit<SiteOptions, 'module' | 'builder' | 'documents' | 'embed'> {
  const { values } = parsed;
  const forceLanguage = forcedLanguage(parsed);
  return {
    site,
    glob: text(values, 'glob', '**/*.{html,htm}'),
    keepIndexUrl: flag(values, 'keep-index-url'),
    outputFolder: inside,
    extract: {
      rootSelector: text(values, 'root-selector'),
      excludeSelectors: texts(values, 'exclude-selectors'),
      forceLanguage,
    },
    plan: {
      includeNoindex: flag(values, 'include-noindex'),
      langFromPath: flag(values, 'lang-from-path'),
      forceLanguage,
    },
    threads: threadCount(values),
    script: threadScript,
  };
}

/** Opens `path` for the documents; the returned functions write and close it. */
function documentsFile(path: string): { write: (lines: string) => void; close: () => void } | null {
  if (path === '') return null;
  try {
    const file = openSync(path, 'w');
    return { write: (lines) => void writeSync(file, lines), close: () => closeSync(file) };
  } catch (error) {
    throw new CommandError(exitInput, `--documents ${path}: ${(error as Error).message}`);
  }
}

function report(result: SiteResult, check: boolean, quiet: boolean): void {
  for (const warning of [...result.plan.warnings, ...(result.bundle?.report.warnings ?? [])]) {
    process.stderr.write(`crossglot: warning: ${warning}\n`);
  }
  if (quiet) return;
  const { bundle } = result;
  process.stdout.write(describePlan(result, check) + describeRelevance(bundle?.report.relevance ?? [])
    + (bundle ? describeReaders(bundle.report) + describeVectors(bundle.report, bundle.embedded) : ''));
}

export async function siteCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, kOptions);
  const { values } = parsed;
  const place = output(parsed);
  const wanted = modelOptions(parsed);
  const lend = lending(parsed, wanted);
  const floor = floorOf(text(values, 'floor'));
  const check = flag(values, 'check');
  const quiet = flag(values, 'quiet');
  const options = siteOptions(parsed, place);
  if (!check) checkOutput(place.out);
  const documents = documentsFile(text(values, 'documents'));
  const module = check && !documents ? null : await loadCoreModule();
  const model = !wanted || check ? null : openModel(module!, wanted.folder);
  const builder = module ? new Core(module).newBuilder() : null;
  if (builder) lend(builder);
  const take = (lines: string): void => {
    documents?.write(lines);
    model?.count(lines);
  };
  const progress = new Progress(quiet);
  const embed = check ? null : embedding(wanted, options.threads, progress);
  const taken = documents || model ? take : null;
  const result = await indexSite({ ...options, module, builder, documents: taken, embed }, progress);
  documents?.close();
  report(result, check, quiet);
  if (result.plan.languages.length === 0) {
    throw new CommandError(exitInput, `${text(values, 'site')}: no page to index in ${result.files} files`);
  }
  if (check || !result.bundle) return exitDone;
  if (!holdsFloor(result.bundle.report.relevance, floor, place.out)) return exitNo;
  const stemmers = neededStemmers(module!, result.bundle.files);
  const runtime = runtimeFiles(stemmers);
  if (model) progress.show('Ordering the model', 0, 1);
  const pack = model ? [...model.write(wanted!.languages)] : [];
  progress.clear();
  if (model) writeModel(join(place.out, 'model'), pack);
  writeBundle(place.out, result.bundle.files, runtime);
  if (!quiet) process.stdout.write(describeSize(place.out, result.bundle.files, runtime, pack));
  return exitDone;
}
