#include "base/hash.h"

#include <catch2/catch_amalgamated.hpp>

using namespace crossglot;

TEST_CASE("FNV-1a gives its authors' numbers, of bytes above 127 too, and of bytes in parts") {
  CHECK(fnv1a("") == 0x811c9dc5u);
  CHECK(fnv1a("a") == 0xe40c292cu);
  CHECK(fnv1a("foobar") == 0xbf9cf968u);
  CHECK(fnv1a("\xff") == (0x811c9dc5u ^ 0xffu) * 16777619u);
  CHECK(fnv1a("bar", fnv1a("foo")) == fnv1a("foobar"));
}
