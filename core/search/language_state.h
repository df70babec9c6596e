// search/language_state.h - a language of the index with what answering keeps between queries.
#pragma once

#include <memory>
#include <utility>

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

}  // namespace crossglot
