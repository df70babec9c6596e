// What the core knows about languages by their tag.
#include "text/language.h"

#include <catch_amalgamated.hpp>

#include "text/stemmer.h"

using namespace crossglot;

TEST_CASE("Tags come out in their usual spelling, malformed ones not at all") {
  CHECK(normalize_language("zh_cn") == "zh-CN");
  CHECK(normalize_language("EN-us") == "en-US");
  CHECK(normalize_language("sr_latn") == "sr-Latn");
  CHECK(normalize_language("ZH-HANT-tw") == "zh-Hant-TW");
  CHECK(normalize_language("es-419") == "es-419");
  CHECK(normalize_language("de-x-AB") == "de-x-ab");
  for (const char* bad :
       {"", "e", "-en", "en-", "en--US", "en US", "verylonglanguage", "französisch", "12", "../en"}) {
    INFO(bad);
    CHECK(normalize_language(bad) == "");
  }
  CHECK(normalize_language(std::string(10000, 'a')) == "");
}

TEST_CASE("The primary language replaces older names") {
  CHECK(primary_language("fr-FR") == "fr");
  CHECK(primary_language("iw") == "he");
  CHECK(primary_language("in-ID") == "id");
  CHECK(primary_language("PT_br") == "pt");
  CHECK(primary_language("") == "");
}

TEST_CASE("Every algorithm that a language names is linked in") {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  for (const char* tag :
       {"ar", "hy", "eu", "ca", "da", "nl", "en", "fi", "fr", "de", "el", "hi", "hu", "id", "ga", "it",
        "lt", "ne", "nb", "nn", "no", "pt", "ro", "ru", "sr", "es", "sv", "ta", "tr", "yi", "ms"}) {
    INFO(tag);
    REQUIRE(stemmer_algorithm(tag) != "");
    std::string stem = "untouched";
    CHECK(stemmer->stem(stemmer_algorithm(tag), "word", stem));
    CHECK(stem != "untouched");
  }
  std::string stem = "untouched";
  CHECK_FALSE(stemmer->stem("klingon", "word", stem));
  CHECK(stem == "untouched");
  CHECK(stemmer_algorithm("fr-CA") == "french");
  CHECK(stemmer_algorithm("ja") == "");
}

TEST_CASE("A language needs its own algorithm, and English beside it when its script is not Latin") {
  using Names = std::vector<std::string_view>;
  CHECK(stemmer_algorithms("fr") == Names{"french"});
  CHECK(stemmer_algorithms("ru") == Names{"russian", "english"});
  CHECK(stemmer_algorithms("ja") == Names{"english"});
  CHECK(stemmer_algorithms("sr-Latn") == Names{"serbian"});
  CHECK(stemmer_algorithms("pl").empty());
  CHECK(stemmer_algorithms("") == Names{"english"});
  CHECK(stemmer_algorithm_for("uk", Script::kCyrillic) == "");
  CHECK(stemmer_algorithm_for("uk", Script::kLatin) == "english");
  CHECK(stemmer_algorithm_for("en", Script::kCyrillic) == "");
}

TEST_CASE("Direction follows the script subtag, then the language") {
  CHECK(text_direction("ar-MA") == "rtl");
  CHECK(text_direction("fa") == "rtl");
  CHECK(text_direction("iw") == "rtl");
  CHECK(text_direction("pa-Arab-PK") == "rtl");
  CHECK(text_direction("ku_arab") == "rtl");
  CHECK(text_direction("az-Latn") == "ltr");
  CHECK(text_direction("ur-Latn") == "ltr");
  CHECK(text_direction("en") == "ltr");
  CHECK(text_direction("") == "ltr");
}
