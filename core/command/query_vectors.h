// command/query_vectors.h - the vectors of queries, for a bundle that has vectors of the same model.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "command/bundle_reader.h"
#include "command/command.h"
#include "search/index.h"

namespace crossglot::command {

class QueryVectors {
 public:
  // None: every search is lexical.
  QueryVectors() = default;

  // Vectors of all `queries`, out of the cache where it has them, and the bundle's vectors into `index`.
  // Errors: kArgument: no model was named, the bundle has no vectors, or those of another model or other rules.
  static Result<QueryVectors> make(const MeaningOptions& options, const std::vector<std::string>& queries,
                                   const BundleReader& bundle, Index& index);

  // Of a query by its number; empty where there are none.
  std::vector<float> of(std::size_t query) const;

 private:
  std::size_t dimensions_ = 0;
  std::vector<float> vectors_;
};

// The mode of that name. Errors: kArgument.
Result<SearchMode> search_mode(const std::string& mode);

// Whether `heldout` ("dictionary", "pivot", "dictionary,pivot") names `what`.
bool holds_out(const std::string& heldout, const std::string& what);

// The language whose versions a query's vectors must not have seen: its own, unless its pages are searched, where
// they are what is to be found. Empty where there is none. languages: of the pool, as the bundle calls them.
std::string held_out_language(const std::string& query_lang, const std::vector<std::string>& languages,
                              const Manifest& manifest);

}  // namespace crossglot::command
