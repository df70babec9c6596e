#include "base/check.h"

#include <cstdlib>

#if !defined(__EMSCRIPTEN__)
#  include <cstdio>
#endif

namespace crossglot {

void check_failed([[maybe_unused]] const char* condition, [[maybe_unused]] const char* file,
                  [[maybe_unused]] int line) {
#if !defined(__EMSCRIPTEN__)
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
#endif
  std::abort();
}

}  // namespace crossglot
