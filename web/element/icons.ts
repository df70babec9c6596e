/** Path data for dom.ts icon(). */
export const SEARCH = 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5';
export const PAGE = 'M6.5 3.5h7l4 4v13h-11ZM13.5 3.5v4h4M9.5 12h5M9.5 15.5h5';
export const HASH = 'M10 4.5 8 19.5M16 4.5l-2 15M5 9.5h14.5M4.5 14.5H19';
export const ENTER = 'M19 6v6a2 2 0 0 1-2 2H6M9.5 10.5 6 14l3.5 3.5';
export const CLEAR = 'M7 7l10 10M17 7 7 17';
export const NOTHING =
  'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5l5 5M8.3 8.3l4.4 4.4M12.7 8.3l-4.4 4.4';
export const FAILED = 'M12 4 21 19.5H3ZM12 10v4.5M12 17v.2';
