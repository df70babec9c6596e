/** Lines of text as numbers: to see which lines two versions of a page share without holding both texts. */

/** Shorter lines ("OK", "Name") are the same in many languages and tell nothing. */
const kCharactersMin = 20;
const kWordsMin = 3;

/** FNV-1a over UTF-16 code units; null for lines that tell nothing about translation. */
export function lineHash(line: string): number | null {
  if (line.length < kCharactersMin) return null;
  let words = 1;
  let hash = 0x811c9dc5;
  for (let i = 0; i < line.length; i++) {
    const unit = line.charCodeAt(i);
    if (unit === 0x20) words++;
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  return words < kWordsMin ? null : hash >>> 0;
}
