#include "build/builder.h"

#include <optional>

#include "base/check.h"
#include "build/bundle.h"
#include "build/corpus.h"
#include "build/dictionary_parts.h"
#include "build/language_parts.h"
#include "build/parallel.h"
#include "build/relevance.h"
#include "build/vector_parts.h"

namespace crossglot {

struct Builder::State {
  std::vector<LoadedSegment> segments;
  // Of all segments, once one of them is wanted. Views into the segments' bytes, which stay where they are.
  std::optional<Corpus> corpus;
  std::vector<std::uint32_t> order;
  std::optional<VectorUnits> units;
  std::vector<std::string> warnings;

  void collect_all(unsigned threads) {
    if (corpus.has_value()) return;
    corpus = collect(segments, threads, warnings);
    order = order_groups(*corpus);
  }
  const VectorUnits& collect_units() {
    if (!units.has_value()) units = collect_vector_units(*corpus, order);
    return *units;
  }
};

namespace {

Result<VectorParts> build_vectors(const Corpus& corpus, const VectorUnits& units, const BuildOptions& options) {
  const VectorSource& source = *options.vectors;
  std::vector<std::int8_t> vectors(units.texts.size() * source.dimensions);
  if (Status status = source.embed(units.texts, vectors); !status) return status.error();
  return build_vector_parts(corpus, units, source, vectors, options.means, options.eval_folds > 0);
}

}  // namespace

Builder::Builder() : state_(std::make_unique<State>()) {}
Builder::~Builder() = default;

Status Builder::add(Bytes segment) {
  CG_CHECK(!state_->corpus.has_value());
  Result<SegmentView> view = read_segment(segment);
  if (!view) return view.error();
  state_->segments.push_back({std::move(segment), std::move(*view)});
  return ok_status();
}

std::vector<std::string> Builder::languages(unsigned threads) {
  state_->collect_all(threads);
  std::vector<std::string> tags;
  for (const CorpusLanguage& language : state_->corpus->languages) tags.push_back(language.lang);
  return tags;
}

std::span<const EmbedText> Builder::texts(unsigned threads) {
  state_->collect_all(threads);
  return state_->collect_units().texts;
}

Result<std::vector<BundleFile>> Builder::finish(const BuildOptions& options, BuildReport* report) {
  const auto progress = [&](std::string_view stage, double share) {
    if (options.progress) options.progress(stage, share);
  };
  BuildReport own_report;
  if (report == nullptr) report = &own_report;
  *report = {};
  State state = std::move(*state_);
  *state_ = {};

  progress("merge", 0);
  state.collect_all(options.threads);
  report->warnings = std::move(state.warnings);
  const Corpus& corpus = *state.corpus;
  const std::vector<std::uint32_t>& order = state.order;
  report->groups = corpus.grouping.names.size();
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;

  progress("shards", 0.25);
  const IdentifierFrequencies identifiers = count_identifiers(corpus);
  std::vector<LanguageParts> parts(corpus.languages.size());
  run_parallel(corpus.languages.size(), options.threads, [&](std::size_t i) {
    parts[i] = build_language(corpus, corpus.languages[i], rank, identifiers, FieldWeights{});
  });
  for (const LanguageParts& language : parts) {
    BuildReport::Language& entry = report->languages.emplace_back();
    entry.lang = language.list.lang;
    entry.pages = language.list.pages.size();
    entry.sections = language.list.section_count;
    entry.terms = language.terms;
    entry.postings = language.postings;
  }

  progress("dictionary", 0.4);
  build_dictionaries(corpus, options, parts, *report);
  if (options.stemmer != nullptr) {
    progress("relevance", 0.45);
    if (Status status = measure_relevance(corpus, parts, *options.stemmer, *report); !status) return status.error();
  }

  std::optional<VectorParts> vectors;
  if (options.vectors != nullptr) {
    if (options.eval_means_without > 0) {
      state.units = collect_vector_units(corpus, order, {options.eval_means_without, options.eval_folds});
    }
    Result<VectorParts> built = build_vectors(corpus, state.collect_units(), options);
    if (!built) return built.error();
    vectors = std::move(*built);
    report->means = means_file(vectors->list);
  }

  progress("compress", 0.5);
  Result<std::vector<BundleFile>> files = assemble(std::move(parts), vectors ? &*vectors : nullptr,
                                                   corpus.grouping.names.size(), options.threads, *report);
  progress("done", 1);
  return files;
}

}  // namespace crossglot
