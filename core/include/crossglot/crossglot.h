/* crossglot/crossglot.h - the C interface of the core: open an index and search it.
 *
 * The module that a browser loads first exports exactly the functions declared here with CG_API (CMake reads the
 * names out of this file), and web/ checks the names against its own table. meaning.h has what others add.
 *
 * Ownership  The caller owns every buffer it passes in; the core copies what it keeps. Text that the core gives
 *            back (cg_text) belongs to the index and stays as it is until the next call on that index.
 * Threads    One thread at a time for one index.
 * Errors     cg_status: the numbers of base/result.h. cg_error_message() says the last error of an index in a
 *            sentence. Nothing throws; a broken precondition (a null handle) aborts.
 */
#ifndef CROSSGLOT_CROSSGLOT_H
#define CROSSGLOT_CROSSGLOT_H

#include <stddef.h>
#include <stdint.h>

#if defined(__EMSCRIPTEN__)
#  define CG_API __attribute__((used, visibility("default")))
#else
#  define CG_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define CG_ABI_VERSION 2

typedef int32_t cg_status; /* 0 is success; otherwise an ErrorCode of base/result.h */
typedef struct cg_index cg_index;

/* UTF-8, not terminated. */
typedef struct cg_text {
  const char* data;
  size_t size;
} cg_text;

/* CG_ABI_VERSION of the compiled core: a host checks it before any other call. */
CG_API uint32_t cg_abi_version(void);

/* Memory for arguments, for hosts outside the core's address space. Returns null when there is none. */
CG_API void* cg_alloc(size_t size);
CG_API void cg_free(void* memory);

/* An empty index, or null when memory is out. */
CG_API cg_index* cg_index_new(void);
CG_API void cg_index_delete(cg_index* index);

/* list: inflated bytes of a language's list (core/format/FORMAT.md). */
CG_API cg_status cg_add_language(cg_index* index, const uint8_t* list, size_t size);

/* name: as an answer's "needs" has it, UTF-8. bytes: the file's inflated content. */
CG_API cg_status cg_attach(cg_index* index, const char* name, size_t name_size, const uint8_t* bytes, size_t size);

/* A request is UTF-8 text of lines "key=value": query, lang, in (comma separated), filter (key:value, may repeat),
 * limit, sections, collapse, section_level, prefix, draft, text (0 or 1). In values "\n" and "\\" stand for a new
 * line and a backslash. Unknown keys and bad values are CG argument errors. out: for cg_search the answer as JSON
 * (web/protocol), of what is attached so far, and in "needs" the names of the files that it lacked: [] where it is
 * whole; for cg_stemmers a JSON array of strings. */
CG_API cg_status cg_search(cg_index* index, const char* request, size_t size, cg_text* out);
CG_API cg_status cg_stemmers(cg_index* index, cg_text* out);

/* The sentence that goes with the last status that was not 0. */
CG_API void cg_error_message(cg_index* index, cg_text* out);

#ifdef __cplusplus
}
#endif

#endif
