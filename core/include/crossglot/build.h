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

/* report: JSON of build/builder.h's BuildReport. Afterwards cg_builder_file gives the files one by one, in the
 * order in which they should be written; returns 0 when `number` is past the last. */
CG_API cg_status cg_builder_finish(cg_builder* builder, cg_text* report);
CG_API int32_t cg_builder_file(cg_builder* builder, uint32_t number, cg_text* name, cg_text* bytes);

CG_API void cg_builder_error(cg_builder* builder, cg_text* out);

#ifdef __cplusplus
}
#endif

#endif
