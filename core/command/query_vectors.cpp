#include "command/query_vectors.h"

#include <algorithm>
#include <thread>
#include <unordered_map>

#include "build/centring.h"
#include "command/embedding.h"
#include "text/language.h"

namespace crossglot::command {

Result<SearchMode> search_mode(const std::string& mode) {
  if (mode == "lexical") return SearchMode::kLexical;
  if (mode == "dense") return SearchMode::kDense;
  if (mode == "hybrid") return SearchMode::kHybrid;
  return make_error(ErrorCode::kArgument, "--mode " + mode + ": no such mode; there are lexical, dense and hybrid");
}

Result<QueryVectors> QueryVectors::make(const MeaningOptions& options, const std::vector<std::string>& queries,
                                        const BundleReader& bundle, Index& index) {
  if (options.model.empty()) {
    return make_error(ErrorCode::kArgument,
                      "dense and hybrid search need --model: the pack that the bundle was made with");
  }
  if (Status status = bundle.add_vectors(index); !status) return status.error();
  Progress progress;
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  Result<Embedding> embedding = Embedding::open(options.model, options.cache, threads, progress);
  if (!embedding) return embedding.error();
  const VectorSource source = embedding->source();
  if (source.model != index.vector_model()) {
    return make_error(ErrorCode::kArgument, "--model " + options.model + ": the vectors of " + bundle.directory() +
                                                " are of another model, or of another version of it");
  }
  // Every text once: files of queries repeat themselves.
  std::unordered_map<std::string, std::size_t> numbers;
  std::vector<EmbedText> texts;
  for (const std::string& query : queries) {
    if (numbers.emplace(query, texts.size()).second) texts.push_back({query, true});
  }
  std::vector<std::int8_t> bytes(texts.size() * source.dimensions);
  if (Status status = source.embed(texts, bytes); !status) return status.error();
  progress.clear();
  QueryVectors vectors;
  vectors.dimensions_ = source.dimensions;
  for (const std::string& query : queries) {
    const std::span<const std::int8_t> all(bytes);
    const std::vector<float> vector = unit_vector(all.subspan(numbers[query] * source.dimensions, source.dimensions));
    vectors.vectors_.insert(vectors.vectors_.end(), vector.begin(), vector.end());
  }
  return vectors;
}

bool holds_out(const std::string& heldout, const std::string& what) {
  const std::vector<std::string> names = split_languages(heldout);
  return std::find(names.begin(), names.end(), what) != names.end();
}

std::string held_out_language(const std::string& query_lang, const std::vector<std::string>& languages,
                              const Manifest& manifest) {
  std::string own;
  const std::string wanted = normalize_language(query_lang);
  for (const ManifestLanguage& language : manifest.languages) {
    if (primary_language(language.lang) != primary_language(wanted)) continue;
    if (own.empty() || language.lang == wanted) own = language.lang;
  }
  return std::find(languages.begin(), languages.end(), own) == languages.end() ? own : std::string();
}

std::vector<float> QueryVectors::of(std::size_t query) const {
  if (dimensions_ == 0) return {};
  const auto begin = vectors_.begin() + static_cast<std::ptrdiff_t>(query * dimensions_);
  return {begin, begin + static_cast<std::ptrdiff_t>(dimensions_)};
}

}  // namespace crossglot::command
