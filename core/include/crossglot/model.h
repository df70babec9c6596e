/* crossglot/model.h - the C interface for a site's model pack: a pack in, ordered by the site's own text, a pack out.
 * Only the indexer's wasm has it.
 *
 * Order      files of a pack (core/format/MODEL.md), open, documents in any order and number, write, files out.
 * Bytes      those that `crossglot model import PACK --documents ... --languages ...` writes natively.
 * Ownership  and errors are those of crossglot.h; what is given back belongs to the model until the next call on it.
 */
#ifndef CROSSGLOT_MODEL_H
#define CROSSGLOT_MODEL_H

#include "crossglot/crossglot.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cg_model cg_model;

CG_API cg_model* cg_model_new(void);
CG_API void cg_model_delete(cg_model* model);

/* A file of the pack as it is stored, by name; model.json is one of them. */
CG_API cg_status cg_model_add_file(cg_model* model, const char* name, size_t name_size, const uint8_t* bytes,
                                   size_t size);

/* Reads and checks the pack. Errors: a file is missing or broken, of a newer version, of another family. */
CG_API cg_status cg_model_open(cg_model* model);

/* Counts the pieces of whole lines of documents.jsonl; file_name and first_line are for messages.
 * Precondition of this and the next: cg_model_open gave 0. */
CG_API cg_status cg_model_count(cg_model* model, const char* jsonl, size_t size, const char* file_name,
                                size_t file_name_size, uint32_t first_line);

/* languages: tags with commas between; empty: rows of all scripts ship. Afterwards cg_model_file gives the files one
 * by one, in the order in which they should be written; returns 0 when `number` is past the last. */
CG_API cg_status cg_model_write(cg_model* model, const char* languages, size_t size);
CG_API int32_t cg_model_file(cg_model* model, uint32_t number, cg_text* name, cg_text* bytes);

CG_API void cg_model_error(cg_model* model, cg_text* out);

#ifdef __cplusplus
}
#endif

#endif
