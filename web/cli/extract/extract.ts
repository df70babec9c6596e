/** One HTML file to a page: the entry of this folder. */
import type { AnyNode, Element } from 'domhandler';
import { isTag } from 'domhandler';
import { contentRoots, excludedElements, markedRoots, type RootOptions } from './content_root.js';
import { decodeHtml } from './decode.js';
import { attribute, collapse, parentElement, textOf, walkElements } from './dom.js';
import { addFilter, readHead } from './head.js';
import { normalizeLanguage, primaryLanguage } from './language.js';
import type { ExtractedPage, Head } from './page.js';
import { parseHtml } from './parse.js';
import { SectionWalker } from './section_walker.js';

export interface ExtractOptions extends RootOptions {
  forceLanguage: string;
}

/** Elements around all text that are looked through for a `lang`. */
const kWrappersMax = 4;

/** "key:value", "key" (the element's text), "key[attribute]", comma separated. */
function pagefindPairs(element: Element, list: string): [key: string, value: string][] {
  return list.split(',').map((item): [string, string] => {
    const inline = /^\s*([^:[\]]+?)\s*:\s*(.+?)\s*$/.exec(item);
    if (inline) return [inline[1]!, inline[2]!];
    const named = /^\s*(.+?)\s*\[\s*([^\]]+?)\s*\]\s*$/.exec(item);
    if (named) return [named[1]!, attribute(element, named[2]!)];
    return [item.trim(), textOf(element)];
  });
}

/** data-pagefind-meta and -filter anywhere in the page. */
function readPagefind(document: { children: AnyNode[] }, head: Head): void {
  walkElements(document as never, (element) => {
    if (attribute(element, 'data-pagefind-ignore') === 'all') return false;
    const meta = element.attribs['data-pagefind-meta'];
    if (meta) {
      const title = pagefindPairs(element, meta).find(([key]) => key === 'title')?.[1];
      if (title) head.title = collapse(title);
    }
    const filter = element.attribs['data-pagefind-filter'];
    if (filter) for (const [key, value] of pagefindPairs(element, filter)) addFilter(head.filters, key, [value]);
    return true;
  });
}

/** data-pagefind-weight of the content element or what is around it: 0 to 10, 1 when there is none. */
function readWeight(roots: readonly AnyNode[]): number {
  const first = roots[0];
  if (!first || !isTag(first)) return 1;
  for (let element: Element | null = first; element; element = parentElement(element)) {
    const weight = Number.parseFloat(attribute(element, 'data-pagefind-weight'));
    if (weight > 0) return Math.min(weight, 10);
  }
  return 1;
}

/** A language that all content is in, unlike the page: its nearest `lang` when that is not the page's own. */
function contentLanguage(roots: readonly AnyNode[], pageLang: string): { lang: string; dir: 'ltr' | 'rtl' | '' } {
  let lang = '';
  let dir: 'ltr' | 'rtl' | '' = '';
  const root = roots.length === 1 ? roots[0] : undefined;
  let around = root && isTag(root) ? root : null;
  for (; around && around.name !== 'html'; around = parentElement(around)) {
    const element = around;
    lang ||= normalizeLanguage(attribute(element, 'lang'));
    const direction = attribute(element, 'dir').toLowerCase();
    if (direction === 'ltr' || direction === 'rtl') dir ||= direction;
  }
  // One wrapper inside the root that holds all of its text counts as the root.
  let element: AnyNode | undefined = root;
  for (let depth = 0; depth < kWrappersMax && element && isTag(element); depth++) {
    const inside: Element[] = element.children.filter(isTag).filter((child) => textOf(child) !== '');
    if (lang !== '' || inside.length !== 1) break;
    lang = normalizeLanguage(attribute(inside[0]!, 'lang'));
    const direction = attribute(inside[0]!, 'dir').toLowerCase();
    if (direction === 'ltr' || direction === 'rtl') dir ||= direction;
    element = inside[0];
  }
  return primaryLanguage(lang) === primaryLanguage(pageLang) ? { lang: '', dir: '' } : { lang, dir };
}

/**
 * @param url the page's address from the site root, beginning with '/'.
 * Takes any bytes: what is broken in them is missing from the page, or replaced and said in `brokenText`.
 */
export function extractPage(bytes: Uint8Array, url: string, options: ExtractOptions): ExtractedPage {
  const { text, broken } = decodeHtml(bytes);
  const document = parseHtml(text);
  const head = readHead(document, url);
  readPagefind(document, head);
  if (options.forceLanguage !== '') head.lang = options.forceLanguage;
  const marked = markedRoots(document);
  const roots = contentRoots(document, marked, options);
  const content = contentLanguage(roots, head.lang);
  const contentLang = head.lang === '' || options.forceLanguage !== '' ? '' : content.lang;
  if (head.lang === '') head.lang = content.lang;
  const sections = new SectionWalker(contentLang || head.lang, excludedElements(document, options)).walk(roots);
  return {
    ...head,
    dir: contentLang !== '' && content.dir !== '' ? content.dir : head.dir,
    h1: sections.find((section) => section.level === 1)?.heading ?? '',
    marked: marked.length > 0,
    contentLang,
    weight: readWeight(roots),
    sections,
    brokenText: broken,
  };
}
