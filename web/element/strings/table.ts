/** Sentences of the dialog in one language. Words in braces are replaced. */
export interface Strings {
  readonly placeholder: string;
  readonly close: string;
  /** The close button of the full-height sheet on small screens. */
  readonly cancel: string;
  readonly clear: string;
  /** Label of the list of results. */
  readonly results: string;
  /** By Intl.PluralRules category; {n} is the formatted number. */
  readonly count: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
  readonly start: string;
  readonly loading: string;
  /** {query} */
  readonly none: string;
  readonly noneHint: string;
  readonly failed: string;
  readonly failedHint: string;
  readonly retry: string;
  /** {to}: the spelling that was searched. */
  readonly corrected: string;
  /** {words}: words of the query that no row holds. */
  readonly dropped: string;
  /** What the keys in the footer do. */
  readonly keyMove: string;
  readonly keyOpen: string;
  readonly keyClose: string;
}
