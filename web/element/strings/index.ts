/** The dialog's words: which table serves a language, and how counts and names are said in it. */
import en from './en.js';
import { localeOf } from './names.js';
import type { Strings } from './table.js';

/** Words for one interface language. */
export class Phrases {
  /** The language they are in: the wanted one, or English. */
  readonly lang: string;
  readonly strings: Strings;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;

  /** `table`: that of the wanted language (tableName()); undefined: English speaks for it. */
  constructor(wanted: string, table?: Strings) {
    this.lang = table ? localeOf(wanted)!.toString() : 'en';
    this.strings = table ?? en;
    this.#plural = new Intl.PluralRules(this.lang);
    this.#number = new Intl.NumberFormat(this.lang);
  }

  count(n: number): string {
    const forms = this.strings.count;
    return fill(forms[this.#plural.select(n)] ?? forms.other, { n: this.#number.format(n) });
  }

  /** The name of language `tag` for people who read this one. */
  nameOf(tag: string): string {
    return languageName(tag, this.lang);
  }
}

/** The name that speakers of `tag` give their language, as a word that stands alone. */
export function ownName(tag: string): string {
  const name = languageName(tag, tag);
  const [first = ''] = name;
  return first.toLocaleUpperCase(localeOf(tag)?.toString()) + name.slice(first.length);
}

function languageName(tag: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader, 'en'], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Whether a reader of one language reads the other without noticing: the same language in the same script. */
export function sameLanguage(a: string, b: string): boolean {
  const left = localeOf(a)?.maximize();
  const right = localeOf(b)?.maximize();
  return left !== undefined && left.language === right?.language && left.script === right.script;
}

/** `text` with each {key} replaced. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
