/**
 * The list of results and the row that the keyboard is on.
 *
 * ARIA: a listbox with one group per page, named by its title, and one option for the page and for each of its
 * sections. Options are links that cannot be tabbed to: the input keeps the focus and names the active one.
 */
import type { SearchHit, SearchResults, SectionHit } from '../protocol/types.js';
import { el, icon, marked } from './dom.js';
import { echo, markedWords } from './echo.js';
import { ENTER, HASH, PAGE } from './icons.js';
import { resultUrl } from './link.js';
import { type Phrases, sameLanguage } from './strings/index.js';

export interface RowContext {
  readonly phrases: Phrases;
  /** The reader's language: rows in another one say so. */
  readonly lang: string;
  /** Where results' addresses start. */
  readonly root: URL;
}

export class ResultList {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  #options: HTMLAnchorElement[] = [];
  #active = -1;
  /** Pages shown so far: their numbers name their titles. */
  #pages = 0;

  constructor(element: HTMLElement, input: HTMLInputElement) {
    this.element = element;
    this.#input = input;
    element.addEventListener('pointermove', (event) => {
      const option = (event.target as Element).closest<HTMLAnchorElement>('a');
      if (option) this.#activate(this.#options.indexOf(option), false);
    });
  }

  get size(): number {
    return this.#options.length;
  }

  /** The active option, or the one that Enter opens when there is none. */
  get target(): HTMLAnchorElement | undefined {
    return this.#options[Math.max(this.#active, 0)];
  }

  /**
   * Shows other rows. The active row stays active if it is still there; in a `better` answer to the same query its page
   * and those above stay as they are, and others follow.
   */
  show(results: SearchResults, context: RowContext, better: boolean): void {
    const rows = [...this.element.children] as HTMLElement[];
    const active = this.#options[this.#active];
    const count = better && active ? rows.indexOf(active.parentElement!) + 1 : 0;
    const kept = rows.splice(0, count).map(({ dataset }) => dataset['group']);
    for (const row of rows) row.remove();
    this.element.append(...results.hits.filter(({ group }) => !kept.includes(group))
      .map((hit) => pageGroup(hit, this.#pages++, context)));
    this.#options = [...this.element.querySelectorAll('a')];
    this.#options.forEach((option, number) => { option.id = `option-${number}`; });
    this.#options[0]?.classList.add('first');
    this.#active = -1;
    this.#activate(active ? this.#options.findIndex(({ href }) => href === active.href) : -1, false);
    if (!active) this.element.scrollTop = 0;
  }

  clear(): void {
    this.element.replaceChildren();
    this.#options = [];
    this.#activate(-1, false);
  }

  /** Forgets the active row: the query changed. */
  release(): void {
    this.#activate(-1, false);
  }

  /** One row down (1) or up (-1), around the ends; the first step down goes to the first row. */
  step(by: 1 | -1): void {
    const count = this.#options.length;
    if (count === 0) return;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#activate((from + by + count) % count, true);
  }

  /** About one screen of rows down (1) or up (-1), not around the ends. */
  page(by: 1 | -1): void {
    if (this.#options.length === 0) return;
    const from = Math.max(this.#active, 0);
    const top = this.#options[from]!.offsetTop;
    const far = (option: HTMLElement) => (option.offsetTop - top) * by > this.element.clientHeight * 0.8;
    let at = from;
    while (this.#options[at + by] && !far(this.#options[at + by]!)) at += by;
    this.#activate(at, true);
  }

  #activate(number: number, scroll: boolean): void {
    if (number === this.#active && number >= 0) return;
    this.#options[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = number;
    const option = this.#options[number];
    if (!option) {
      this.#input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    this.#input.setAttribute('aria-activedescendant', option.id);
    if (!scroll) return;
    // The first row brings the list's own start into view.
    if (number === 0) this.element.scrollTop = 0;
    else option.scrollIntoView({ block: 'nearest' });
  }
}

function pageGroup(hit: SearchHit, number: number, context: RowContext): HTMLElement {
  // A page's first heading mostly is its title: one row for both.
  const lead = hit.sections.find(({ anchor, heading }) => anchor === '' || heading === hit.title);
  const rest = hit.sections.filter((section) => section !== lead && section.heading !== hit.title);
  const foreign = !sameLanguage(hit.lang, context.lang);
  const title = el('span', { class: 'title', id: `title-${number}`, lang: hit.lang, dir: 'auto' },
    ...marked(hit.title || hit.url, hit.titleMarks));
  const head = el('span', { class: 'head' }, title);
  if (foreign) head.append(el('span', { class: 'badge', part: 'badge' }, context.phrases.nameOf(hit.lang)));
  const row = option('page', hit, '', context, icon(PAGE, 'kind'), head, lead && excerpt(lead, hit));
  const words = markedWords(hit);
  const sections = rest.map((section) => sectionOption(section, hit, words, context));
  return el('div', { role: 'group', 'aria-labelledby': `title-${number}`, 'data-group': hit.group }, row, ...sections);
}

function sectionOption(
  section: SectionHit, hit: SearchHit, words: readonly string[], context: RowContext,
): HTMLElement {
  const text = section.heading || `#${section.anchor}`;
  const heading = el('span', { class: 'title', lang: hit.lang, dir: 'auto' }, ...marked(text, echo(text, words)));
  return option('section', hit, section.anchor, context, icon(HASH, 'kind'),
    el('span', { class: 'head' }, heading), excerpt(section, hit));
}

function option(
  kind: string, hit: SearchHit, anchor: string, context: RowContext, sign: Node, head: Node, body?: Node,
): HTMLElement {
  return el('a', {
    role: 'option', part: 'option', class: kind, tabindex: '-1', 'aria-selected': 'false',
    href: resultUrl(hit.url, anchor, context.root),
  }, sign, el('span', { class: 'words' }, head, ...(body ? [body] : [])), icon(ENTER, 'enter'));
}

function excerpt(section: SectionHit, hit: SearchHit): Node | undefined {
  if (!section.excerpt) return undefined;
  return el('span', { class: 'excerpt', lang: hit.lang, dir: 'auto' }, ...marked(section.excerpt, section.marks));
}
