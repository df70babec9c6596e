/** Which elements of a page are its content, and which parts inside them are furniture. */
import { selectAll } from 'css-select';
import type { AnyNode, Document, Element } from 'domhandler';
import { attribute, classNames, parentElement, textOf, walkElements } from './dom.js';

export interface RootOptions {
  /** CSS selector of the content, in place of the search for it. */
  rootSelector: string;
  /** CSS selectors of parts to leave out. */
  excludeSelectors: readonly string[];
}

/** Where generators put a page's text; the first kind that the page has is taken. */
const kRootKinds: readonly ((element: Element) => boolean)[] = [
  (element) => attribute(element, 'role') === 'main',
  (element) => element.name === 'main',
  (element) => element.name === 'article',
  (element) => hasClass(element, kContentClasses),
  (element) => kContentIds.has(attribute(element, 'id').toLowerCase()),
  // DocBook: <body><div class="chapter">, beside navigation that has no semantics.
  (element) => parentElement(element)?.name === 'body' && hasClass(element, kDocBookClasses),
];

/** Content classes of Docusaurus, VitePress, Starlight, Material, GitHub, Sphinx. */
const kContentClasses = new Set([
  'theme-doc-markdown', 'vp-doc', 'sl-markdown-content', 'md-content', 'markdown-body', 'rst-content',
]);
const kContentIds = new Set(['displayarea', 'content', 'main-content', 'maincontent', 'main', 'page-content']);
const kDocBookClasses = new Set([
  'appendix', 'article', 'book', 'chapter', 'glossary', 'part', 'preface', 'refentry', 'reference', 'sect1',
  'section',
]);

/** Elements that never hold a page's text. */
const kDroppedNames = new Set([
  'audio', 'button', 'canvas', 'datalist', 'dialog', 'embed', 'footer', 'form', 'head', 'iframe', 'input', 'nav',
  'noscript', 'object', 'script', 'select', 'style', 'svg', 'template', 'textarea', 'video',
]);
const kDroppedClasses = new Set([
  'breadcrumb', 'breadcrumbs', 'docnav', 'linenos', 'lineno', 'md-source-file', 'navfooter', 'navheader',
  'pagination', 'pagination-nav', 'screen-reader-only', 'screen-reader-text', 'search-exclude', 'sr-only',
  'table-of-contents', 'toc', 'visually-hidden',
]);
const kDroppedRoles = new Set(['banner', 'contentinfo', 'navigation', 'search']);
/** Links beside a heading that lead to itself. */
const kHeadingLinkClasses = new Set([
  'anchor', 'anchor-link', 'anchorjs-link', 'direct-link', 'hash-link', 'header-anchor', 'headerlink',
  'heading-anchor', 'heading-link', 'sl-anchor-link',
]);

const kHeadingName = /^h[1-6]$/;

function hasClass(element: Element, wanted: ReadonlySet<string>): boolean {
  return 'class' in element.attribs && classNames(element).some((name) => wanted.has(name));
}

export function isHeading(element: Element): boolean {
  return kHeadingName.test(element.name) || (attribute(element, 'role') === 'heading');
}

function holdsHeading(element: Element): boolean {
  let found = false;
  walkElements(element, (child) => {
    found ||= kHeadingName.test(child.name);
    return !found;
  });
  return found;
}

/** The outermost elements below `document` for which `accept` holds. */
function outermost(document: Document, accept: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  walkElements(document, (element) => {
    if (element.name === 'head' || element.name === 'nav' || element.name === 'footer') return false;
    if (!accept(element)) return true;
    found.push(element);
    return false;
  });
  return found;
}

/** A generator's class inside `root` cuts off what surrounds the text, unless the title stands outside of it. */
function refine(root: Element): Element {
  let inner: Element | null = null;
  walkElements(root, (element) => {
    if (!inner && hasClass(element, kContentClasses)) inner = element;
    return !inner;
  });
  if (!inner) return root;
  const title = (element: Element): boolean => {
    let found = false;
    walkElements(element, (child) => {
      found ||= child.name === 'h1';
      return !found;
    });
    return found;
  };
  return title(root) && !title(inner) ? root : inner;
}

/** Elements that data-pagefind-body marks; the site then leaves out pages without any. */
export function markedRoots(document: Document): Element[] {
  return outermost(document, (element) => 'data-pagefind-body' in element.attribs);
}

/** The content of a page, in document order; never empty for a document with any element. */
export function contentRoots(document: Document, marked: readonly Element[], options: RootOptions): AnyNode[] {
  if (options.rootSelector !== '') {
    const chosen = selectAll<AnyNode, Element>(options.rootSelector, document.children);
    const set = new Set<AnyNode>(chosen);
    return chosen.filter((element) => {
      for (let up = parentElement(element); up; up = parentElement(up)) if (set.has(up)) return false;
      return true;
    });
  }
  if (marked.length > 0) return [...marked];
  for (const accept of kRootKinds) {
    const found = outermost(document, accept).filter((element) => textOf(element) !== '');
    if (found.length > 0) return found.map(refine);
  }
  const body = outermost(document, (element) => element.name === 'body');
  return body.length > 0 ? body : document.children;
}

/** Elements that the user's selectors exclude. */
export function excludedElements(document: Document, options: RootOptions): ReadonlySet<Element> {
  const selector = options.excludeSelectors.filter((text) => text.trim() !== '').join(',');
  return new Set(selector === '' ? [] : selectAll<AnyNode, Element>(selector, document.children));
}

/** Whether `element` says that its text is not to be searched, or is of a kind that never is. */
export function isDropped(element: Element): boolean {
  if (kDroppedNames.has(element.name)) return true;
  const attribs = element.attribs;
  if ('data-pagefind-ignore' in attribs || 'data-search-exclude' in attribs) return true;
  if (attribs['data-pagefind-weight'] === '0') return true;
  if (attribs['aria-hidden'] === 'true') return true;
  // Panels behind tabs are hidden until chosen; text that a search in the page may open is meant to be found.
  if ('hidden' in attribs && attribs['hidden'] !== 'until-found' && attribs['role'] !== 'tabpanel') return true;
  if (kDroppedRoles.has(attribs['role'] ?? '')) return true;
  if (element.name === 'header' || element.name === 'aside') {
    // Generators wrap a page's title in <header>, and notes in <aside>.
    if (element.name === 'header') return !holdsHeading(element);
    return isSidebar(element);
  }
  return hasClass(element, kDroppedClasses);
}

function isSidebar(element: Element): boolean {
  if (parentElement(element)?.name === 'body') return true;
  return /\b(toc|sidebar|side-bar|nav|navigation|right-?side|left-?side)\b/i.test(
    `${attribute(element, 'class')} ${attribute(element, 'id')}`);
}

/** A link beside a heading that leads to itself: its text is an ornament. */
export function isHeadingLink(element: Element): boolean {
  return element.name === 'a' && hasClass(element, kHeadingLinkClasses);
}
