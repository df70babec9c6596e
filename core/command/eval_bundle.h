// command/eval_bundle.h - the queries of a file asked of a bundle, pool by pool, and judged.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "command/bundle_reader.h"
#include "command/command.h"
#include "eval/judgments.h"
#include "eval/report.h"

namespace crossglot::command {

struct EvalOptions {
  std::vector<std::string> modes;   // "lexical", "dense", "hybrid"; "plain": lexical without dictionaries
  bool heldout_dictionary = false;  // each query by the dictionary that has not seen its page
  bool heldout_pivot = false;       // and by vectors that have not seen its language (held_out_language())
  std::vector<std::string> in;      // as EvalCommand::in
  std::uint32_t limit = 100;
  MeaningOptions meaning;
  bool versions = false;  // in pools of several languages each version is a row of its own, and judged
};

// One cell a mode, pool and query language, in the order of modes, pools and the queries' first appearance.
// A pool's own judgments are those that it can answer; a query without any is left out there and counted.
// warnings  judgments that no page of the bundle answers to, queries that nobody judged.
// Errors: as BundleReader's; kArgument for a language that the bundle lacks, and for held-out dictionaries in a
// bundle
//         without folds.
Result<std::vector<eval::Cell>> evaluate_bundle(const BundleReader& bundle, const std::string& queries_file,
                                                const eval::Judgments& judgments, const EvalOptions& options,
                                                std::vector<std::string>& warnings);

}  // namespace crossglot::command
