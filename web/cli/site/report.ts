/** What the command says about a site. */
import type { BuildReport, BundleFile } from '../core/core.js';
import type { Embedded } from './embed.js';
import type { SiteResult } from './index_site.js';

/** Skipped files that are named one by one; --check names more. */
const kNamedPerReason = 3;
const kNamedPerReasonCheck = 20;

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function kilobytes(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function describePlan({ plan, files }: SiteResult, check: boolean): string {
  const lines: string[] = [];
  for (const { lang, pages, sections, untranslated } of plan.languages) {
    const note = untranslated > 0 ? `, ${untranslated} of them untranslated` : '';
    lines.push(`${lang.padEnd(8)} ${plural(pages, 'page')}, ${plural(sections, 'section')}${note}`);
  }
  const pages = plan.languages.reduce((sum, language) => sum + language.pages, 0);
  lines.push(`${plural(pages, 'page')} in ${plural(plan.languages.length, 'language')} of ${plural(files, 'file')}; `
    + `${plural(plan.groups, 'group')}, ${plan.translated} of them in several languages `
    + `(${plan.fromLinks} by links, ${plan.fromPaths} by address)`);
  if (plan.skipped.length > 0) lines.push(`${plural(plan.skipped.length, 'file')} left out:`);
  const reasons = new Map<string, string[]>();
  for (const { path, reason } of plan.skipped) {
    // Reasons that name another page differ a file: they are told apart by what comes before the name.
    const kind = reason.replace(/ (is|as|of) \/?\S+$/, '');
    reasons.set(kind, [...(reasons.get(kind) ?? []), kind === reason ? path : `${path} (${reason})`]);
  }
  const named = check ? kNamedPerReasonCheck : kNamedPerReason;
  for (const [reason, paths] of [...reasons].sort()) {
    const more = paths.length > named ? ` and ${paths.length - named} more` : '';
    lines.push(`  ${reason}: ${paths.length} (${paths.slice(0, named).join(', ')}${more})`);
  }
  return `${lines.join('\n')}\n`;
}

export function describeVectors({ vectorRows, vectorBytes }: BuildReport, embedded: Embedded | null): string {
  if (!embedded) return '';
  const { texts, encoded } = embedded;
  const from = `${plural(texts, 'text')}, of which ${encoded.toLocaleString('en-US')} were new`;
  return `vectors  ${plural(vectorRows, 'row')} from ${from}, ${kilobytes(vectorBytes)}\n`;
}

export function describeSize(
  out: string, files: readonly BundleFile[], runtime: readonly BundleFile[], model: readonly BundleFile[],
): string {
  const size = (list: readonly BundleFile[]): number => list.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return `${out}: index ${plural(files.length, 'file')}, ${kilobytes(size(files))}; `
    + `runtime ${plural(runtime.length, 'file')}, ${kilobytes(size(runtime))}`
    + (model.length === 0 ? '\n' : `; model ${plural(model.length, 'file')}, ${kilobytes(size(model))}\n`);
}
