// search/language_state.h - a language of the index with what answering keeps between queries.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "lexical/evaluator.h"
#include "search/excerpt.h"

namespace crossglot {

struct LanguageState {
  LanguageState(std::unique_ptr<LanguageIndex> opened, Stemmer* stemmer, const RankingParameters& parameters)
      : index(std::move(opened)), evaluator(*index, stemmer, parameters), plain(index->list().lang, nullptr) {}

  std::unique_ptr<LanguageIndex> index;
  Evaluator evaluator;
  Analyzer plain;  // cuts text as the index did, without stems
  Highlighter highlighter;
};

// The number of the tag itself, else of one that shares its primary subtag, else tags.size().
std::size_t related_language(std::string_view tag, const std::vector<std::string_view>& tags);

}  // namespace crossglot
