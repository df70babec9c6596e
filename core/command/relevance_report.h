// command/relevance_report.h - what `crossglot index` says of the relevance to expect across languages
// (build/relevance.h): a table for a terminal, JSON for programs, and the floor that a build may be held to.
#pragma once

#include <string>

#include "build/builder.h"

namespace crossglot::command {

// Empty where nothing was measured.
std::string relevance_table(const BuildReport& report);

// {"languages":[{lang,pages,sections,terms,bytes,files}],"pairs":[what was aligned],"relevance":[{from,to,queries,
// ndcg10,success5}],"warnings":[...]}
std::string report_json(const BuildReport& report);

// The pairs whose nDCG@10 is below `floor`, the worst first, as one sentence; empty when there is none.
std::string below_floor(const BuildReport& report, double floor);

}  // namespace crossglot::command
