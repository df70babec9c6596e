/**
 * The C interface by name: what crossglot.h, meaning.h, build.h and model.h declare with CG_API.
 * A test holds this table, the headers and the modules' exports against each other.
 */

/** Pointers and sizes are offsets in the module's memory. */
type Call = (...numbers: number[]) => number;

export const kQueryExports = [
  'cg_abi_version', 'cg_alloc', 'cg_free', 'cg_index_new', 'cg_index_delete', 'cg_add_language', 'cg_attach',
  'cg_search', 'cg_stemmers', 'cg_error_message',
] as const;

export const kMeaningExports = ['cg_add_vectors', 'cg_vector_model'] as const;

export const kBuildExports = [
  'cg_builder_new', 'cg_builder_delete', 'cg_analyse', 'cg_builder_add', 'cg_builder_seed', 'cg_builder_readers',
  'cg_builder_means', 'cg_builder_embed', 'cg_builder_read_cache',
  'cg_builder_missing', 'cg_builder_text', 'cg_builder_vectors', 'cg_builder_share', 'cg_builder_finish',
  'cg_builder_file', 'cg_builder_error',
] as const;

export const kModelExports = [
  'cg_model_new', 'cg_model_delete', 'cg_model_add_file', 'cg_model_open', 'cg_model_count', 'cg_model_write',
  'cg_model_file', 'cg_model_error',
] as const;

export const kAbiVersion = 2;

type Name = (typeof kQueryExports)[number] | (typeof kMeaningExports)[number] | (typeof kBuildExports)[number]
  | (typeof kModelExports)[number];

export type CoreExports = Record<Name, Call> & {
  readonly memory: WebAssembly.Memory;
  readonly _initialize?: () => void;
};
