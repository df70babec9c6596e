/* crossglot/build.h - the C interface of the builder: documents in, bundle out. Only the indexer's wasm has it.
 *
 * Two steps (core/build/builder.h): cg_analyse turns lines of documents.jsonl into a segment, in any number of
 * workers; a cg_builder takes the segments in document order and gives the bundle's files.
 */
#ifndef CROSSGLOT_BUILD_H
#define CROSSGLOT_BUILD_H

#include "crossglot/crossglot.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cg_builder cg_builder;

CG_API cg_builder* cg_builder_new(void);
CG_API void cg_builder_delete(cg_builder* builder);

/* jsonl: whole lines. file_name: for messages. first_line: its number. keep_going: 0 or 1.
 * segment: bytes that belong to the builder until its next call; report: JSON
 * {"pages":n,"sections":n,"skipped":[{"line":n,"message":"..."}]}. */
CG_API cg_status cg_analyse(cg_builder* builder, const char* jsonl, size_t size, const char* file_name,
                            size_t file_name_size, uint32_t first_line, int32_t keep_going, cg_text* segment,
                            cg_text* report);

CG_API cg_status cg_builder_add(cg_builder* builder, const uint8_t* segment, size_t size);

/* What other documentation lends, before cg_builder_finish. A word table (build/seed.h): of several files, one that
 * came earlier knows better. file_name: for messages. Errors: input, naming file and line; the builder is spoilt. */
CG_API cg_status cg_builder_seed(cg_builder* builder, const char* text, size_t size, const char* file_name,
                                 size_t file_name_size);

/* Of the word tables only those count that readers in these languages need, as far as the site is not written in them
 * (Seed::keep_for). languages: as en,fr,ja; empty: all. */
CG_API void cg_builder_readers(cg_builder* builder, const char* languages, size_t size);

/* Means of queries (build/generic_means.h) for vectors of the model whose model.json that is. Errors: input, naming
 * file and line; argument: they are of another model. Then the builder is as before. */
CG_API cg_status cg_builder_means(cg_builder* builder, const char* text, size_t size, const char* file_name,
                                  size_t file_name_size, const char* model_json, size_t model_json_size);

/* Vectors, between the last cg_builder_add and cg_builder_finish; a builder that is not asked for them writes words
 * alone. The host reads and appends to the cache's file and runs the encoder (build/vector_work.h):
 *
 *   cg_builder_embed, cg_builder_read_cache..., cg_builder_missing, (cg_builder_text..., cg_builder_vectors)...
 *
 * model_json: the pack's model.json. plan: JSON {"model":"whose vectors the bundle's are",
 * "cache":"name of the file in the cache's folder","texts":n,"dimensions":n}. */
CG_API cg_status cg_builder_embed(cg_builder* builder, const char* model_json, size_t size, cg_text* plan);

/* The cache's file from its begin, in pieces of any size. */
CG_API void cg_builder_read_cache(cg_builder* builder, const uint8_t* bytes, size_t size);

/* The end of the cache. plan: JSON {"missing":n,"good":n}: texts to encode, and bytes of the file that stay; header:
 * what a file begins with of which none stay (build/model/vector_cache.h). */
CG_API void cg_builder_missing(cg_builder* builder, cg_text* plan, cg_text* header);

/* A text to encode, from 0 to missing - 1, with the prefix that the model wants; queries first, then long ones.
 * Returns 0 when `number` is past the last. */
CG_API int32_t cg_builder_text(cg_builder* builder, uint32_t number, cg_text* text);

/* vectors: int8[count][dimensions] of the texts from `first` on, as cg_encode gives them. records: what to append to
 * the cache's file, with one write. Precondition: as many are missing; before cg_builder_finish all of them are
 * given. */
CG_API void cg_builder_vectors(cg_builder* builder, uint32_t first, uint32_t count, const int8_t* vectors,
                               cg_text* records);
/* How much of the encoding is done, from 0 to 1: by the length of texts, not by their number. */
CG_API double cg_builder_share(cg_builder* builder);

/* report: JSON of build/builder.h's BuildReport, and of SeedReaders where cg_builder_readers was called:
 * "readers":{"with":["fr"],"without":["ar"]}. Afterwards cg_builder_file gives the files one by one, in the order in
 * which they should be written; returns 0 when `number` is past the last. */
CG_API cg_status cg_builder_finish(cg_builder* builder, cg_text* report);
CG_API int32_t cg_builder_file(cg_builder* builder, uint32_t number, cg_text* name, cg_text* bytes);

CG_API void cg_builder_error(cg_builder* builder, cg_text* out);

#ifdef __cplusplus
}
#endif

#endif
