// Names, flags, paths, versions and hyphenated words: the whole, its parts, and what is only punctuation.
#include <catch_amalgamated.hpp>

#include "text/describe.h"

using namespace crossglot;

namespace {

struct Example {
  std::string text;
  std::string tokens;
};

void check_all(std::string_view language, const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    INFO(example.text);
    CHECK(describe(analyze(language, example.text)) == example.tokens);
  }
}

std::string positions(std::string_view language, std::string_view text) {
  return describe(analyze(language, text), true);
}

bool share_stem(std::string_view language, std::string_view a, std::string_view b) {
  return analyze(language, a)[0].stem == analyze(language, b)[0].stem;
}

}  // namespace

TEST_CASE("Identifiers are found whole and in parts") {
  check_all("en", {
                      {"fooBar", "!foobar +foo +bar"},
                      {"foo_bar", "!foo_bar/foobar +foo +bar"},
                      {"a.b.c", "!a.b.c/abc +a +b +c"},
                      {"XMLHttpRequest", "!xmlhttprequest +xml +http +request"},
                      {"base64Encode", "!base64encode +base64 +encode/encod"},
                      {"foo.barBaz", "!foo.barbaz/foobarbaz +foo +barbaz +bar +baz"},
                      {"@scope/x", "!@scope/x/scopex +scope +x"},
                      {"std::vector<int>", "!std::vector/stdvector +std +vector int"},
                      {"Ctrl+K", "!ctrl+k/ctrlk +ctrl +k"},
                      {"C:\\Users\\x", "c !users\\x/usersx +users/user +x"},
                      {"user@example.com", "!user@example.com/userexamplecom +user +example/exampl +com"},
                      {"node_modules/.bin", "!node_modules/.bin/nodemodulesbin +node +modules/modul +bin"},
                  });
}

TEST_CASE("Prefixes and suffixes belong to their names") {
  check_all("en", {
                      {"--max-old-space-size", "!--max-old-space-size/maxoldspaces +max +old +space +size"},
                      {"-x", "!-x/x"},
                      {"--verbose", "!--verbose/verbos"},
                      {"C++", "!c++"},
                      {"C#, F#.", "!c# !f#"},
                      {"Notepad++", "!notepad++ +notepad"},
                      {".NET", "!.net/net"},
                      {"$HOME", "!$home/home"},
                      {"#include <x.h>", "!#include/includ !x.h/xh +x +h"},
                      {"~/.bashrc", "bashrc"},
                      {"/etc/passwd", "!/etc/passwd/etcpasswd +etc +passwd"},
                      {"__init__", "!__init__/init"},
                      {"=SUM(A1:B2)", "sum !a1:b2/a1b2 +a1 +b2"},
                  });
}

TEST_CASE("Numbers, versions and codes keep their inner punctuation") {
  check_all("en", {
                      {"HTTP 404", "http #404"},
                      {"error E0277.", "error !e0277"},
                      {"3.11", "#3.11"},
                      {"1,000.50", "#1,000.50"},
                      {"1.000,50", "#1.000,50"},
                      {"v1.2.3", "!v1.2.3 +1.2.3"},
                      {"UTF-8", "!utf-8/utf8 +utf +8"},
                      {"x86_64", "!x86_64/x8664 +x86 +64"},
                      {"2024-01-15", "#2024-01-15 +2024 +01 +15"},
                      {"10:30", "#10:30 +10 +30"},
                      {"localhost:8080", "!localhost:8080/localhost8080 +localhost +8080"},
                      {"-5", "#5"},
                      {"50%", "#50"},
                      {"$5", "#5"},
                  });
}

TEST_CASE("Files, paths and addresses") {
  check_all("en", {
                      {"file.txt", "!file.txt/filetxt +file +txt"},
                      {"path/to/file", "!path/to/file/pathtofil +path +to +file"},
                      {"src/main.cpp", "!src/main.cpp/srcmaincpp +src +main +cpp"},
                      {"https://example.com/a_b?x=1",
                       "https !example.com/a_b/examplecomab +example/exampl +com +a +b x #1"},
                  });
}

