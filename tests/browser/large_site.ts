/** A site of made-up words, large enough that its index is cut into several files. The same every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SYLLABLES = [
  'ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'ti', 'vo', 'za',
  'dor', 'fin', 'gal', 'hem', 'jur', 'pol',
];

/** xorshift32: numbers from 0 to 1 that do not depend on the machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** `count` pages in `folder`/en. Page n holds the word that markerOf(n) gives, and no other page does. */
export function writeLargeSite(folder: string, count: number, seed = 7): void {
  const random = randomNumbers(seed);
  const word = () => {
    // Squared: few syllable pairs are frequent, most words are rare.
    const number = Math.floor(random() ** 2 * 20000);
    return [number % 16, (number >> 4) % 16, (number >> 8) % 16, (number >> 12) % 16]
      .map((digit) => SYLLABLES[digit]).join('');
  };
  const sentence = () => `${Array.from({ length: 12 }, word).join(' ')}.`;
  mkdirSync(join(folder, 'en'), { recursive: true });
  for (let page = 0; page < count; page++) {
    const title = `Chapter ${page} ${word()}`;
    const text = Array.from({ length: 14 }, sentence).join(' ');
    writeFileSync(join(folder, 'en', `${page}.html`), `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title>
<main><h1>${title}</h1><p>${markerOf(page)} ${text}</p></main></html>
`);
  }
}

/** Made of letters only and far from the words of the text. */
export function markerOf(page: number): string {
  return `quixotic${[...String(page)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
}
