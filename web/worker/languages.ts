/** Which of a bundle's languages to load for a reader, and which to try where those have nothing. */

/** The tag of `available` that serves a reader of `wanted` best (RFC 4647 lookup, then any region), or undefined. */
export function bestMatch(wanted: string, available: readonly string[]): string | undefined {
  const byTag = new Map(available.map((tag) => [tag.toLowerCase(), tag]));
  const subtags = wanted.toLowerCase().replaceAll('_', '-').split('-');
  for (let length = subtags.length; length > 0; length--) {
    const found = byTag.get(subtags.slice(0, length).join('-'));
    if (found) return found;
  }
  // Chinese without a region, or with one that the site lacks: the same script reads easier.
  const script = chineseScript(subtags);
  const related = available.filter((tag) => tag.toLowerCase().split('-')[0] === subtags[0]);
  return related.find((tag) => script && chineseScript(tag.toLowerCase().split('-')) === script) ?? related[0];
}

function chineseScript(subtags: readonly string[]): string | undefined {
  if (subtags[0] !== 'zh') return undefined;
  return subtags.some((subtag) => ['hant', 'tw', 'hk', 'mo'].includes(subtag)) ? 'hant' : 'hans';
}

const SCRIPTS: readonly (readonly [pattern: RegExp, primaries: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh ja yue ko'],
  [/\p{Script=Cyrillic}/u, 'ru uk bg be sr mk kk mn ky tg'],
  [/\p{Script=Arabic}/u, 'ar fa ur ckb ps'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he iw yi'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Devanagari}/u, 'hi mr ne'],
];

/** Not more lists than this are loaded for a query that the reader's language has no answer to. */
const OTHERS_MAX = 6;

/**
 * Languages to try for `query`, likeliest first: those written in its script, unless that is the reader's own, and
 * among equals those the reader's browser names, then English.
 */
export function likelyLanguages(
  query: string, available: readonly string[], browser: readonly string[] = [], reader = '',
): string[] {
  const primary = (tag: string) => tag.toLowerCase().split(/[-_]/)[0]!;
  let writers = SCRIPTS.find(([pattern]) => pattern.test(query))?.[1].split(' ') ?? [];
  if (writers.includes(primary(reader))) writers = [];
  const known = [...browser.map(primary), 'en'];
  const rank = (tag: string) => {
    const inScript = writers.includes(primary(tag)) ? 0 : 100;
    const place = known.indexOf(primary(tag));
    return inScript + (place < 0 ? known.length : place);
  };
  // The sort is stable: equals keep the bundle's order.
  return [...available].sort((a, b) => rank(a) - rank(b)).slice(0, OTHERS_MAX);
}
