/* One Snowball algorithm as a module of its own: the browser's core reaches it through its host (host_stemmer.cpp).
 *
 * Compiled once per algorithm with CG_ALGORITHM set to its name; the host writes a word into the buffer, calls
 * cg_stem with its length and reads the stem from the same place.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "api.h"

#define CG_JOIN2(a, b, c) a##b##c
#define CG_JOIN(a, b, c) CG_JOIN2(a, b, c)
#define CG_CREATE CG_JOIN(, CG_ALGORITHM, _UTF_8_create_env)
#define CG_STEM CG_JOIN(, CG_ALGORITHM, _UTF_8_stem)

extern struct SN_env* CG_CREATE(void);
extern int CG_STEM(struct SN_env*);

/* Longer than any token of the core (text/analyzer.h, kTokenBytesMax). */
enum { kCapacity = 256 };
static char buffer[kCapacity];

#define CG_EXPORT __attribute__((used, visibility("default")))

CG_EXPORT void* cg_stem_buffer(void) {
  return buffer;
}
CG_EXPORT uint32_t cg_stem_capacity(void) {
  return kCapacity;
}

/* Length of the stem that replaced buffer[0, size), or -1. */
CG_EXPORT int32_t cg_stem(uint32_t size) {
  static struct SN_env* env;
  if (env == NULL) env = CG_CREATE();
  if (env == NULL || size > kCapacity) return -1;
  if (SN_set_current(env, (int)size, (const symbol*)buffer) != 0) return -1;
  if (CG_STEM(env) < 0 || env->l < 0 || env->l > kCapacity) return -1;
  memcpy(buffer, env->p, (size_t)env->l);
  return env->l;
}
