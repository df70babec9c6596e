// `crossglot run`: a file of queries in, a TREC run on stdout.
//
// Queries of a file are complete, so the last word is not taken for a prefix as it is in the search box.
#include <cstdio>
#include <limits>

#include "command/bundle_pages.h"
#include "command/bundle_reader.h"
#include "command/command.h"
#include "command/file.h"
#include "command/query_vectors.h"
#include "command/terminal.h"
#include "command/trec.h"
#include "eval/judgments.h"
#include "format/list.h"
#include "text/stemmer.h"

namespace crossglot::command {

namespace {

// Which dictionaries have not seen the page that a query is judged by.
struct Folds {
  std::uint32_t count = 0;  // 0: the whole site's are taken
  eval::Judgments judgments;

  std::uint32_t of(const std::string& query) const {
    return count == 0 ? 0 : fold_of_group(eval::topic_of(judgments, query), count);
  }
};

Result<Folds> read_folds(const BundleReader& bundle, const std::string& qrels) {
  const Result<Bytes> file = read_whole_file(qrels);
  if (!file) return file.error();
  Result<eval::Judgments> judgments = eval::read_judgments(as_text(*file), qrels);
  if (!judgments) return judgments.error();
  const Result<BundlePages> pages = read_bundle_pages(bundle);
  if (!pages) return pages.error();
  if (pages->folds == 0) {
    return make_error(ErrorCode::kArgument,
                      "--heldout dictionary: the bundle has no folds; index with --eval-folds 5");
  }
  return Folds{pages->folds, std::move(*judgments)};
}

}  // namespace

int run_run(const RunCommand& options) {
  const Result<SearchMode> mode = search_mode(options.mode);
  if (!mode) return fail(mode.error());
  const bool folded = holds_out(options.heldout, "dictionary");
  if (folded && options.qrels.empty()) return fail("--heldout dictionary needs --qrels, which chooses the fold");
  const Result<std::vector<Query>> queries = read_queries(options.queries);
  if (!queries) return fail(queries.error());
  const Result<BundleReader> bundle = BundleReader::open(options.bundle);
  if (!bundle) return fail(bundle.error());
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Index index(stemmer.get());
  SearchRequest request;
  request.in = split_languages(options.in);
  if (const Status status = bundle->add_languages(request.in, index); !status) return fail(status.error());
  if (request.in.empty()) {
    for (const ManifestLanguage& language : bundle->manifest().languages) request.in.push_back(language.lang);
  }
  request.limit = options.limit;
  request.sections = 1;
  request.collapse = options.collapse == "group";
  request.section_level = options.level == "section";
  request.prefix = false;
  request.text = false;

  Folds folds;
  if (folded) {
    Result<Folds> read = read_folds(*bundle, options.qrels);
    if (!read) return fail(read.error());
    folds = std::move(*read);
  }

  QueryVectors vectors;
  request.mode = *mode;
  if (*mode != SearchMode::kLexical) {
    std::vector<std::string> texts;
    for (const Query& query : *queries) texts.push_back(query.text);
    Result<QueryVectors> made = QueryVectors::make(options.meaning, texts, *bundle, index);
    if (!made) return fail(made.error());
    vectors = std::move(*made);
  }

  Progress progress;
  for (std::size_t number = 0; number < queries->size(); ++number) {
    const Query& query = (*queries)[number];
    request.query = query.text;
    request.lang = query.lang;
    request.fold = folds.of(query.id);
    request.vector = vectors.of(number);
    if (holds_out(options.heldout, "pivot")) {
      request.held_out = held_out_language(query.lang, request.in, bundle->manifest());
    }
    const Result<SearchResponse> response = bundle->search(request, index);
    if (!response) {
      progress.clear();
      return fail(response.error());
    }
    float previous_score = std::numeric_limits<float>::infinity();
    std::size_t rank = 0;
    for (const Hit& hit : response->hits) {
      const bool with_anchor = request.section_level && !hit.sections.empty();
      const std::string document = docno(hit.url, with_anchor ? hit.sections.front().anchor : "");
      const std::string line = run_line(query.id, document, ++rank, hit.score, previous_score);
      std::fwrite(line.data(), 1, line.size(), stdout);
    }
    progress.show("searching", static_cast<double>(number + 1) / static_cast<double>(queries->size()));
  }
  progress.clear();
  if (std::fflush(stdout) != 0) return fail("cannot write the run to the standard output");
  return kExitDone;
}

}  // namespace crossglot::command
