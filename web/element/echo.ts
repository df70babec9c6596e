/**
 * Emphasis for headings: the core marks titles and excerpts, and a heading that holds the same words should not look
 * as if it did not.
 */
import type { Mark, SearchHit } from '../protocol/types.js';

const INSIDE_WORD = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that write no spaces: any place is a boundary there. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The words that the core marked anywhere in `hit`, in lower case, longest first. */
export function markedWords(hit: SearchHit): string[] {
  const words = new Set<string>();
  const collect = (text: string, marks: readonly Mark[]) => {
    for (const [begin, end] of marks) words.add(text.slice(begin, end).toLowerCase());
  };
  collect(hit.title, hit.titleMarks);
  for (const { excerpt, marks } of hit.sections) collect(excerpt, marks);
  words.delete('');
  return [...words].sort((a, b) => b.length - a.length);
}

/** Where `words` (longest first) stand as whole words in `text`. */
export function echo(text: string, words: readonly string[]): Mark[] {
  const lower = text.toLowerCase();
  // A few letters change their length in lower case; then offsets would not fit.
  if (lower.length !== text.length) return [];
  const joins = (a: string, b: string) => INSIDE_WORD.test(a) && INSIDE_WORD.test(b) && !UNSPACED.test(a + b);
  const marks: Mark[] = [];
  for (const word of words) {
    for (let begin = lower.indexOf(word); begin >= 0; begin = lower.indexOf(word, begin + 1)) {
      const end = begin + word.length;
      const cut = (at: number) => !joins(lower.charAt(at - 1), lower.charAt(at));
      if (cut(begin) && cut(end) && marks.every(([b, e]) => end <= b || begin >= e)) marks.push([begin, end]);
    }
  }
  return marks.sort(([a], [b]) => a - b);
}
