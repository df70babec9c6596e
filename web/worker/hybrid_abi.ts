/**
 * What the hybrid core exports beside the functions of abi.ts (core/include/crossglot/meaning.h): a test compares this
 * table with the header and with the shipped module.
 */
import type { Exports } from './abi.js';

/** Function name to its parameters' names, in order. */
export const MEANING_FUNCTIONS = {
  cg_add_vectors: 'index list size',
  cg_vector_model: 'index out',
} as const;

export type HybridExports = Exports & Record<keyof typeof MEANING_FUNCTIONS, (...args: number[]) => number>;
