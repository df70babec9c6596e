/** Page titles without the site's name: "Install | My Docs" is searched and shown as "Install". */

const kSeparator = /\s+[|·•—–:»-]\s+(?=[^|·•—–:»]+$)/u;
/** The share of a language's pages that must carry a tail for it to be the site's name, and how many at least. */
const kShareMin = 0.5;
const kPagesMin = 3;

function tailOf(title: string): string {
  const at = kSeparator.exec(title);
  return at && at.index > 0 ? title.slice(at.index) : '';
}

/**
 * @param pages titles as <title> has them, and the content's first <h1>.
 * Returns a title a page, '' only where a page has neither.
 */
export function chooseTitles(pages: readonly { lang: string; title: string; h1: string }[]): string[] {
  const tails = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const { lang, title } of pages) {
    totals.set(lang, (totals.get(lang) ?? 0) + 1);
    const tail = tailOf(title);
    if (tail !== '') tails.set(`${lang}\t${tail}`, (tails.get(`${lang}\t${tail}`) ?? 0) + 1);
  }
  return pages.map(({ lang, title, h1 }) => {
    if (title === '') return h1;
    const tail = tailOf(title);
    const count = tails.get(`${lang}\t${tail}`) ?? 0;
    if (tail !== '' && count >= kPagesMin && count >= kShareMin * (totals.get(lang) ?? 0)) {
      return title.slice(0, title.length - tail.length);
    }
    // "Install | Docs" over <h1>Install</h1>, on a page that is alone with its tail.
    if (h1 !== '' && title.startsWith(h1) && kSeparator.test(title.slice(h1.length))) return h1;
    return title;
  });
}
