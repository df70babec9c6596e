/** hreflang links of a site's sitemap.xml: <xhtml:link rel="alternate" hreflang="fr" href="..."/> in each <url>. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'htmlparser2';
import { attribute, textOf, walkElements } from '../extract/dom.js';
import { normalizeLanguage } from '../extract/language.js';
import type { AlternateLink } from '../extract/page.js';

/** Public address of a page to its versions; empty without a readable sitemap. */
export function readSitemap(site: string): Map<string, AlternateLink[]> {
  const found = new Map<string, AlternateLink[]>();
  const file = join(site, 'sitemap.xml');
  if (!existsSync(file)) return found;
  const document = parseDocument(readFileSync(file, 'utf8'), { xmlMode: true });
  walkElements(document, (element) => {
    if (element.name !== 'url') return true;
    let address = '';
    const links: AlternateLink[] = [];
    walkElements(element, (child) => {
      if (child.name === 'loc') address = textOf(child);
      const lang = normalizeLanguage(attribute(child, 'hreflang'));
      if (child.name.endsWith('link') && lang !== '') links.push({ lang, href: attribute(child, 'href') });
      return true;
    });
    if (address !== '' && links.length > 0) found.set(address, links);
    return false;
  });
  return found;
}
