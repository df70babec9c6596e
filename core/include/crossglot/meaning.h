/* crossglot/meaning.h - what the C interface of crossglot.h has beside it where a core ranks by meaning, too.
 *
 * The module that a page loads first searches words alone: it has none of this, and requests with the keys below are
 * errors there. The others are fed with a bundle's list of vectors as with its lists of languages, and from then on
 * answers need shards of vectors, too, which cg_attach takes.
 *
 * Request    vector  the query's vector: two hexadecimal digits a dimension, the numbers that cg_encode gives as
 *                    `bytes` (crossglot/encoder.h). Empty, or left out: words alone.
 *            mode    lexical, dense or hybrid (default). Without a vector every mode is lexical.
 *            draft   with a vector: needs one-bit codes and the shards that these say hold the best rows; the answer
 *                    is provisional.
 *            CG argument errors: other digits, and a vector of another size than the list's.
 * Ownership, threads and errors are those of crossglot.h.
 */
#ifndef CROSSGLOT_MEANING_H
#define CROSSGLOT_MEANING_H

#include "crossglot/crossglot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* list: inflated bytes of a list of vectors (core/format/FORMAT.md); an index takes one. */
CG_API cg_status cg_add_vectors(cg_index* index, const uint8_t* list, size_t size);

/* Whose vectors these are, or empty: a query encoded by another model must not meet them. */
CG_API void cg_vector_model(cg_index* index, cg_text* out);

#ifdef __cplusplus
}
#endif

#endif
