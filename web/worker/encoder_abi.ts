/**
 * The encoder's C interface by name (core/include/crossglot/encoder.h): a test compares this table with the header
 * and with what the shipped modules export.
 */
export const ENCODER_ABI_VERSION = 1;

/** Function name to its parameters' names, in order. */
export const ENCODER_FUNCTIONS = {
  cg_encoder_abi_version: '',
  cg_encoder_alloc: 'size',
  cg_encoder_free: 'memory',
  cg_encoder_new: 'pieces_max',
  cg_encoder_delete: 'encoder',
  cg_encoder_add_tokenizer: 'encoder bytes size sha256',
  cg_encoder_add_rows: 'encoder bytes size sha256',
  cg_encoder_add_layers: 'encoder bytes size sha256',
  cg_encoder_ready: 'encoder',
  cg_encoder_add_page: 'encoder page bytes size',
  cg_encoder_page_count: 'encoder',
  cg_encoder_page_file: 'encoder page name',
  cg_encoder_first_pages: 'encoder',
  cg_encoder_pieces: 'encoder text size out',
  cg_encoder_needs: 'encoder text size out',
  cg_encode: 'encoder text size vector bytes',
  cg_encoder_dimensions: 'encoder',
  cg_encoder_kernels: 'encoder out',
  cg_encoder_error: 'encoder out',
} as const;

export type EncoderExports = Record<keyof typeof ENCODER_FUNCTIONS, (...args: number[]) => number> & {
  readonly memory: WebAssembly.Memory;
};
