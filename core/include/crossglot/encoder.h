/* crossglot/encoder.h - the C interface of the encoder: a text to its vector, from a model pack.
 *
 * A module of its own (crossglot-encoder.wasm, and crossglot-encoder-relaxed.wasm with relaxed SIMD): a page that
 * searches by words alone never loads it. Both give the same bits. A host compiles the relaxed one first and takes
 * the other where that fails, which is where the engine does not know relaxed SIMD; an engine that knows it but
 * computes it wrongly is found out when the module starts, and gets the plain kernels (cg_encoder_kernels says
 * which).
 *
 * Files      of a model pack (core/format/MODEL.md), inflated, in any order but for the encoder files, which keep
 *            their own: tokenizer, table of rows, encoder files, and pages of rows as texts need them.
 * Ownership  The caller owns every buffer it passes in; the core copies what it keeps. What the core gives back
 *            belongs to the encoder and stays as it is until the next call on that encoder.
 * Threads    One thread at a time for one encoder.
 * Errors     cg_status: the numbers of base/result.h. cg_encoder_error() says the last one in a sentence. A call that
 *            fails leaves the encoder as it was. Nothing throws; a broken precondition aborts.
 */
#ifndef CROSSGLOT_ENCODER_H
#define CROSSGLOT_ENCODER_H

#include "crossglot/crossglot.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CG_ENCODER_ABI_VERSION 1

typedef struct cg_encoder cg_encoder;

typedef struct cg_numbers {
  const uint32_t* data;
  size_t size;
} cg_numbers;

/* CG_ENCODER_ABI_VERSION of the compiled core: a host checks it before any other call. */
CG_API uint32_t cg_encoder_abi_version(void);

/* Memory for arguments, for hosts outside the core's address space. Returns null when there is none. */
CG_API void* cg_encoder_alloc(size_t size);
CG_API void cg_encoder_free(void* memory);

/* pieces_max: longer texts are cut to it, or to the model's own limit. Memory grows with it: 13 KB a piece. */
CG_API cg_encoder* cg_encoder_new(uint32_t pieces_max);
CG_API void cg_encoder_delete(cg_encoder* encoder);

/* sha256: 32 bytes that the content must have as its hash, as model.json names them; null: the host has seen to it.
 */
CG_API cg_status cg_encoder_add_tokenizer(cg_encoder* encoder, const uint8_t* bytes, size_t size,
                                          const uint8_t* sha256);
CG_API cg_status cg_encoder_add_rows(cg_encoder* encoder, const uint8_t* bytes, size_t size, const uint8_t* sha256);
CG_API cg_status cg_encoder_add_layers(cg_encoder* encoder, const uint8_t* bytes, size_t size, const uint8_t* sha256);

/* 1 when everything but pages is there, else 0. The calls below are preconditioned on it, but for cg_encoder_pieces,
 * which needs the tokenizer alone: another engine can take its pieces from here. */
CG_API int32_t cg_encoder_ready(cg_encoder* encoder);

/* The hash is the table's. */
CG_API cg_status cg_encoder_add_page(cg_encoder* encoder, uint32_t page, const uint8_t* bytes, size_t size);

/* The file of a page: 0 when the table has no such page, or the site does without it; else the size of the file, and
 * its name. Pages are numbered from 0 to cg_encoder_page_count - 1, those wanted first first. */
CG_API uint32_t cg_encoder_page_count(cg_encoder* encoder);
CG_API uint32_t cg_encoder_page_file(cg_encoder* encoder, uint32_t page, cg_text* name);
/* How many pages hold the pieces of the site's own text, from page 0 on; 0 where the pack knows no site. */
CG_API uint32_t cg_encoder_first_pages(cg_encoder* encoder);

/* text: UTF-8 with its prefix ("query: "), of any size; an invalid byte counts as U+FFFD.
 * cg_encoder_pieces and cg_encoder_needs give uint32 each: the text's pieces, begin and end included, and the numbers
 * of the pages to add before cg_encode can encode it. */
CG_API cg_status cg_encoder_pieces(cg_encoder* encoder, const char* text, size_t size, cg_numbers* out);
CG_API cg_status cg_encoder_needs(cg_encoder* encoder, const char* text, size_t size, cg_numbers* out);

/* vector: cg_encoder_dimensions floats of length 1. bytes, where not null: the same as int8 (embed/encoder.h,
 * quantise_vector). Errors: kMissing while a page is. */
CG_API cg_status cg_encode(cg_encoder* encoder, const char* text, size_t size, const float** vector,
                           const int8_t** bytes);
CG_API uint32_t cg_encoder_dimensions(cg_encoder* encoder);

/* The kernel variant that runs: "wasmrelaxed", "wasm128", ... */
CG_API void cg_encoder_kernels(cg_encoder* encoder, cg_text* out);

/* The sentence that goes with the last status that was not 0. */
CG_API void cg_encoder_error(cg_encoder* encoder, cg_text* out);

#ifdef __cplusplus
}
#endif

#endif
