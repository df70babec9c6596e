// Expected values are those of trec_eval (as pytrec_eval-terrier 0.5 from PyPI computes ndcg_cut.10, recall.100,
// recip_rank and map) for the judgments and the run below.
#include "eval/measures.h"

#include <catch_amalgamated.hpp>

#include "eval/judgments.h"
#include "eval/trec_run.h"

using namespace crossglot;
using namespace crossglot::eval;
using Catch::Approx;

namespace {

constexpr const char* kQrels =
    "q1 0 a 3\nq1 0 b 1\nq1 0 c 2\nq1 0 d 0\nq1 0 e 1\nq2 0 a 1\nq2 0 f 1\nq3 0 g 2\nq4 0 h -1\nq4 0 i 1\n";
constexpr const char* kRun =
    "q1 Q0 d 1 5.0 sys\nq1 Q0 x 2 4.0 sys\nq1 Q0 a 3 4.0 sys\nq1 Q0 c 9 4.0 sys\nq1 Q0 b 5 2.5e0 sys\n"
    "q2 Q0 z 1 1 sys\nq2 Q0 y 2 1 sys\nq2 Q0 f 3 0.5 sys\nq3 Q0 k 1 -1 sys\nq4 Q0 h 1 9 sys\nq4 Q0 i 2 8 sys\n";

}  // namespace

TEST_CASE("graded judgments, ties and unjudged documents score as trec_eval scores them") {
  const Judgments judgments = *read_judgments(kQrels, "qrels");
  const TrecRun run = *read_trec_run(kRun, "run");
  struct Expected {
    const char* query;
    double ndcg, recall, reciprocal_rank, average_precision;
  };
  for (const Expected& expected : {Expected{"q1", 0.5159102311103785, 0.75, 0.3333333333333333, 0.35833333333333334},
                                   Expected{"q2", 0.3065735963827292, 0.5, 0.3333333333333333, 0.16666666666666666},
                                   Expected{"q3", 0, 0, 0, 0}, Expected{"q4", 0.6309297535714575, 1, 0.5, 0.5}}) {
    INFO(expected.query);
    const Measures found =
        measure(run.rankings.find(expected.query)->second, judgments.queries.find(expected.query)->second);
    CHECK(found.ndcg_10 == Approx(expected.ndcg).margin(1e-12));
    CHECK(found.recall_100 == Approx(expected.recall).margin(1e-12));
    CHECK(found.reciprocal_rank == Approx(expected.reciprocal_rank).margin(1e-12));
    CHECK(found.average_precision == Approx(expected.average_precision).margin(1e-12));
  }
}

TEST_CASE("nothing beyond the depth counts, but for the reciprocal rank and average precision") {
  std::vector<std::string> ranking;
  for (int i = 0; i < 150; ++i) ranking.push_back("d" + std::to_string(i));
  const std::vector<Judged> eleventh = {{"d10", 1}};
  CHECK(measure(ranking, eleventh).ndcg_10 == 0);
  CHECK(measure(ranking, eleventh).recall_100 == 1);
  CHECK(measure(ranking, eleventh).reciprocal_rank == Approx(1.0 / 11));
  const std::vector<Judged> beyond = {{"d100", 1}};
  CHECK(measure(ranking, beyond).recall_100 == 0);
  CHECK(measure(ranking, beyond).reciprocal_rank == Approx(1.0 / 101));
  CHECK(measure(ranking, beyond).average_precision == Approx(1.0 / 101));
}

TEST_CASE("a perfect ranking of more documents than the depth scores one") {
  std::vector<std::string> ranking;
  std::vector<Judged> judged;
  for (int i = 0; i < 12; ++i) {
    ranking.push_back("d" + std::to_string(i));
    judged.push_back({ranking.back(), 1});
  }
  CHECK(measure(ranking, judged).ndcg_10 == Approx(1));
  CHECK(measure(ranking, judged).average_precision == Approx(1));
}

TEST_CASE("a query without relevant documents, and an empty ranking, score nothing") {
  const std::vector<std::string> ranking = {"a"};
  const std::vector<Judged> none = {{"a", 0}};
  CHECK(measure(ranking, none).ndcg_10 == 0);
  CHECK(measure(ranking, none).recall_100 == 0);
  const std::vector<Judged> one = {{"a", 1}};
  CHECK(measure({}, one).ndcg_10 == 0);
  CHECK(measure({}, one).reciprocal_rank == 0);
  CHECK(measure({}, one).average_precision == 0);
}
