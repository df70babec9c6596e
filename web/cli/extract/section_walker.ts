/**
 * Turns content elements into sections: a heading and the text up to the next one.
 *
 * One block element is one line of text; inline elements flow together. Preformatted blocks are code. The address of
 * a section is the nearest id: of the heading, inside it, just before it, or of the section before.
 */
import type { AnyNode, Element } from 'domhandler';
import { isTag, isText, hasChildren } from 'domhandler';
import { isDropped, isHeading, isHeadingLink } from './content_root.js';
import { attribute, collapse, textOf } from './dom.js';
import { normalizeLanguage, primaryLanguage } from './language.js';
import type { Section } from './page.js';

/** Elements that flow inside a line; all others begin and end one. */
const kInline = new Set([
  'a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'font', 'i', 'img',
  'ins', 'kbd', 'label', 'mark', 'math', 'meter', 'output', 'picture', 'progress', 'q', 'rb', 'rp', 'rt', 'rtc',
  'ruby', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'wbr', 'meta',
  'link', 'slot',
]);

/** Nesting that browsers keep too (HTML parsers cap it at 512): deeper elements are left out. */
const kDepthMax = 1000;

export class SectionWalker {
  private readonly sections: Section[] = [];
  private section: Section = emptySection();
  private line = '';
  /** The last id since text was written: the address of a heading that follows. */
  private pendingId = '';
  /** Of the innermost element: '' while it is the page's. */
  private lang = '';
  private spanBegin = 0;

  /**
   * @param pageLang the language of the content: elements in others become spans.
   * @param excluded elements to leave out beside those that never are text.
   */
  constructor(private readonly pageLang: string, private readonly excluded: ReadonlySet<Element>) {}

  walk(roots: readonly AnyNode[]): Section[] {
    for (const root of roots) {
      this.node(root, 0);
      this.endLine();
    }
    this.endSection();
    return this.sections;
  }

  private node(node: AnyNode, depth: number): void {
    if (isText(node)) this.text(node.data);
    else if (isTag(node)) this.element(node, depth);
    else if (hasChildren(node)) this.children(node, depth);
  }

  private children(node: { children: AnyNode[] }, depth: number): void {
    if (depth >= kDepthMax) return;
    for (const child of node.children) this.node(child, depth + 1);
  }

  private element(element: Element, depth: number): void {
    if (isDropped(element) || this.excluded.has(element)) return;
    const lang = attribute(element, 'lang') || attribute(element, 'xml:lang');
    if (lang === '') return this.content(element, depth);
    const outer = this.lang;
    this.switchLanguage(this.spanLanguage(normalizeLanguage(lang)));
    this.content(element, depth);
    this.switchLanguage(outer);
  }

  private content(element: Element, depth: number): void {
    if (isHeading(element)) return this.heading(element);
    this.noteId(element);
    if (isHeadingLink(element)) return;
    if (element.name === 'br') return this.text(' ');
    if (element.name === 'pre') return this.preformatted(element);
    if (kInline.has(element.name)) return this.children(element, depth);
    this.endLine();
    this.children(element, depth);
    this.endLine();
  }

  private noteId(element: Element): void {
    const id = attribute(element, 'id') || (element.name === 'a' ? attribute(element, 'name') : '');
    if (id !== '') this.pendingId = id;
  }

  private heading(element: Element): void {
    this.endLine();
    const heading = headingText(element);
    const before = this.section.anchor;
    const pending = this.pendingId;
    if (heading === '') {
      this.noteId(element);
      return;
    }
    this.endSection();
    const level = headingLevel(element);
    // The top of the page needs no fragment: ids of its wrappers say no more than its address does.
    const nearest = level === 1 && this.sections.length === 0 ? '' : pending || before;
    this.section.anchor = attribute(element, 'id') || innerId(element) || nearest;
    this.section.level = level;
    this.section.heading = heading;
    this.pendingId = '';
  }

