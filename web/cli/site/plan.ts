/**
 * The site as a whole: from what each page says to what is indexed, as what, and what is left out and why.
 * Runs in the main thread over small facts; the pages' texts stay in the workers.
 */
import { primaryLanguage } from '../extract/language.js';
import type { AlternateLink } from '../extract/page.js';
import { SiteAddress, addressKey } from './address.js';
import { byPath, type SiteFile, type SkippedFile } from './files.js';
import { groupPages, type GroupPage } from './groups.js';
import { PathLanguages } from './path_language.js';
import { chooseTitles } from './titles.js';

/** What a worker tells about one page. */
export interface PageFacts {
  lang: string;
  /** What the text looks like, for pages that declare no language. */
  guessedLang: string;
  contentLang: string;
  title: string;
  h1: string;
  canonical: string;
  alternates: AlternateLink[];
  noindex: boolean;
  redirect: string;
  marked: boolean;
  empty: boolean;
  brokenText: boolean;
  sections: number;
  /** Hashes of the lines that are long enough to tell whether a page was translated. */
  lines: Uint32Array;
}

/** How a page enters the index. */
export interface PageDecision {
  lang: string;
  title: string;
  group: string;
  /** Lines that are those of the English version, by hash, and its language; or null when there are none. */
  untranslated: { lang: string; lines: Uint32Array; share: number } | null;
}

export interface LanguageSummary {
  lang: string;
  pages: number;
  sections: number;
  /** Pages half or more of whose lines are those of the English version. */
  untranslated: number;
}

export interface SitePlan {
  /** A decision a file, or null for files that are left out. */
  decisions: (PageDecision | null)[];
  skipped: SkippedFile[];
  languages: LanguageSummary[];
  groups: number;
  /** Groups of two or more pages, and what they were found by. */
  translated: number;
  fromLinks: number;
  fromPaths: number;
  warnings: string[];
}

export interface PlanOptions {
  includeNoindex: boolean;
  langFromPath: boolean;
  forceLanguage: string;
}

/** The share of a page's telling lines that must be its English version's for it to count as untranslated. */
const kUntranslatedShare = 0.5;
const kWarningsMax = 20;

class Planner {
  private readonly address = new SiteAddress();
  private readonly byKey = new Map<string, number>();
  private readonly reasons: string[];
  private readonly langs: string[];
  private readonly pathKeys: string[];
  private readonly warnings: string[] = [];

  constructor(
    private readonly files: readonly SiteFile[],
    private readonly facts: readonly PageFacts[],
    private readonly sitemap: ReadonlyMap<string, AlternateLink[]>,
    private readonly options: PlanOptions,
  ) {
    this.reasons = files.map(() => '');
    this.langs = facts.map(({ lang }) => lang);
    this.pathKeys = files.map(({ url }) => url);
  }

  plan(skipped: readonly SkippedFile[]): SitePlan {
    this.leaveOut();
    this.nameLanguages();
    this.learnAddress();
    this.dropDuplicates();
    const kept = this.files.map((_, i) => i).filter((i) => this.reasons[i] === '');
    const grouping = groupPages(kept.map((i) => this.groupPage(i, kept)));
    this.warnings.push(...grouping.conflicts);
    const groupOf = new Map(kept.map((page, i) => [page, grouping.groups[i]!]));
    const dropped = this.dropFallbacks(groupOf);
    const indexed = kept.filter((i) => !dropped.has(i));
    const titles = chooseTitles(indexed.map((i) => ({ ...this.facts[i]!, lang: this.langs[i]! })));
    const decisions: (PageDecision | null)[] = this.files.map(() => null);
    indexed.forEach((i, at) => {
      decisions[i] = { lang: this.langs[i]!, title: titles[at]!, group: groupOf.get(i)!, untranslated: null };
    });
    this.markUntranslated(indexed, decisions);
    const sizes = new Map<string, number>();
    for (const i of indexed) sizes.set(groupOf.get(i)!, (sizes.get(groupOf.get(i)!) ?? 0) + 1);
    const reasoned = this.files.map(({ path }, i) => ({ path, reason: this.reasons[i]! }));
    const left = reasoned.filter(({ reason }) => reason !== '');
    return {
      decisions,
      skipped: [...skipped, ...left].sort(byPath),
      languages: this.summaries(indexed, decisions),
      groups: sizes.size,
      translated: [...sizes.values()].filter((size) => size > 1).length,
      fromLinks: grouping.fromLinks,
      fromPaths: grouping.fromPaths,
      warnings: this.limitWarnings(),
    };
  }

