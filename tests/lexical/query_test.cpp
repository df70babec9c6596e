#include "lexical/query.h"

#include <catch_amalgamated.hpp>

namespace crossglot {
namespace {

// A query as one line: |clause| with its operators in front; '>' at the end when the last word may go on.
std::string show(std::string_view text, std::size_t bytes_max = 4096) {
  const Query query = parse_query(text, bytes_max);
  std::string shown;
  for (const Clause& clause : query.clauses) {
    if (!shown.empty()) shown += ' ';
    if (clause.alternative_of_last) shown += "or ";
    if (clause.negated) shown += "not ";
    shown += clause.phrase ? '"' + clause.text + '"' : '|' + clause.text + '|';
  }
  return query.open_end ? shown + ">" : shown;
}

TEST_CASE("plain words stay together so that the analysis sees them in context") {
  CHECK(show("web components") == "|web components|>");
  CHECK(show("  web\tcomponents ") == "|web components|");
  CHECK(show("全角\u3000スペース") == "|全角 スペース|>");
}

TEST_CASE("a quoted phrase is a clause, in straight and in curly quotes") {
  CHECK(show("\"shadow root\" css") == "\"shadow root\" |css|>");
  CHECK(show("\u201cshadow root\u201d") == "\"shadow root\"");
  CHECK(show("\u201eSchatten\u201c") == "\"Schatten\"");
  CHECK(show("\u00ab racine \u00bb") == "\" racine \"");
}

TEST_CASE("a quote that never closes and one inside a word are text") {
  CHECK(show("\"shadow root") == "|\"shadow root|>");
  CHECK(show("5\" disk") == "|5\" disk|>");
}

TEST_CASE("a minus before a word or a phrase excludes it") {
  CHECK(show("vue -react router") == "|vue| not |react| |router|>");
  CHECK(show("vue -\"react router\"") == "|vue| not \"react router\"");
  CHECK(show("vue -пример") == "|vue| not |пример|>");
}

TEST_CASE("flags, hyphens, arrows and lone dashes are no exclusions") {
  CHECK(show("node --flag") == "|node --flag|>");
  CHECK(show("a-b c") == "|a-b c|>");
  CHECK(show("a -> b - c") == "|a -> b - c|>");
}

TEST_CASE("exclusions alone are searched as the words that they are") {
  CHECK(show("-Wall") == "|-Wall|>");
  CHECK(show("-\"a b\"") == "\"a b\"");
}

TEST_CASE("OR joins the words beside it") {
  CHECK(show("vue OR lit") == "|vue| or |lit|>");
  CHECK(show("web vue OR lit router") == "|web| |vue| or |lit| |router|>");
  CHECK(show("a | b | c") == "|a| or |b| or |c|>");
  CHECK(show("\"a b\" OR c") == "\"a b\" or |c|>");
}

TEST_CASE("OR with nothing beside it is a word") {
  CHECK(show("OR") == "|OR|>");
  CHECK(show("OR gate") == "|OR gate|>");
  CHECK(show("gate OR") == "|gate OR|");
}

TEST_CASE("an empty query, spaces and control characters give no clause") {
  CHECK(show("") == "");
  CHECK(show(" \t\n\x01\x7f") == "");
  CHECK(show(std::string_view("a\0b", 3)) == "|a b|>");
}

TEST_CASE("a long query is cut at a character") {
  CHECK(show("aaaé", 4) == "|aaa|>");
  CHECK(parse_query(std::string(100'000, 'x'), 4096).clauses.at(0).text.size() == 4096);
}

}  // namespace
}  // namespace crossglot
