/** What extraction learns from one HTML file, before the site as a whole has been seen. */

/** Byte range [begin, end) of a section's text in another language than the page. */
export type Span = [begin: number, end: number, lang: string];

export interface Section {
  /** Fragment without '#'; '' is the top of the page. */
  anchor: string;
  /** 1 to 6; 0 for text before the first heading. */
  level: number;
  heading: string;
  /** One block element a line. */
  text: string;
  /** Text of preformatted blocks. */
  code: string;
  spans: Span[];
}

/** A link to another version or address of a page: resolved against the page, still with its host if it had one. */
export interface AlternateLink {
  lang: string;
  href: string;
}

export interface Head {
  /** The language that the file declares, normalised; '' when it declares none. */
  lang: string;
  dir: 'ltr' | 'rtl' | '';
  title: string;
  canonical: string;
  /** From <link rel=alternate hreflang>, then from anchors with hreflang. */
  alternates: AlternateLink[];
  noindex: boolean;
  /** Where a refresh stub leads; '' for ordinary pages. */
  redirect: string;
  filters: Record<string, string[]>;
}

export interface ExtractedPage extends Head {
  /** First heading of level 1 in the content; '' when there is none. */
  h1: string;
  /** Whether the file marks its content with data-pagefind-body. */
  marked: boolean;
  /** The language of the content element, when it differs from the file's: a page shown untranslated. */
  contentLang: string;
  weight: number;
  sections: Section[];
  /** Bytes that were not UTF-8 (or the declared encoding) were replaced. */
  brokenText: boolean;
}
