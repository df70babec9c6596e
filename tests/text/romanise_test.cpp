#include "text/romanise.h"

#include <catch_amalgamated.hpp>

namespace crossglot {
namespace {

TEST_CASE("a name has one key in every alphabet") {
  for (const char* tokyo : {"tokyo", "tōkyō", "токио", "τόκιο", "도쿄"}) {
    CAPTURE(tokyo);
    CHECK(script_free_key(tokyo) == "tokio");
  }
  CHECK(script_free_key("fischer") != script_free_key("фишка"));
  CHECK(script_free_key("gibson") == script_free_key("гибсон"));
  CHECK(script_free_key("gamma") == script_free_key("γαμμα"));
  CHECK(script_free_key("roman") == script_free_key("로만"));
}

TEST_CASE("what is no word of one alphabet has no key") {
  for (const char* word : {"", "東京", "utf-8", "x2", "pdfфайл", "طوكيو", "\xff"}) {
    CAPTURE(word);
    CHECK(script_free_key(word).empty());
  }
}

}  // namespace
}  // namespace crossglot
