/** Which table of the dialog's words a language has. The dialog holds English; each other is a file of its own. */
const TABLES = 'ar de es fa fr he it ja ko pt ru zh'.split(' ');

/** A well-formed tag as a locale; `iw` and its like get their newer names. */
export function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}

/** Name of the table for readers of `tag`; undefined: English. */
export function tableName(tag: string): string | undefined {
  const locale = localeOf(tag);
  if (!locale || !TABLES.includes(locale.language)) return undefined;
  return locale.maximize().script === 'Hant' ? 'zh-hant' : locale.language;
}
