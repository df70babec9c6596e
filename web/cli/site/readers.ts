/** `--languages`: what the readers of a site ask in. */
import { CommandError, exitInput } from '../errors.js';
import { normalizeLanguage } from '../extract/language.js';
import { type Parsed, text } from '../options.js';

/** Languages of `--languages`; none: all, null: it does not say. @throws {CommandError} naming what is no tag. */
export function readersOf({ values }: Parsed): string[] | null {
  const tags = text(values, 'languages').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  if (tags.length === 0) return null;
  return tags.includes('all') ? [] : tags.map((tag) => {
    const lang = normalizeLanguage(tag);
    if (lang === '') throw new CommandError(exitInput, `--languages ${tag}: is not a language tag`);
    return lang;
  });
}
