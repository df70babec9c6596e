// search/answer.h - from evaluated languages to rows: merge, collapse translations, choose sections, fill the text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lexical/evaluator.h"
#include "search/excerpt.h"
#include "search/index.h"

namespace crossglot {

// A language of the index with what answering keeps between queries.
struct LanguageState {
  LanguageState(std::unique_ptr<LanguageIndex> opened, Stemmer* stemmer, const RankingParameters& parameters)
      : index(std::move(opened)), evaluator(*index, stemmer, parameters), plain(index->list().lang, nullptr) {}

  std::unique_ptr<LanguageIndex> index;
  Evaluator evaluator;
  Analyzer plain;  // cuts text as the index did, without stems
  Highlighter highlighter;
};

class Answer {
 public:
  Answer(std::vector<std::unique_ptr<LanguageState>>& languages, const SearchRequest& request)
      : languages_(languages), request_(request) {}

  // fill: false asks for `needs` alone. Errors: kCorrupt.
  Result<SearchResponse> run(bool fill);

 private:
  struct Row {
    std::uint32_t language = 0;  // number of the version that is shown
    std::uint32_t page = 0;
    std::uint32_t section = kNone;       // of rows that are sections
    std::uint32_t matched_language = 0;  // of the version that matched
    std::uint32_t matched_page = 0;
    std::uint64_t units = 0;
    float score = 0;
  };

  void choose_languages();
  bool own_has_enough() const;
  bool own_lacks_pages() const;
  std::uint32_t own_page(std::uint32_t language, std::uint32_t page) const;
  void evaluate(std::uint32_t language);
  void collect_rows();
  void collect_language(std::uint32_t language, std::size_t count);
  void collect_sections(std::uint32_t language);
  void collapse();
  void show_readers_version(Row& row) const;
  void sort_rows();
  void note_needs(SearchResponse& response) const;
  void want_texts();
  void collect_surfaces();
  void fill_hits(SearchResponse& response);
  bool fill_hit(const Row& row, Hit& hit);
  // Of the shown page, best first; section: of the page.
  std::vector<SectionScore> shown_sections(const Row& row) const;
  SectionHit fill_section(const Row& row, const PageText& text, std::uint32_t number, float score, bool best);
  std::uint64_t find_matches(const Row& row, std::string_view text);
  bool head_is_enough(const Row& row, const PageText& text, const SectionText& section);
  SectionText whole_section(const Row& row, const PageText& text, std::uint32_t number);
  void report_words(SearchResponse& response) const;
  std::uint32_t find_language(std::string_view tag) const;

  std::vector<std::unique_ptr<LanguageState>>& languages_;
  const SearchRequest& request_;
  std::uint32_t own_ = kNone;            // the reader's language, where it may be shown
  std::vector<std::uint32_t> searched_;  // languages, the reader's first
  bool enough_ = false;                  // the reader's language has pages that hold every word
  bool complete_ = true;
  std::vector<Row> rows_;
  std::uint64_t total_ = 0;
  std::vector<TextMatch> matches_;
  std::string whole_text_, whole_code_;  // what whole_section() has joined
};

}  // namespace crossglot