  private leaveOut(): void {
    const marks = this.facts.some(({ marked }) => marked);
    this.facts.forEach((facts, i) => {
      if (facts.redirect !== '') this.reasons[i] = 'redirects elsewhere';
      else if (facts.noindex && !this.options.includeNoindex) this.reasons[i] = 'noindex';
      else if (marks && !facts.marked) this.reasons[i] = 'no data-pagefind-body, which other pages have';
      else if (facts.empty) this.reasons[i] = 'no text';
      if (facts.brokenText && this.reasons[i] === '') {
        this.warnings.push(`${this.files[i]!.path}: not valid UTF-8; broken characters are replaced`);
      }
    });
  }

  private nameLanguages(): void {
    const paths = new PathLanguages(this.files.map(({ url }) => url));
    let guessed = 0;
    let unknown = 0;
    this.files.forEach(({ url }, i) => {
      const facts = this.facts[i]!;
      const trusted = this.options.langFromPath;
      const path = paths.of(url, this.options.forceLanguage === '' ? facts.lang : '', trusted);
      this.pathKeys[i] = path.key;
      if (this.options.forceLanguage !== '') return;
      if (trusted && path.lang !== '') this.langs[i] = path.lang;
      if (this.langs[i] === '') this.langs[i] = path.lang;
      if (this.reasons[i] !== '' || this.langs[i] !== '') return;
      this.langs[i] = facts.guessedLang || 'und';
      if (facts.guessedLang === '') unknown++;
      else guessed++;
    });
    const declare = 'declare it with <html lang>, or give --force-language';
    const guess = 'pages declare no language; it was guessed from their text';
    if (guessed > 0) this.warnings.push(`${guessed} ${guess}: ${declare}`);
    if (unknown > 0) this.warnings.push(`${unknown} pages are in an unknown language: ${declare}`);
  }

  private learnAddress(): void {
    this.files.forEach(({ url }, i) => {
      const facts = this.facts[i]!;
      this.address.vote(url, facts.canonical);
      for (const { href } of facts.alternates) this.address.vote(url, href);
    });
  }

  /** Two files of one address, and pages whose canonical address is another page of the same language. */
  private dropDuplicates(): void {
    const urls = new Map<string, number>();
    this.files.forEach(({ url, path }, i) => {
      if (this.reasons[i] !== '') return;
      const first = urls.get(url);
      if (first === undefined) urls.set(url, i);
      else {
        this.reasons[i] = `same address as ${this.files[first]!.path}`;
        this.warnings.push(`${path}: same address (${url}) as ${this.files[first]!.path}, which is indexed`);
      }
    });
    this.files.forEach(({ url }, i) => {
      const key = addressKey(url);
      if (this.reasons[i] === '' && !this.byKey.has(key)) this.byKey.set(key, i);
    });
    const targets = this.files.map((_, i) => this.canonicalOf(i));
    targets.forEach((target, i) => {
      if (target === undefined || this.langs[target] !== this.langs[i]) return;
      // Of pages that name one another, the first in order stays.
      if (targets[target] === i && i < target) return;
      this.reasons[i] = `canonical address is ${this.files[target]!.url}`;
    });
  }

  /** Another page of the site that page i names as its canonical address. */
  private canonicalOf(i: number): number | undefined {
    if (this.reasons[i] !== '') return undefined;
    const key = this.address.key(this.facts[i]!.canonical);
    const target = key === '' ? undefined : this.byKey.get(key);
    return target === undefined || target === i ? undefined : target;
  }

