#include "request.h"

#include <catch2/catch_amalgamated.hpp>
#include <string>

using namespace crossglot;

namespace {

std::string error_of(std::string_view text) {
  const Result<SearchRequest> request = parse_request(text);
  return request.ok() ? "" : request.error().message;
}

}  // namespace

TEST_CASE("a request's lines become its fields") {
  const Result<SearchRequest> request = parse_request(
      "query=voiture électrique\nlang=fr\nin=fr,de\nfilter=version:2.1\nfilter=path:a:b\nlimit=5\nsections=1\n"
      "collapse=0\nsection_level=1\nprefix=0\ndraft=1\ntext=0\n");
  REQUIRE(request.ok());
  CHECK(request->query == "voiture électrique");
  CHECK(request->lang == "fr");
  CHECK(request->in == std::vector<std::string>{"fr", "de"});
  REQUIRE(request->filters.size() == 2);
  CHECK(request->filters[0] == std::pair<std::string, std::string>("version", "2.1"));
  CHECK(request->filters[1] == std::pair<std::string, std::string>("path", "a:b"));
  CHECK(request->limit == 5);
  CHECK(request->sections == 1);
  CHECK_FALSE(request->collapse);
  CHECK(request->draft);
  CHECK(request->section_level);
  CHECK_FALSE(request->prefix);
  CHECK_FALSE(request->text);
}

TEST_CASE("a request's vector is one of length 1, of the encoder's bytes") {
  const Result<SearchRequest> request = parse_request("query=a\nmode=dense\nvector=0300fc\n");
  REQUIRE(request.ok());
  CHECK(request->mode == SearchMode::kDense);
  CHECK(request->vector == std::vector<float>{0.6F, 0, -0.8F});
  CHECK(parse_request("query=a")->mode == SearchMode::kHybrid);
  CHECK(parse_request("vector=")->vector.empty());
  CHECK(parse_request("vector=0000")->vector == std::vector<float>{0, 0});
}

TEST_CASE("what a request leaves out keeps its default, and empty lines mean nothing") {
  const Result<SearchRequest> request = parse_request("\n\nquery=a\n\n");
  REQUIRE(request.ok());
  CHECK(request->limit == SearchRequest().limit);
  CHECK(request->prefix == SearchRequest().prefix);
  CHECK(request->in.empty());
  CHECK(parse_request("").ok());
  CHECK(parse_request("in=,,")->in.empty());
}

TEST_CASE("new lines, backslashes and equals signs travel inside a value") {
  CHECK(parse_request("query=a\\nb\\\\n=c")->query == "a\nb\\n=c");
}

TEST_CASE("a bad request is an error that names the key") {
  CHECK(error_of("colour=red").starts_with("colour:"));
  CHECK(error_of("query").starts_with("request:"));
  CHECK(error_of("query=a\\").starts_with("query:"));
  CHECK(error_of("query=a\\tb").starts_with("query:"));
  CHECK(error_of("filter=version").starts_with("filter:"));
  CHECK(error_of("filter=:x").starts_with("filter:"));
  for (const char* limit : {"limit=", "limit=-1", "limit=1.5", "limit=10001", "limit=99999999999", "limit= 1"}) {
    CHECK(error_of(limit).starts_with("limit:"));
  }
  CHECK(error_of("prefix=yes").starts_with("prefix:"));
  CHECK(error_of("mode=all").starts_with("mode:"));
  CHECK(error_of("vector=abc").starts_with("vector:"));
}
