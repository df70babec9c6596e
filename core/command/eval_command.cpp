// `crossglot eval`: how good the answers are, by judgments that somebody made.
#include <algorithm>
#include <cstdio>
#include <map>

#include "command/bundle_reader.h"
#include "command/command.h"
#include "command/eval_bundle.h"
#include "command/file.h"
#include "command/query_vectors.h"
#include "command/trec.h"
#include "eval/judgments.h"
#include "eval/report.h"
#include "eval/trec_run.h"

namespace crossglot::command {

namespace {

Result<eval::Judgments> load_judgments(const std::string& path) {
  const Result<Bytes> bytes = read_whole_file(path);
  if (!bytes) return bytes.error();
  return eval::read_judgments(as_text(*bytes), path);
}

// Languages of queries by id; empty without --queries.
Result<std::map<std::string, Query>> load_queries(const std::string& path) {
  std::map<std::string, Query> by_id;
  if (path.empty()) return by_id;
  const Result<std::vector<Query>> queries = read_queries(path);
  if (!queries) return queries.error();
  for (const Query& query : *queries) by_id.emplace(query.id, query);
  return by_id;
}

// One cell a query language, or one where languages are not known.
std::vector<eval::Cell> cells_of(const std::string& system, const eval::TrecRun& run,
                                 const eval::Judgments& judgments, const std::map<std::string, Query>& queries,
                                 bool answered) {
  std::vector<eval::Cell> cells;
  for (const auto& [id, judged] : judgments.queries) {
    const auto query = queries.find(id);
    if (!queries.empty() && query == queries.end()) continue;
    const std::string lang = query == queries.end() ? "" : query->second.lang;
    auto cell = std::find_if(cells.begin(), cells.end(), [&](const eval::Cell& at) { return at.from == lang; });
    if (cell == cells.end()) cell = cells.insert(cells.end(), {system, lang, {eval::PoolKind::kRun, "run"}, {}, 0});
    const auto ranking = run.rankings.find(id);
    if (ranking == run.rankings.end() && answered) continue;
    eval::QueryOutcome outcome{
        id, query == queries.end() ? "" : query->second.text, eval::topic_of(judgments, id), {}, {}, {}, {}};
    for (const eval::Judged& entry : judged) {
      if (entry.grade > 0) outcome.wanted.push_back(entry.name);
    }
    if (ranking != run.rankings.end()) {
      outcome.values = eval::measure(ranking->second, judged);
      const auto shown = static_cast<std::ptrdiff_t>(std::min(eval::kShownRows, ranking->second.size()));
      outcome.first.assign(ranking->second.begin(), ranking->second.begin() + shown);
    }
    cell->queries.push_back(std::move(outcome));
  }
  return cells;
}

void check_run(const std::string& path, const eval::TrecRun& run, const eval::Judgments& judgments,
               std::vector<std::string>& warnings) {
  std::size_t unjudged = 0;
  for (const auto& [id, ranking] : run.rankings) unjudged += judgments.queries.contains(id) ? 0 : 1;
  std::size_t unanswered = 0;
  for (const auto& [id, judged] : judgments.queries) unanswered += run.rankings.contains(id) ? 0 : 1;
  if (unjudged > 0) warnings.push_back(path + ": " + std::to_string(unjudged) + " queries that nobody judged");
  if (unanswered > 0) warnings.push_back(path + ": no answer to " + std::to_string(unanswered) + " judged queries");
}

Result<std::vector<eval::Cell>> evaluate_runs(const EvalCommand& options, const eval::Judgments& judgments,
                                              std::vector<std::string>& warnings) {
  const Result<std::map<std::string, Query>> queries = load_queries(options.queries);
  if (!queries) return queries.error();
  std::vector<eval::Cell> cells;
  for (std::size_t number = 0; number < options.runs.size(); ++number) {
    const std::string& path = options.runs[number];
    const Result<Bytes> bytes = read_whole_file(path);
    if (!bytes) return bytes.error();
    const Result<eval::TrecRun> run = eval::read_trec_run(as_text(*bytes), path);
    if (!run) return run.error();
    warnings.insert(warnings.end(), run->warnings.begin(), run->warnings.end());
    check_run(path, *run, judgments, warnings);
    std::string name = run->tag;
    for (const eval::Cell& cell : cells) {
      if (cell.system == name) name = path;
    }
    for (eval::Cell& cell : cells_of(name, *run, judgments, *queries, options.answered)) {
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

Result<std::vector<eval::Cell>> evaluate(const EvalCommand& options, const eval::Judgments& judgments,
                                         std::vector<std::string>& warnings) {
  if (!options.runs.empty()) return evaluate_runs(options, judgments, warnings);
  if (options.queries.empty()) return make_error(ErrorCode::kArgument, "eval of a bundle needs --queries");
  EvalOptions bundle_options{split_languages(options.modes),
                             holds_out(options.heldout, "dictionary"),
                             holds_out(options.heldout, "pivot"),
                             options.in,
                             options.limit,
                             options.meaning,
                             options.collapse == "none"};
  for (const std::string& mode : bundle_options.modes) {
    if (mode == "plain") continue;
    if (const Result<SearchMode> known = search_mode(mode); !known) return known.error();
  }
  const Result<BundleReader> bundle = BundleReader::open(options.bundle);
  if (!bundle) return bundle.error();
  return evaluate_bundle(*bundle, options.queries, judgments, bundle_options, warnings);
}

std::string measured(const EvalCommand& options, const eval::Judgments& judgments) {
  std::string what = options.bundle;
  for (const std::string& run : options.runs) what += (what.empty() ? "" : ", ") + run;
  return what + " against " + options.qrels + " (" + std::to_string(judgments.queries.size()) + " judged queries, " +
         (judgments.by_section ? "sections" : "pages") +
         (options.heldout.empty() ? "" : ", held out: " + options.heldout) + ")";
}

}  // namespace

int run_eval(const EvalCommand& options) {
  if (options.bundle.empty() == options.runs.empty()) return fail("eval takes a bundle or --run, and one of them");
  if (options.runs.size() > 2) return fail("--run may be given once or twice");
  const Result<eval::Judgments> judgments = load_judgments(options.qrels);
  if (!judgments) return fail(judgments.error());
  std::vector<std::string> warnings = judgments->warnings;
  const Result<std::vector<eval::Cell>> cells = evaluate(options, *judgments, warnings);
  if (!cells) return fail(cells.error());
  eval::Report report = eval::summarize(*cells);
  report.title = "Crossglot: relevance";
  report.measured = measured(options, *judgments);
  report.warnings = warnings;
  for (const std::string& warning : warnings) std::fprintf(stderr, "crossglot: warning: %s\n", warning.c_str());
  const std::string text = eval::to_text(report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) return fail("cannot write to the standard output");
  if (!options.json.empty()) {
    if (const Status status = write_text(options.json, eval::to_json(report)); !status) return fail(status.error());
  }
  if (!options.html.empty()) {
    if (const Status status = write_text(options.html, eval::to_html(report)); !status) return fail(status.error());
  }
  return report.rows.empty() ? kExitNo : kExitDone;
}

}  // namespace crossglot::command
