/** Links with a host as addresses from the site root: the host is learned from the pages themselves. */
import { kSiteOrigin } from '../extract/head.js';

/** What addresses are compared by: without query, fragment, index.html and a closing slash. */
export function addressKey(url: string): string {
  const path = url.replace(/[?#].*$/, '');
  let decoded = path;
  try {
    decoded = decodeURI(path);
  } catch {
    // A '%' that escapes nothing stays as it is.
  }
  return decoded.replace(/\/index\.html?$/, '/').replace(/(.)\/$/, '$1').replace(/\.html?$/, '');
}

/**
 * The site's own host and base path: what stands before a page's own address in links that pages give to themselves
 * (canonical, hreflang).
 */
export class SiteAddress {
  private readonly votes = new Map<string, number>();
  private prefix: string | undefined;

  /** Counts `href`, a link in the page at `url` that may be the page's own public address. */
  vote(url: string, href: string): void {
    if (href === '' || href.startsWith(kSiteOrigin)) return;
    const page = addressKey(url);
    const link = addressKey(href);
    if (page === '/' || !link.endsWith(page)) return;
    const prefix = link.slice(0, link.length - page.length);
    if (!/^https?:\/\/[^/]+/.test(prefix)) return;
    this.votes.set(prefix, (this.votes.get(prefix) ?? 0) + 1);
  }

  /** The address key of a link, or '' when it leads to another site. */
  key(href: string): string {
    if (href === '') return '';
    if (href.startsWith(kSiteOrigin)) return addressKey(href.slice(kSiteOrigin.length));
    const prefix = this.sitePrefix();
    if (prefix === '') return '';
    const link = addressKey(href);
    if (link === prefix) return '/';
    return link.startsWith(`${prefix}/`) ? link.slice(prefix.length) : '';
  }

  /** "https://example.org/docs", or '' when no page tells. */
  sitePrefix(): string {
    if (this.prefix !== undefined) return this.prefix;
    let best = '';
    let most = 0;
    for (const [prefix, count] of [...this.votes].sort()) if (count > most) [best, most] = [prefix, count];
    return (this.prefix = best);
  }
}
