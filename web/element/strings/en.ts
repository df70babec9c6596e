import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Search the documentation',
  close: 'Close search',
  cancel: 'Cancel',
  clear: 'Clear',
  results: 'Results',
  count: { one: '{n} result', other: '{n} results' },
  start: 'Type a word, a phrase or a name',
  loading: 'Searching…',
  none: 'No results for “{query}”',
  noneHint: 'Check the spelling, or try fewer or more general words.',
  failed: 'Search is not available right now',
  failedHint: 'The search index could not be loaded. Check the connection and try again.',
  retry: 'Try again',
  corrected: 'Showing results for “{to}”',
  dropped: 'Not found: {words}',
  keyMove: 'to move',
  keyOpen: 'to open',
  keyClose: 'to close',
};

export default strings;
