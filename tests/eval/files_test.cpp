#include <catch_amalgamated.hpp>

#include "eval/judgments.h"
#include "eval/trec_run.h"

using namespace crossglot;
using namespace crossglot::eval;

TEST_CASE("judgments of both forms are read, with their grades and anchors") {
  const Judgments ours = *read_judgments(
      "\xef\xbb\xbf"
      "fr-1\tguide/install\r\nfr-1\tguide/a b\n\nen-1\tguide/x#part\n",
      "f");
  CHECK(ours.by_group);
  CHECK(ours.by_section);
  REQUIRE(ours.queries.at("fr-1").size() == 2);
  CHECK(ours.queries.at("fr-1")[1].name == "guide/a b");
  const Judgments theirs = *read_judgments("301\t0\tFR940202-2\t2\n302 0 X 0\n", "f");
  CHECK_FALSE(theirs.by_group);
  CHECK(theirs.queries.at("301")[0].grade == 2);
  CHECK(theirs.queries.at("302")[0].grade == 0);
}

TEST_CASE("a broken line of judgments is named with its file") {
  for (const char* text : {"q1\tg\nq2 g\n", "q1\tg\nq2 0 d one\n", "q1\tg\nq2\t\n", "q1\tg\nq2 0 d 1 more\n",
                           "q1\tg\nq2 0 d 99999999999\n"}) {
    INFO(text);
    const Result<Judgments> judgments = read_judgments(text, "judged.tsv");
    REQUIRE_FALSE(judgments.ok());
    CHECK(judgments.error().code == ErrorCode::kInput);
    CHECK(judgments.error().message.starts_with("judged.tsv:2: "));
  }
  CHECK_FALSE(read_judgments("\n\n", "empty.tsv").ok());
}

TEST_CASE("a document judged twice keeps its first grade, with a warning") {
  const Judgments judgments = *read_judgments("q 0 d 2\nq 0 d 0\n", "f.txt");
  REQUIRE(judgments.queries.at("q").size() == 1);
  CHECK(judgments.queries.at("q")[0].grade == 2);
  REQUIRE(judgments.warnings.size() == 1);
  CHECK(judgments.warnings[0].starts_with("f.txt:2: "));
}

TEST_CASE("queries about one page are one topic, whatever their language and section") {
  const Judgments judgments = *read_judgments("fr-1\tb#x\nen-1\tb#y\nde-1\tc\nde-1\tb\nja-9\ta\n", "f");
  CHECK(topic_of(judgments, "fr-1") == "b");
  CHECK(topic_of(judgments, "en-1") == "b");
  CHECK(topic_of(judgments, "de-1") == "b");
  CHECK(topic_of(judgments, "ja-9") == "a");
  CHECK(topic_of(*read_judgments("301 0 d 1\n", "f"), "301") == "301");
}

TEST_CASE("a run is ordered by score, then by name from last to first, whatever its ranks say") {
  const TrecRun run = *read_trec_run("q Q0 b 1 1.5 tag\nq Q0 a 2 2.5 tag\nq\tQ0\tc\t3\t 1.5\ttag\n", "f");
  CHECK(run.tag == "tag");
  CHECK(run.rankings.at("q") == std::vector<std::string>{"a", "c", "b"});
}

TEST_CASE("a document that a run repeats counts at its better place, with a warning naming the line") {
  const TrecRun run = *read_trec_run("q Q0 a 1 1 t\nq Q0 b 2 2 t\nq Q0 a 3 3 t\n", "f.run");
  CHECK(run.rankings.at("q") == std::vector<std::string>{"a", "b"});
  REQUIRE(run.warnings.size() == 1);
  CHECK(run.warnings[0].starts_with("f.run:1: a "));
}

TEST_CASE("a broken line of a run is named") {
  for (const char* text :
       {"q Q0 a 1 1 t\nq Q0 b 2 t\n", "q Q0 a 1 1 t\nq Q0 b 2 high t\n", "q Q0 a 1 1 t\nq Q0 b 2 nan t\n"}) {
    INFO(text);
    const Result<TrecRun> run = read_trec_run(text, "f.run");
    REQUIRE_FALSE(run.ok());
    CHECK(run.error().message.starts_with("f.run:2: "));
  }
}
