/** An extracted page and what was decided about it, as a line of documents.jsonl. */
import { lineHash } from '../extract/line_hash.js';
import type { ExtractedPage, Section, Span } from '../extract/page.js';
import type { PageDecision } from './plan.js';

/** What documents.jsonl takes (core/build/documents.cpp), with room to spare: longer ones are no titles. */
const kTitleUnitsMax = 1000;
const kAnchorUnitsMax = 1000;
const kFilterUnitsMax = 500;

/** No more than `limit` UTF-16 units, cut between characters. */
function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}

function clipFilters(filters: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filters).map(([key, values]) =>
    [clip(key, kFilterUnitsMax), values.map((value) => clip(value, kFilterUnitsMax))]));
}

/** Runs of lines that were left untranslated, as spans of the original's language. */
function untranslatedSpans(
  text: string, untranslated: PageDecision['untranslated'], known: ReadonlySet<number>,
): Span[] {
  if (!untranslated) return [];
  const spans: Span[] = [];
  let begin = 0;
  for (const line of text.split('\n')) {
    const end = begin + Buffer.byteLength(line);
    const hash = lineHash(line);
    if (hash !== null && known.has(hash)) {
      const last = spans.at(-1);
      if (last && last[1] + 1 === begin) last[1] = end;
      else spans.push([begin, end, untranslated.lang]);
    }
    begin = end + 1;
  }
  return spans;
}

function writeSection(section: Section, spans: readonly Span[]): Record<string, unknown> {
  return {
    // A cut fragment leads nowhere; none leads to the page.
    anchor: section.anchor.length > kAnchorUnitsMax ? '' : section.anchor,
    ...(section.level > 0 ? { level: section.level } : {}),
    heading: clip(section.heading, kTitleUnitsMax),
    text: section.text,
    ...(section.code !== '' ? { code: section.code } : {}),
    ...(spans.length > 0 ? { spans } : {}),
  };
}

/** One line without its end. */
export function documentLine(page: ExtractedPage, url: string, decision: PageDecision): string {
  const known = new Set(decision.untranslated?.lines ?? []);
  const heading = page.sections.find((section) => section.heading !== '')?.heading ?? '';
  return JSON.stringify({
    url,
    lang: decision.lang,
    title: clip(decision.title || page.h1 || heading || url, kTitleUnitsMax),
    group: decision.group,
    ...(page.weight !== 1 ? { weight: page.weight } : {}),
    ...(page.dir !== '' ? { dir: page.dir } : {}),
    sections: page.sections.map((section) =>
      writeSection(section, section.spans.length > 0 ? section.spans
        : untranslatedSpans(section.text, decision.untranslated, known))),
    ...(Object.keys(page.filters).length > 0 ? { filters: clipFilters(page.filters) } : {}),
  });
}
