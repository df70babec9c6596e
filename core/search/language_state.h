// search/language_state.h - a language of the index with what answering keeps between queries.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lexical/evaluator.h"
#include "search/excerpt.h"
#include "text/language.h"

namespace crossglot {

struct LanguageState {
  LanguageState(std::unique_ptr<LanguageIndex> opened, Stemmer* stemmer, const RankingParameters& parameters)
      : index(std::move(opened)), evaluator(*index, stemmer, parameters), plain(index->list().lang, nullptr) {}

  std::unique_ptr<LanguageIndex> index;
  Evaluator evaluator;
  Analyzer plain;  // cuts text as the index did, without stems
  Highlighter highlighter;
};

// The number of the language `tag` itself, else of one that shares its primary subtag, else `count`.
// language_of(i)  a view of the tag of the i-th of `count` languages.
template <typename LanguageOf>
std::size_t related_language(std::string_view tag, std::size_t count, const LanguageOf& language_of) {
  const std::string wanted = normalize_language(tag);
  std::size_t related = count;
  for (std::size_t i = 0; i < count && !wanted.empty(); ++i) {
    if (language_of(i) == wanted) return i;
    if (related == count && primary_language(language_of(i)) == primary_language(wanted)) related = i;
  }
  return related;
}

}  // namespace crossglot
