// eval/trec_run.h - a run made elsewhere: TREC lines `qid Q0 document rank score tag`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace crossglot::eval {

struct TrecRun {
  std::map<std::string, std::vector<std::string>, std::less<>> rankings;  // of each query: documents, best first
  std::string tag;                                                        // of the first line
  std::vector<std::string> warnings;
};

// Documents are ordered as trec_eval orders them (eval/measures.h). A document that a query ranks twice counts where
// its score is best, with a warning naming the line (trec_eval refuses such a run).
// Errors: kInput naming file, line and field.
Result<TrecRun> read_trec_run(std::string_view text, const std::string& file);

}  // namespace crossglot::eval