TEST_CASE("Punctuation between words makes no identifier") {
  check_all("en", {
                      {"the end.Next one", "the end next one"},
                      {"and/or", "and or"},
                      {"e.g. this", "e.g/eg this"},
                      {"U.S.A.", "u.s.a/usa"},
                      {"wait...what", "wait what"},
                      {"yes—no–maybe", "yes no maybe/mayb"},
                      {"a, b; c: d", "a b c d"},
                      {"(see below)", "see below"},
                      {"\"quoted\" 'single' `code`", "quoted/quot single/singl code"},
                      {"Note:this", "note this"},
                      {"URLs, PDFs and IPv6", "urls/url pdfs and !ipv6"},
                      {"1/2 3+4", "#1 #2 #3 #4"},
                      {"++ -- => && ... #", ""},
                  });
  check_all("de", {{"Es kostet 1,5 Mio.Euro", "es kostet #1,5 !mio.euro/mioeuro +mio +euro"}});
  check_all("fr", {{"l'homme, d'abord", "homme/homm abord"}, {"est-ce", "est-ce/estce +est +ce"}});
}

TEST_CASE("Hyphenated words are words with parts") {
  check_all("en", {
                      {"well-known", "well-known/wellknown +well +known"},
                      {"project\u2011list", "project-list/projectlist +project +list"},
                      {"mother-in-law's", "mother-in-law/motherinlaw +mother +in +law"},
                  });
}

TEST_CASE("Spellings of one name share a stem") {
  CHECK(share_stem("en", "e-mail", "email"));
  CHECK(share_stem("en", "UTF-8", "utf8"));
  CHECK(share_stem("en", "foo_bar", "fooBar"));
  CHECK(share_stem("en", "foo-bar", "foobar"));
  CHECK(share_stem("en", "U.S.A.", "USA"));
  CHECK(share_stem("en", "--verbose", "verbose"));
  CHECK(share_stem("en", "LibreOffice", "libreoffice"));
  CHECK(share_stem("en", "--max-old-space-size", "max-old-space-size"));
  CHECK(share_stem("en", "TCP/IP", "tcpip"));
  CHECK_FALSE(share_stem("en", "C++", "C"));
  CHECK_FALSE(share_stem("en", "C#", "C++"));
  CHECK_FALSE(share_stem("en", "3.11", "311"));
  CHECK_FALSE(share_stem("en", "1.5", "15"));
}

TEST_CASE("Parts have consecutive positions, so that phrases are found in names") {
  CHECK(positions("en", "a project-list here") == "a@0 project-list/projectlist@1 +project@1 +list@2 here@3");
  CHECK(positions("en", "std::vector is") == "!std::vector/stdvector@0 +std@0 +vector@1 is@2");
  CHECK(positions("en", "fooBar.bazQux x") ==
        "!foobar.bazqux/foobarbazqux@0 +foobar@0 +foo@0 +bar@1 +bazqux@2 +baz@2 +qux@3 x@4");
  CHECK(positions("ja", "東京都 x") == "東京@0 京都@1 都@2 x@3");
  CHECK(positions("ko", "설정을 저장") == "설정을/설정@0 +정을@0 저장@1");
}

TEST_CASE("Invisible characters do not cut words") {
  check_all("en", {
                      {"co\u00ADop\u200Berate", "cooperate/cooper"},
                      {"foo\u2060bar \u202Aword\u202C \uFEFFfirst", "foobar word first"},
                      {"\uFF21\uFF42\uFF43 \uFB01le 50\u338F", "abc file !50kg"},
                      {"Java\u2122 and Windows\u00AE", "java and windows/window"},
                  });
}

TEST_CASE("Clitics are cut where their language has them") {
  check_all("fr", {{"qu'aujourd'hui l’été", "aujourdhui été/ete"}});
  check_all("it", {{"dell’arte un’altra", "arte altra"}});
  check_all("tr", {{"Ankara'da", "ankara/ankar"}});
  check_all("en", {{"o'clock users' user's", "oclock users/user user"}});
  check_all("fi", {{"EU:n tv:ssä", "eu tv"}});
  check_all("sv", {{"EU:s", "eu"}});
  check_all("uk", {{"п’ять п'ять", "пять пять"}});
}
