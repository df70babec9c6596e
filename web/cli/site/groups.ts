/**
 * Translation groups: which pages are one page in several languages.
 *
 * Evidence in order: hreflang links of the pages, the sitemap's, anchors with hreflang, a canonical link to another
 * language, the same address with the locale swapped. A link counts only when the other page does not name a
 * different version in its place: themes often link every page to each language's front page. A group holds one page
 * a language.
 */

export interface GroupPage {
  url: string;
  lang: string;
  /** The address without its locale. */
  pathKey: string;
  /** Pages (numbers) that this page says are its versions, in order of trust; with the language it says. */
  alternates: readonly { page: number; lang: string }[];
}

export interface Grouping {
  /** A name a page; pages with one name are one group. */
  groups: string[];
  /** How many groups of two or more pages came from links, and how many from addresses alone. */
  fromLinks: number;
  fromPaths: number;
  /** Sentences about links that contradict each other. */
  conflicts: string[];
}

/** Disjoint sets of pages that never hold two pages of one language. */
class Groups {
  private readonly parents: number[];
  private readonly members: number[][];

  constructor(private readonly pages: readonly GroupPage[]) {
    this.parents = pages.map((_, i) => i);
    this.members = pages.map((_, i) => [i]);
  }

  root(page: number): number {
    let root = page;
    while (this.parents[root] !== root) root = this.parents[root]!;
    for (let at = page; at !== root;) {
      const next = this.parents[at]!;
      this.parents[at] = root;
      at = next;
    }
    return root;
  }

  of(page: number): readonly number[] {
    return this.members[this.root(page)]!;
  }

  /** False when both sides have a page in one language; nothing changes then. */
  join(a: number, b: number): boolean {
    const [into, from] = [this.root(a), this.root(b)];
    if (into === from) return true;
    const langs = new Set(this.members[into]!.map((page) => this.pages[page]!.lang));
    if (this.members[from]!.some((page) => langs.has(this.pages[page]!.lang))) return false;
    this.members[into]!.push(...this.members[from]!);
    this.members[from] = [];
    this.parents[from] = into;
    return true;
  }
}

function joinLinked(pages: readonly GroupPage[], groups: Groups, conflicts: string[]): void {
  pages.forEach((page, number) => {
    for (const { page: other } of page.alternates) {
      if (other === number) continue;
      const target = pages[other]!;
      if (target.lang === page.lang) continue;
      const back = target.alternates.find((link) => pages[link.page]!.lang === page.lang);
      if (back && back.page !== number) continue;
      if (!groups.join(number, other)) {
        const named = `${target.url} as its version in ${target.lang}`;
        conflicts.push(`${page.url} names ${named}, which belongs to another page`);
      }
    }
  });
}

function joinPaths(pages: readonly GroupPage[], groups: Groups): void {
  const first = new Map<string, number>();
  pages.forEach((page, number) => {
    const seen = first.get(page.pathKey);
    if (seen === undefined) first.set(page.pathKey, number);
    else groups.join(seen, number);
  });
}

function nameGroups(pages: readonly GroupPage[], groups: Groups): string[] {
  const names: string[] = pages.map(() => '');
  const taken = new Set<string>();
  pages.forEach((_, number) => {
    const members = groups.of(number);
    if (names[number] !== '') return;
    // The English page's address names the group, else that of the first page.
    const leader = members.find((page) => /^en\b/.test(pages[page]!.lang)) ?? members[0]!;
    let name = pages[leader]!.pathKey.replace(/^\//, '') || '/';
    if (taken.has(name)) name = pages[leader]!.url;
    taken.add(name);
    for (const page of members) names[page] = name;
  });
  return names;
}

export function groupPages(pages: readonly GroupPage[]): Grouping {
  const groups = new Groups(pages);
  const conflicts: string[] = [];
  joinLinked(pages, groups, conflicts);
  const several = (): number => pages.filter((_, i) => groups.root(i) === i && groups.of(i).length > 1).length;
  const fromLinks = several();
  joinPaths(pages, groups);
  return { groups: nameGroups(pages, groups), fromLinks, fromPaths: several() - fromLinks, conflicts };
}
