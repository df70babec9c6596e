// One line of documents.jsonl: what is taken, what is refused and in which words.
#include "build/documents.h"

#include <catch_amalgamated.hpp>

namespace crossglot {
namespace {

std::string problem(std::string_view line) {
  const Result<Document> document = parse_document(line);
  if (document) return "";
  CHECK(document.error().code == ErrorCode::kInput);
  return document.error().message;
}

TEST_CASE("a full line is taken field by field") {
  const Result<Document> document = parse_document(
      R"({"url": "/fr/guide/", "lang": "fr", "title": "Guide", "group": "guide/", "weight": 2.5, "dir": "ltr",)"
      R"( "alternates": {"en": "/en/guide/"}, "filters": {"version": ["2.1", "2.2"], "kind": "api"},)"
      R"( "sections": [{"text": "avant"}, {"anchor": "a", "level": 2, "heading": "H", "text": "été", "code": "x",)"
      R"( "spans": [[0, 5, "en"]]}], "unknown": 1})");
  REQUIRE(document);
  CHECK(document->url == "/fr/guide/");
  CHECK(document->lang == "fr");
  CHECK(document->weight == 2.5);
  CHECK(document->alternates == std::vector<std::pair<std::string, std::string>>{{"en", "/en/guide/"}});
  CHECK(document->filters ==
        std::vector<std::pair<std::string, std::string>>{{"kind", "api"}, {"version", "2.1"}, {"version", "2.2"}});
  REQUIRE(document->sections.size() == 2);
  CHECK(document->sections[1].anchor == "a");
  CHECK(document->sections[1].level == 2);
  CHECK(document->sections[1].text == "été");
}

TEST_CASE("only the address is required, and a page without language is undetermined") {
  const Result<Document> document = parse_document(R"({"url": "/x"})");
  REQUIRE(document);
  CHECK(document->lang == "und");
  CHECK(document->dir == "ltr");
  CHECK(document->weight == 1.0);
  CHECK(document->sections.size() == 1);
}

TEST_CASE("tags are normalised, and the direction follows the language where none is given") {
  const Result<Document> document = parse_document(R"({"url": "/x", "lang": "FA_ir"})");
  REQUIRE(document);
  CHECK(document->lang == "fa-IR");
  CHECK(document->dir == "rtl");
}

TEST_CASE("a page whose first section stands under a lower heading gets an empty lead") {
  const auto sections = [](std::string_view first) {
    return parse_document(R"({"url": "/x", "title": "T", "sections": [)" + std::string(first) + "]}")
        ->sections.size();
  };
  CHECK(sections(R"({"heading": "Usage", "level": 2, "text": "x"})") == 2);
  CHECK(sections(R"({"heading": "T", "level": 2, "text": "x"})") == 1);
  CHECK(sections(R"({"heading": "Any", "level": 1, "text": "x"})") == 1);
  CHECK(sections(R"({"text": "x"})") == 1);
}

TEST_CASE("each broken field is named with what is wrong") {
  CHECK(problem("{") == "not JSON, or cut off");
  CHECK(problem("[1]") == "must be a JSON object");
  CHECK(problem("{}") == "url: is missing or empty");
  CHECK(problem(R"({"url": ""})") == "url: is missing or empty");
  CHECK(problem(R"({"url": 3})") == "url: must be a string");
  CHECK(problem(R"({"url": "/x", "lang": "not a tag!"})") == "lang: \"not a tag!\" is not a language tag");
  CHECK(problem(R"({"url": "/x", "title": []})") == "title: must be a string");
  CHECK(problem(R"({"url": "/x", "dir": "up"})") == "dir: must be \"ltr\" or \"rtl\"");
  CHECK(problem(R"({"url": "/x", "weight": 0})") == "weight: must be a number above 0");
  CHECK(problem(R"({"url": "/x", "weight": "1"})") == "weight: must be a number above 0");
  CHECK(problem(R"({"url": "/x", "alternates": []})") == "alternates: must be an object");
  CHECK(problem(R"({"url": "/x", "alternates": {"en": 1}})") == "alternates.en: must be a string");
  CHECK(problem(R"({"url": "/x", "filters": {"v": [1]}})") == "filters.v: must be an array of strings");
  CHECK(problem(R"({"url": "/x", "sections": {}})") == "sections: must be an array");
  CHECK(problem(R"({"url": "/x", "sections": [1]})") == "sections[0]: must be an object");
  CHECK(problem(R"({"url": "/x", "sections": [{}, {"level": 7}]})") ==
        "sections[1].level: must be a whole number from 0 to 6");
  CHECK(problem(R"({"url": "/x", "sections": [{"level": -1}]})") ==
        "sections[0].level: must be a whole number from 0 to 6");
  CHECK(problem(R"({"url": "/x", "sections": [{"text": "ab", "spans": [[1, 3, "en"]]}]})") ==
        "sections[0].spans: must be [begin, end, language] inside the text");
  CHECK(problem(R"({"url": "/x", "title": ")" + std::string(70'000, 'a') + "\"}") ==
        "title: is longer than 65535 bytes");
}

TEST_CASE("broken UTF-8 is named by its byte") {
  CHECK(problem("{\"url\": \"/\xff\"}") == "byte 11 of the line is not UTF-8");
  CHECK(find_invalid_utf8("a\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x8d\xb5") == 10);
  for (const std::string_view broken : {"\x80", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                        "\xf0\x80\x80\x80", "\xc3(", "\xf8\x88\x80\x80\x80"}) {
    CHECK(find_invalid_utf8(broken) == 0);
  }
}

TEST_CASE("JSON nested without end is an error, not a crash") {
  CHECK(problem(std::string(200'000, '[')) == "not JSON, or cut off");
}

}  // namespace
}  // namespace crossglot
