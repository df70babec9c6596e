/** Languages in addresses: /fr/guide/, /docs/zh-CN/x.html, /guide.de.html. */
import { normalizeLanguage, primaryLanguage } from '../extract/language.js';

export interface PathLanguage {
  lang: string;
  /** The address without the locale: what translations of one page share. */
  key: string;
}

interface Place extends PathLanguage {
  /** The address with the locale replaced by '*': the siblings of this place. */
  place: string;
}

/** All places in `url` that read like a locale, first ones first. */
function places(url: string): Place[] {
  const segments = url.split('/');
  const found: Place[] = [];
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (!last) {
      const lang = normalizeLanguage(segment);
      if (lang === '') return;
      const before = segments.slice(0, i).join('/');
      const key = [...segments.slice(0, i), ...segments.slice(i + 1)].join('/') || '/';
      found.push({ lang, key, place: `${before}/*/` });
      return;
    }
    const suffix = /^(.+)\.([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\.(html?)$/.exec(segment);
    const lang = suffix ? normalizeLanguage(suffix[2]!) : '';
    if (!suffix || lang === '') return;
    const folder = segments.slice(0, i).join('/');
    found.push({ lang, key: `${folder}/${suffix[1]!}.${suffix[3]!}`, place: `${folder}/*.${suffix[3]!}` });
  });
  return found;
}

/** Folders with fewer sibling locales than this are words ("it", "id"), unless their pages declare the language. */
const kSiblingsMin = 2;

export class PathLanguages {
  private readonly siblings = new Map<string, Set<string>>();

  /** @param urls all addresses of the site: a folder is a locale when others stand beside it. */
  constructor(urls: readonly string[]) {
    for (const url of urls) {
      for (const { place, lang } of places(url)) {
        let langs = this.siblings.get(place);
        if (!langs) this.siblings.set(place, (langs = new Set()));
        langs.add(lang);
      }
    }
  }

  /**
   * The locale in `url`; lang '' and the whole address when there is none.
   * @param declared the page's own language, '' when it declares none: a folder that agrees with it is a locale.
   * @param trusted take a folder that reads like a locale for one (--lang-from-path).
   */
  of(url: string, declared: string, trusted: boolean): PathLanguage {
    const found = places(url);
    const agreeing = found.find(({ lang }) => declared !== '' && primaryLanguage(lang) === primaryLanguage(declared));
    const sibling = found.find(({ place }) => (this.siblings.get(place)?.size ?? 0) >= kSiblingsMin);
    const chosen = agreeing ?? sibling ?? (trusted ? found[0] : undefined);
    return chosen ? { lang: chosen.lang, key: chosen.key } : { lang: '', key: url };
  }
}
