#include "command/eval_bundle.h"

#include <algorithm>
#include <set>

#include "command/bundle_pages.h"
#include "command/query_vectors.h"
#include "command/terminal.h"
#include "command/trec.h"
#include "format/list.h"
#include "text/language.h"
#include "text/stemmer.h"

namespace crossglot::command {

namespace {

constexpr std::size_t kWarningsMax = 20;
constexpr const char* kPlainMode = "plain";

struct AskedPool {
  eval::Pool pool;
  std::vector<std::string> languages;
};

// Says the first few and how many there are.
void warn(std::vector<std::string>& warnings, const std::vector<std::string>& names, const std::string& what) {
  if (names.empty()) return;
  std::string text = std::to_string(names.size()) + " " + what + ": ";
  for (std::size_t i = 0; i < std::min(names.size(), kWarningsMax); ++i) text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kWarningsMax) text += ", ...";
  warnings.push_back(text);
}

// Of one version of a group, or of its section: what is judged where versions are not collapsed.
std::string version_name(const std::string& lang, const std::string& name) {
  return lang + ":" + name;
}

class Evaluation {
 public:
  Evaluation(const BundleReader& bundle, const eval::Judgments& judgments, const EvalOptions& options)
      : bundle_(bundle),
        judgments_(judgments),
        options_(options),
        stemmer_(make_snowball_stemmer()),
        index_(stemmer_.get()) {}

  Status open(const std::string& queries_file, std::vector<std::string>& warnings);
  Status run(std::vector<eval::Cell>& cells);

 private:
  Status choose_pools();
  const std::string* find_language(std::string_view tag) const;
  void check_names(std::vector<std::string>& warnings);
  Status add_cells(const std::string& mode, const AskedPool& pool, std::vector<eval::Cell>& cells);
  Result<std::vector<std::string>> rank(const std::string& mode, const AskedPool& pool, const Query& query,
                                        const std::set<std::string>& groups, const std::string& topic);
  static bool is_versions(const AskedPool& pool) { return pool.pool.kind == eval::PoolKind::kVersions; }
  eval::OwnShare own_share(const std::vector<std::string>& ranking, const std::vector<eval::Judged>& judged,
                           const std::string& lang) const;
  std::vector<eval::Judged> answerable(const AskedPool& pool, const Query& query) const;
  bool holds(const AskedPool& pool, const std::string& lang, const std::string& name) const;

