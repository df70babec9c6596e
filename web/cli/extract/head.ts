/** What the head of a page, and links anywhere in it, say about the page. */
import type { Document, Element } from 'domhandler';
import { attribute, parentElement, textOf, walkElements } from './dom.js';
import { normalizeLanguage } from './language.js';
import type { AlternateLink, Head } from './page.js';

/** Stands for the site's own host until the site's real one is known (site/address.ts). */
export const kSiteOrigin = 'http://site.invalid';

/** Later redirects than this are reloads of a page that a person reads first. */
const kRedirectSecondsMax = 10;

function isInside(element: Element, name: string): boolean {
  for (let parent = parentElement(element); parent; parent = parentElement(parent)) {
    if (parent.name === name) return true;
  }
  return false;
}

function resolve(href: string, base: string): string {
  try {
    return new URL(href, base).href;
  } catch {
    return '';
  }
}

/** "version: 2.1, tag" values of one filter; empty ones are dropped. */
export function addFilter(filters: Record<string, string[]>, key: string, values: readonly string[]): void {
  const name = key.trim();
  if (name === '') return;
  for (const value of values.map((text) => text.trim())) {
    if (value === '' || filters[name]?.includes(value)) continue;
    (filters[name] ??= []).push(value);
  }
}

class HeadReader {
  private readonly head: Head = {
    lang: '', dir: '', title: '', canonical: '', alternates: [], noindex: false, redirect: '', filters: {},
  };
  private readonly anchors: AlternateLink[] = [];
  private contentLanguage = '';
  private base: string;
  private baseSeen = false;

  constructor(private readonly pageUrl: string) {
    this.base = kSiteOrigin + pageUrl;
  }

  read(document: Document): Head {
    // <base> governs links that stand before it too.
    walkElements(document, (element) => {
      if (element.name === 'base' && !this.baseSeen && 'href' in element.attribs) {
        this.base = resolve(attribute(element, 'href'), this.base) || this.base;
        this.baseSeen = true;
      }
      return element.name === 'html' || element.name === 'head';
    });
    walkElements(document, (element) => {
      this.visit(element);
      return element.name !== 'svg' && element.name !== 'script';
    });
    this.head.lang ||= this.contentLanguage;
    this.head.alternates.push(...this.anchors);
    return this.head;
  }

  private visit(element: Element): void {
    switch (element.name) {
      case 'html':
      case 'body':
        this.head.lang ||= normalizeLanguage(attribute(element, 'lang') || attribute(element, 'xml:lang'));
        this.head.dir ||= this.direction(element);
        break;
      case 'title':
        if (!isInside(element, 'svg')) this.head.title ||= textOf(element);
        break;
      case 'meta':
        this.meta(element);
        break;
      case 'link':
        this.link(element);
        break;
      case 'a':
        if (attribute(element, 'hreflang')) this.alternate(element, this.anchors);
        break;
    }
  }

  private direction(element: Element): 'ltr' | 'rtl' | '' {
    const dir = attribute(element, 'dir').toLowerCase();
    return dir === 'ltr' || dir === 'rtl' ? dir : '';
  }

  private meta(element: Element): void {
    const content = attribute(element, 'content');
    const name = attribute(element, 'name').toLowerCase();
    switch (name) {
      case 'robots':
      case 'crossglot':
        if (/\b(noindex|none)\b/i.test(content)) this.head.noindex = true;
        break;
      case 'docsearch:language':
      case 'docusaurus_locale':
        this.contentLanguage ||= normalizeLanguage(content);
        break;
      case 'docsearch:version':
      case 'docusaurus_version':
        addFilter(this.head.filters, 'version', content.split(','));
        break;
      case 'docsearch:docusaurus_tag':
      case 'docusaurus_tag':
        addFilter(this.head.filters, 'tag', [content]);
        break;
    }
    const equivalent = attribute(element, 'http-equiv').toLowerCase();
    if (equivalent === 'content-language') this.contentLanguage ||= normalizeLanguage(content.split(',')[0]!);
    if (equivalent === 'refresh' && !isInside(element, 'noscript')) this.refresh(content);
  }

  private refresh(content: string): void {
    const parts = /^\s*([\d.]+)\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(content);
    if (!parts || Number(parts[1]) > kRedirectSecondsMax) return;
    const target = resolve(parts[2]!.trim(), this.base);
    if (target !== '' && target !== kSiteOrigin + this.pageUrl) this.head.redirect = target;
  }

  private link(element: Element): void {
    const rel = attribute(element, 'rel').toLowerCase().split(/\s+/);
    const href = attribute(element, 'href');
    if (href === '') return;
    if (rel.includes('canonical')) this.head.canonical ||= resolve(href, this.base);
    if (rel.includes('alternate') && attribute(element, 'hreflang')) this.alternate(element, this.head.alternates);
  }

  private alternate(element: Element, links: AlternateLink[]): void {
    const lang = normalizeLanguage(attribute(element, 'hreflang'));
    const href = resolve(attribute(element, 'href'), this.base);
    if (lang === '' || !/^https?:/.test(href)) return;
    links.push({ lang, href: href.replace(/#.*$/, '') });
  }
}

/** @param url the page's address from the site root, beginning with '/'. */
export function readHead(document: Document, url: string): Head {
  return new HeadReader(url).read(document);
}
