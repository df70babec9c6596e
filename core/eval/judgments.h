// eval/judgments.h - what answers which query: qrels files.
//
// Two forms, told apart line by line:
//   qid <tab> group | qid <tab> group#anchor     ours: relevant, whatever the language
//   qid iteration document grade                 TREC's, separated by white space
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "eval/measures.h"

namespace crossglot::eval {

struct Judgments {
  std::map<std::string, std::vector<Judged>, std::less<>> queries;  // of each query, in the file's order
  bool by_group = false;                                            // ours: names are groups
  bool by_section = false;                                          // at least one name has an anchor
  std::vector<std::string> warnings;                                // repeated lines, naming file and line
};

// text  the file's content; file  its name, for messages.
// A name that is judged twice for a query keeps its first grade, with a warning.
// Errors: kInput naming file, line and field; kInput when nothing is judged.
Result<Judgments> read_judgments(std::string_view text, const std::string& file);

// The topic that a query belongs to when topics are drawn: the first group by name that answers it, without its
// anchor, so that all queries about one page, in all languages, are drawn together; the query itself in TREC's form.
std::string topic_of(const Judgments& judgments, const std::string& query);

}  // namespace crossglot::eval