  private preformatted(element: Element): void {
    this.endLine();
    const code = rawText(element).replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
    if (code === '') return;
    this.section.code += (this.section.code === '' ? '' : '\n') + code;
    this.pendingId = '';
  }

  private text(data: string): void {
    const text = data.replace(/\s+/gu, ' ');
    const fresh = this.line === '' || this.line.endsWith(' ');
    this.line += fresh && text.startsWith(' ') ? text.slice(1) : text;
  }

  private endLine(): void {
    const line = this.line.trimEnd();
    this.line = '';
    if (line === '') return;
    this.section.text += (this.section.text === '' ? '' : '\n') + line;
    this.pendingId = '';
  }

  private endSection(): void {
    const { lang } = this;
    this.switchLanguage('');
    const { section } = this;
    if (section.heading !== '' || section.text !== '' || section.code !== '') {
      section.spans = byteSpans(section);
      this.sections.push(section);
    }
    this.section = emptySection();
    this.switchLanguage(lang);
  }

  /** '' for the page's own language. */
  private spanLanguage(lang: string): string {
    return lang === '' || primaryLanguage(lang) === primaryLanguage(this.pageLang) ? '' : lang;
  }

  private switchLanguage(lang: string): void {
    if (lang === this.lang) return;
    const gap = this.section.text !== '' && this.line !== '' ? 1 : 0;
    const position = this.section.text.length + gap + this.line.length;
    if (this.lang !== '' && position > this.spanBegin) {
      this.section.spans.push([this.spanBegin, position, this.lang]);
    }
    this.lang = lang;
    this.spanBegin = position;
  }
}

function emptySection(): Section {
  return { anchor: '', level: 0, heading: '', text: '', code: '', spans: [] };
}

function headingLevel(element: Element): number {
  const level = Number(/^h([1-6])$/.exec(element.name)?.[1] ?? attribute(element, 'aria-level'));
  return level >= 1 && level <= 6 ? Math.trunc(level) : 2;
}

/** The heading's words without ornaments; with them when they are all there is. */
function headingText(element: Element): string {
  let text = '';
  const visit = (node: AnyNode, depth: number): void => {
    if (isText(node)) text += node.data;
    if (!isTag(node) || depth > kDepthMax || isDropped(node) || isHeadingLink(node)) return;
    if (node.name === 'br') text += ' ';
    for (const child of node.children) visit(child, depth + 1);
  };
  for (const child of element.children) visit(child, 0);
  return collapse(text) || textOf(element);
}

function innerId(element: Element): string {
  const stack: AnyNode[] = [...element.children].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!isTag(node)) continue;
    const id = attribute(node, 'id') || (node.name === 'a' ? attribute(node, 'name') : '');
    if (id !== '') return id;
    stack.push(...[...node.children].reverse());
  }
  return '';
}

/** Text as written: white space kept, <br> as a new line. */
function rawText(element: Element): string {
  let text = '';
  const stack: AnyNode[] = [...element.children].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isText(node)) text += node.data;
    if (!isTag(node) || isDropped(node)) continue;
    if (node.name === 'br') text += '\n';
    stack.push(...[...node.children].reverse());
  }
  return text;
}

/** Spans of UTF-16 positions as ranges of UTF-8 bytes inside the text, trimmed to it. */
function byteSpans(section: Section): Section['spans'] {
  return section.spans
    .map(([begin, end, lang]): [number, number, string] => {
      const from = Math.min(begin, section.text.length);
      const to = Math.min(end, section.text.length);
      const trimmed = section.text.slice(from, to);
      const start = from + (trimmed.length - trimmed.trimStart().length);
      const stop = to - (trimmed.length - trimmed.trimEnd().length);
      return [
        Buffer.byteLength(section.text.slice(0, start)),
        Buffer.byteLength(section.text.slice(0, Math.max(start, stop))),
        lang,
      ];
    })
    .filter(([begin, end]) => end > begin);
}