  const BundleReader& bundle_;
  const eval::Judgments& judgments_;
  const EvalOptions& options_;
  std::unique_ptr<Stemmer> stemmer_;
  Index index_;
  BundlePages pages_;
  std::vector<Query> queries_;
  QueryVectors vectors_;
  std::vector<std::string> languages_;  // of the bundle
  std::vector<AskedPool> pools_;
  Progress progress_;
  std::size_t asked_ = 0;
};

Status Evaluation::choose_pools() {
  std::vector<std::string> in = options_.in;
  if (in.empty()) {
    in = languages_;
    if (languages_.size() > 1) in.insert(in.end(), {"all", "holes"});
  }
  for (const std::string& name : in) {
    if (name == "all" || name == "holes") {
      const eval::PoolKind kind = name == "holes"     ? eval::PoolKind::kHoles
                                  : options_.versions ? eval::PoolKind::kVersions
                                                      : eval::PoolKind::kMixed;
      pools_.push_back({{kind, name}, languages_});
      continue;
    }
    AskedPool pool{{eval::PoolKind::kLanguage, name}, split_languages(name)};
    for (std::string& lang : pool.languages) {
      const std::string* found = find_language(lang);
      if (found == nullptr) {
        return make_error(ErrorCode::kArgument, "--in " + name + ": the bundle has no language " + lang);
      }
      lang = *found;
    }
    if (pool.languages.size() == 1) pool.pool.name = pool.languages.front();
    if (pool.languages.size() > 1 && options_.versions) pool.pool.kind = eval::PoolKind::kVersions;
    pools_.push_back(std::move(pool));
  }
  return ok_status();
}

// The language itself, else one that shares its primary subtag, as the search takes it; or null.
const std::string* Evaluation::find_language(std::string_view tag) const {
  const std::string wanted = normalize_language(tag);
  const std::string* related = nullptr;
  for (const std::string& lang : languages_) {
    if (lang == wanted) return &lang;
    if (related == nullptr && primary_language(lang) == primary_language(wanted)) related = &lang;
  }
  return related;
}

bool Evaluation::holds(const AskedPool& pool, const std::string& lang, const std::string& name) const {
  for (const std::string& language : pool.languages) {
    if (pool.pool.kind == eval::PoolKind::kHoles && language == normalize_language(lang)) continue;
    const auto names = pages_.names.find(language);
    if (names != pages_.names.end() && names->second.contains(name)) return true;
  }
  return false;
}

void Evaluation::check_names(std::vector<std::string>& warnings) {
  const AskedPool everything{{eval::PoolKind::kMixed, "all"}, languages_};
  std::vector<std::string> unknown;
  std::set<std::string> seen;
  for (const auto& [query, judged] : judgments_.queries) {
    for (const eval::Judged& entry : judged) {
      if (holds(everything, "", entry.name) || !seen.insert(entry.name).second) continue;
      unknown.push_back(entry.name + " (" + query + ")");
    }
  }
  warn(warnings, unknown, "judged names that no page of the bundle has");
  std::vector<std::string> unjudged;
  for (const Query& query : queries_) {
    if (!judgments_.queries.contains(query.id)) unjudged.push_back(query.id);
  }
  warn(warnings, unjudged, "queries that nobody judged");
}

Status Evaluation::open(const std::string& queries_file, std::vector<std::string>& warnings) {
  Result<std::vector<Query>> queries = read_queries(queries_file);
  if (!queries) return queries.error();
  queries_ = std::move(*queries);
  for (const ManifestLanguage& language : bundle_.manifest().languages) languages_.push_back(language.lang);
  if (const Status status = choose_pools(); !status) return status;
  Result<BundlePages> pages = read_bundle_pages(bundle_);
  if (!pages) return pages.error();
  pages_ = std::move(*pages);
  if (options_.heldout_dictionary && pages_.folds == 0) {
    return make_error(ErrorCode::kArgument,
                      "--heldout dictionary: the bundle has no folds; index with --eval-folds 5");
  }
  check_names(warnings);
  if (const Status status = bundle_.add_languages({}, index_); !status) return status;
  const auto by_meaning = [](const std::string& mode) { return mode == "dense" || mode == "hybrid"; };
  if (std::none_of(options_.modes.begin(), options_.modes.end(), by_meaning)) return ok_status();
  std::vector<std::string> texts;
  for (const Query& query : queries_) texts.push_back(query.text);
  Result<QueryVectors> vectors = QueryVectors::make(options_.meaning, texts, bundle_, index_);
  if (!vectors) return vectors.error();
  vectors_ = std::move(*vectors);
  return ok_status();
}

std::vector<eval::Judged> Evaluation::answerable(const AskedPool& pool, const Query& query) const {
  const auto found = judgments_.queries.find(query.id);
  if (found == judgments_.queries.end()) return {};
  std::vector<eval::Judged> kept;
  for (const eval::Judged& entry : found->second) {
    if (entry.grade <= 0) continue;
    if (!is_versions(pool)) {
      if (holds(pool, query.lang, entry.name)) kept.push_back(entry);
      continue;
    }
    for (const std::string& lang : pool.languages) {
      const AskedPool version{{eval::PoolKind::kLanguage, lang}, {lang}};
      if (holds(version, "", entry.name)) kept.push_back({version_name(lang, entry.name), entry.grade});
    }
  }
  return kept;
}

// lang: a query's.
eval::OwnShare Evaluation::own_share(const std::vector<std::string>& ranking, const std::vector<eval::Judged>& judged,
                                     const std::string& lang) const {
  const std::string* own = find_language(lang);
  if (own == nullptr) return {};
  const std::string prefix = version_name(*own, "");
  const auto share = [&](auto begin, auto end, const auto& name_of) {
    const auto count = std::count_if(begin, end, [&](const auto& it) { return name_of(it).starts_with(prefix); });
    return begin == end ? 0 : static_cast<double>(count) / static_cast<double>(end - begin);
  };
  const auto first = static_cast<std::ptrdiff_t>(std::min(eval::kNdcgDepth, ranking.size()));
  return {share(ranking.begin(), ranking.begin() + first, [](const std::string& name) { return name; }),
          share(judged.begin(), judged.end(), [](const eval::Judged& entry) { return entry.name; })};
}

Result<std::vector<std::string>> Evaluation::rank(const std::string& mode, const AskedPool& pool, const Query& query,
                                                  const std::set<std::string>& groups, const std::string& topic) {
  const bool holes = pool.pool.kind == eval::PoolKind::kHoles;
  SearchRequest request;
  request.query = query.text;
  request.lang = query.lang;
  request.in = pool.languages;
  request.sections = 1;
  request.section_level = judgments_.by_section;
  request.prefix = false;
  request.text = false;
  if (mode == kPlainMode) request.fold = kNoDictionary;
  if (mode != kPlainMode && options_.heldout_dictionary) request.fold = fold_of_group(topic, pages_.folds);
  if (mode == "dense" || mode == "hybrid") {
    request.mode = mode == "dense" ? SearchMode::kDense : SearchMode::kHybrid;
    request.vector = vectors_.of(static_cast<std::size_t>(&query - queries_.data()));
    // In a pool with holes the judged page lacks its version in the query's language, and so must its vector.
    const std::vector<std::string> seen = holes ? std::vector<std::string>() : pool.languages;
    if (options_.heldout_pivot) request.held_out = held_out_language(query.lang, seen, bundle_.manifest());
  }
  // Versions are told apart where one of them is to be missing, and collapsed here.
  request.collapse = !holes && !is_versions(pool) && !request.section_level;
  const bool several = !request.collapse && pool.languages.size() > 1 && !is_versions(pool);
  request.limit = options_.limit * static_cast<std::uint32_t>(several ? pool.languages.size() : 1);
  const Result<SearchResponse> response = bundle_.search(request, index_);
  if (!response) return response.error();
  std::vector<std::string> names;
  std::set<std::string> seen;
  const std::string own = normalize_language(query.lang);
  for (const Hit& hit : response->hits) {
    const auto page = pages_.by_url.find(hit.url);
    if (holes && groups.contains(hit.group) && page != pages_.by_url.end() && page->second.lang == own) continue;
    std::string name = hit.group;
    if (is_versions(pool) && page != pages_.by_url.end()) name = version_name(page->second.lang, name);
    if (request.section_level) name += "#" + (hit.sections.empty() ? "" : hit.sections.front().anchor);
    if (seen.insert(name).second) names.push_back(std::move(name));
    if (names.size() == options_.limit) break;
  }
  return names;
}

Status Evaluation::add_cells(const std::string& mode, const AskedPool& pool, std::vector<eval::Cell>& cells) {
  const std::size_t first = cells.size();
  for (const Query& query : queries_) {
    ++asked_;
    progress_.show("asking", static_cast<double>(asked_) /
                                 static_cast<double>(queries_.size() * pools_.size() * options_.modes.size()));
    if (!judgments_.queries.contains(query.id)) continue;
    const std::string normal = normalize_language(query.lang);
    const std::string from = normal.empty() ? query.lang : normal;
    const auto same = [&](const eval::Cell& cell) { return cell.from == from; };
    auto cell = std::find_if(cells.begin() + static_cast<std::ptrdiff_t>(first), cells.end(), same);
    if (cell == cells.end()) cell = cells.insert(cells.end(), {mode, from, pool.pool, {}, 0});
    const std::vector<eval::Judged> judged = answerable(pool, query);
    if (judged.empty()) {
      ++cell->left_out;
      continue;
    }
    eval::QueryOutcome outcome{query.id, query.text, eval::topic_of(judgments_, query.id), {}, {}, {}, {}};
    std::set<std::string> groups;
    for (const eval::Judged& entry : judged) {
      outcome.wanted.push_back(entry.name);
      groups.insert(entry.name.substr(0, entry.name.find('#')));
    }
    const Result<std::vector<std::string>> ranking = rank(mode, pool, query, groups, outcome.topic);
    if (!ranking) return ranking.error();
    outcome.values = eval::measure(*ranking, judged);
    if (is_versions(pool)) outcome.own = own_share(*ranking, judged, query.lang);
    outcome.first.assign(ranking->begin(),
                         ranking->begin() + static_cast<std::ptrdiff_t>(std::min(eval::kShownRows, ranking->size())));
    cell->queries.push_back(std::move(outcome));
  }
  return ok_status();
}

Status Evaluation::run(std::vector<eval::Cell>& cells) {
  for (const std::string& mode : options_.modes) {
    for (const AskedPool& pool : pools_) {
      if (const Status status = add_cells(mode, pool, cells); !status) return status;
    }
  }
  return ok_status();
}

}  // namespace

Result<std::vector<eval::Cell>> evaluate_bundle(const BundleReader& bundle, const std::string& queries_file,
                                                const eval::Judgments& judgments, const EvalOptions& options,
                                                std::vector<std::string>& warnings) {
  Evaluation evaluation(bundle, judgments, options);
  if (const Status status = evaluation.open(queries_file, warnings); !status) return status.error();
  std::vector<eval::Cell> cells;
  if (const Status status = evaluation.run(cells); !status) return status.error();
  return cells;
}

}  // namespace crossglot::command
