/** One code per way to fail; the numbers of core/base/result.h and what only the browser side can meet. */
export type SearchErrorCode =
  | 'argument' // the caller's words are off
  | 'input' // a file of the site's is broken or of a kind that is not read here: a document, a model
  | 'corrupt' // bytes of the bundle fail validation
  | 'version' // the bundle and the code that reads it do not belong together
  | 'missing' // a file that the bundle names is not there
  | 'memory'
  | 'network' // no answer, or one that is an error
  | 'aborted' // by the caller's signal, or by close()
  | 'unsupported'; // the browser, or a policy of the page, lacks what a search needs

/** What every call of the public API fails with. `code` is stable, `message` is a sentence for a person. */
export class SearchError extends Error {
  readonly code: SearchErrorCode;

  constructor(code: SearchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SearchError';
    this.code = code;
  }
}

/** Index: ErrorCode of core/base/result.h, which is also the C interface's cg_status. */
const CODE_OF_STATUS: readonly (SearchErrorCode | undefined)[] = [
  undefined, 'argument', 'input', 'corrupt', 'version', 'version', 'missing', 'memory', 'network',
];

/** The code that goes with a cg_status other than 0; a number from a later core is 'version'. */
export function errorCodeOfStatus(status: number): SearchErrorCode {
  return CODE_OF_STATUS[status] ?? 'version';
}

/** Anything thrown, as a SearchError: `code` is for what is not one yet. One of another script's class is one, too. */
export function asSearchError(thrown: unknown, code: SearchErrorCode): SearchError {
  if ((thrown as Partial<SearchError> | undefined)?.name === 'SearchError') return thrown as SearchError;
  return new SearchError(code, thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
