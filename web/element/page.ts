/** What the page says about its reader: language and direction. */

/** The language at `element`: its own, its nearest ancestor's, the document's, the browser's. */
export function pageLanguage(element: Element): string {
  const named = element.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang;
  return named || navigator.language || 'en';
}

const RTL = /^(ar|arc|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)\b/i;

/** The page's own direction, or that of its language where the page forgot to say. */
export function directionOf(element: Element, lang: string): 'ltr' | 'rtl' {
  return RTL.test(lang) || getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr';
}

const SEARCH: Readonly<Record<string, string>> = {
  ar: 'بحث', bg: 'Търсене', ca: 'Cerca', cs: 'Hledat', da: 'Søg', de: 'Suchen', el: 'Αναζήτηση', en: 'Search',
  es: 'Buscar', fa: 'جستجو', fi: 'Hae', fr: 'Rechercher', he: 'חיפוש', hi: 'खोजें', hu: 'Keresés', id: 'Cari',
  it: 'Cerca', ja: '検索', ko: '검색', nl: 'Zoeken', pl: 'Szukaj', pt: 'Pesquisar', ro: 'Căutare', ru: 'Поиск',
  sk: 'Hľadať', sv: 'Sök', th: 'ค้นหา', tr: 'Ara', uk: 'Пошук', vi: 'Tìm kiếm', zh: '搜索', 'zh-hant': '搜尋',
};

/** "Search" in `lang`, or in English. */
export function searchWord(lang: string): { text: string; lang: string } {
  const primary = lang.toLowerCase().split(/[-_]/)[0]!;
  const key = primary === 'zh' && /hant|tw|hk|mo/i.test(lang) ? 'zh-hant' : primary;
  const text = SEARCH[key];
  return text ? { text, lang } : { text: SEARCH.en!, lang: 'en' };
}
