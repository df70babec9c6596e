/**
 * The C interface by name (core/include/crossglot/crossglot.h): a test compares this table with the header and with
 * what the shipped module exports.
 */
export const ABI_VERSION = 2;

/** Function name to its parameters' names, in order. */
export const FUNCTIONS = {
  cg_abi_version: '',
  cg_alloc: 'size',
  cg_free: 'memory',
  cg_index_new: '',
  cg_index_delete: 'index',
  cg_add_language: 'index list size',
  cg_attach: 'index name name_size bytes size',
  cg_search: 'index request size out',
  cg_stemmers: 'index out',
  cg_error_message: 'index out',
} as const;

export type Exports = Record<keyof typeof FUNCTIONS, (...args: number[]) => number> & {
  readonly memory: WebAssembly.Memory;
  readonly _initialize?: () => void;
};
