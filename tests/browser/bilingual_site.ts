/**
 * A site of made-up words in two languages, large enough that its index is cut into files: what is said in one is
 * said in the other, word for word, but for the pages that were never translated. The same every time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Syllables of a language; a word and its translation have the same numbers. */
const SYLLABLES = {
  en: ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'so', 'ti', 'vo', 'za', 'dor', 'fin', 'gal', 'hem', 'jur', 'pol'],
  fr: ['chou', 'gri', 'pla', 'vu', 'dre', 'quo', 'blu', 'fri', 'ste', 'nau', 'gna', 'cha', 'pru', 'sli', 'tro',
    'glo'],
} as const;
export type SiteLanguage = keyof typeof SYLLABLES;

/** These exist in English alone. */
export const UNTRANSLATED: readonly number[] = [7, 70];

const WORDS = 900;
const LINES = 20;

/** Word `number` in a language. Neighbours are unlike each other, and no word is short. */
export function wordOf(lang: SiteLanguage, number: number): string {
  const mixed = (number * 40503) % 65536;
  return [0, 4, 8, 12].map((shift) => SYLLABLES[lang][mixed >> shift & 15]).join('');
}

/** Numbers of the words in line `line` of page `page`; line 0 is the title. */
export function lineOf(page: number, line: number): number[] {
  const count = line === 0 ? 3 : 9;
  return Array.from({ length: count }, (_, place) =>
    (page * 131 + line * 517 + place * place * 77 + place * 29) % WORDS);
}

const sentence = (lang: SiteLanguage, page: number, line: number) =>
  lineOf(page, line).map((number) => wordOf(lang, number)).join(' ');

export function writeBilingualSite(folder: string, count: number): void {
  for (const lang of ['en', 'fr'] as const) {
    mkdirSync(join(folder, lang), { recursive: true });
    for (let page = 0; page < count; page++) {
      if (lang === 'fr' && UNTRANSLATED.includes(page)) continue;
      const lines = Array.from({ length: LINES }, (_, line) => `<p>${sentence(lang, page, line + 1)}.</p>`);
      writeFileSync(join(folder, lang, `${page}.html`), `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>${sentence(lang, page, 0)}</title>
<script type="module" src="../crossglot/ui.js"></script>
<crossglot-search></crossglot-search>
<main><h1>${sentence(lang, page, 0)}</h1>
${lines.join('\n')}</main></html>
`);
    }
  }
}

/** The title of a page, as a reader of `lang` would ask for it. */
export const titleOf = (lang: SiteLanguage, page: number): string => sentence(lang, page, 0);