  private groupPage(i: number, kept: readonly number[]): GroupPage {
    const numbers = (this.numbers ??= new Map(kept.map((page, at) => [page, at])));
    const { url } = this.files[i]!;
    const facts = this.facts[i]!;
    const prefix = this.address.sitePrefix();
    const listed = this.sitemap.get(prefix + url) ?? [];
    const alternates: { page: number; lang: string }[] = [];
    const add = (lang: string, page: number | undefined): void => {
      const number = page === undefined ? undefined : numbers.get(page);
      if (number !== undefined) alternates.push({ page: number, lang });
    };
    for (const { lang, href } of [...facts.alternates, ...listed]) {
      add(lang, this.byKey.get(this.address.key(href) || '?'));
    }
    const canonical = this.canonicalOf(i);
    if (canonical !== undefined) add(this.langs[canonical]!, canonical);
    return { url, lang: this.langs[i]!, pathKey: this.pathKeys[i]!, alternates };
  }
  private numbers: Map<number, number> | undefined;

  /** Pages that show another language's text (Starlight's fallbacks), where the group has that language's page. */
  private dropFallbacks(groupOf: ReadonlyMap<number, string>): Set<number> {
    const have = new Map<string, number>();
    for (const [page, group] of groupOf) have.set(`${group}\t${primaryLanguage(this.langs[page]!)}`, page);
    const dropped = new Set<number>();
    for (const [page, group] of groupOf) {
      const { contentLang } = this.facts[page]!;
      if (contentLang === '') continue;
      const original = have.get(`${group}\t${primaryLanguage(contentLang)}`);
      if (original !== undefined && original !== page) {
        this.reasons[page] = `not translated: shows the text of ${this.files[original]!.url}`;
        dropped.add(page);
      } else {
        this.langs[page] = contentLang;
      }
    }
    return dropped;
  }

  private markUntranslated(indexed: readonly number[], decisions: readonly (PageDecision | null)[]): void {
    const english = new Map<string, number>();
    for (const i of indexed) {
      const { lang, group } = decisions[i]!;
      if (primaryLanguage(lang) === 'en' && !english.has(group)) english.set(group, i);
    }
    for (const i of indexed) {
      const decision = decisions[i]!;
      const original = english.get(decision.group);
      if (original === undefined || primaryLanguage(decision.lang) === 'en') continue;
      const theirs = new Set(this.facts[original]!.lines);
      const { lines } = this.facts[i]!;
      const shared = lines.filter((line) => theirs.has(line));
      if (shared.length === 0) continue;
      decision.untranslated = { lang: decisions[original]!.lang, lines: shared, share: shared.length / lines.length };
    }
  }

  private summaries(indexed: readonly number[], decisions: readonly (PageDecision | null)[]): LanguageSummary[] {
    const found = new Map<string, LanguageSummary>();
    for (const i of indexed) {
      const { lang, untranslated } = decisions[i]!;
      let summary = found.get(lang);
      if (!summary) found.set(lang, (summary = { lang, pages: 0, sections: 0, untranslated: 0 }));
      summary.pages++;
      summary.sections += this.facts[i]!.sections;
      if (untranslated && untranslated.share >= kUntranslatedShare) summary.untranslated++;
    }
    return [...found.values()].sort((a, b) => (a.lang < b.lang ? -1 : 1));
  }

  private limitWarnings(): string[] {
    const more = this.warnings.length - kWarningsMax;
    return more > 0 ? [...this.warnings.slice(0, kWarningsMax), `and ${more} more warnings`] : this.warnings;
  }
}

export function planSite(
  files: readonly SiteFile[],
  facts: readonly PageFacts[],
  skipped: readonly SkippedFile[],
  sitemap: ReadonlyMap<string, AlternateLink[]>,
  options: PlanOptions,
): SitePlan {
  return new Planner(files, facts, sitemap, options).plan(skipped);
}
