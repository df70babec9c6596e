/** The dialog's words: which table serves a language, and how counts and names are said in it. */
import { de, en, es, fr, it, pt } from './latin.js';
import { ar, fa, he, ja, ko, ru, zh, zhHant } from './other.js';
import type { Strings } from './table.js';

const TABLES: Readonly<Record<string, Strings>> = { ar, de, en, es, fa, fr, he, it, ja, ko, pt, ru, zh };

/** Words for one interface language. */
export class Phrases {
  /** The language they are in: the wanted one, or English. */
  readonly lang: string;
  readonly strings: Strings;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;

  constructor(wanted: string) {
    const locale = localeOf(wanted);
    const table = locale && TABLES[locale.language];
    this.lang = table ? locale.toString() : 'en';
    this.strings = table ? (locale.maximize().script === 'Hant' ? zhHant : table) : en;
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

/** A well-formed tag as a locale; `iw` and its like get their newer names. */
export function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return undefined;
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
