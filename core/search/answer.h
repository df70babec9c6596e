// search/answer.h - from evaluated languages to rows: merge, collapse translations, choose sections, fill the text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lexical/evaluator.h"
#include "search/index.h"
#include "search/language_state.h"
#include "search/meaning.h"
#include "search/row.h"

namespace crossglot {

class Answer {
 public:
  // meaning: null where the index has no vectors.
  Answer(std::vector<std::unique_ptr<LanguageState>>& languages, Meaning* meaning, const SearchRequest& request)
      : languages_(languages), meaning_(meaning), request_(request) {}

  // Errors: kArgument, kCorrupt.
  Result<SearchResponse> run();

 private:
  void choose_languages();
  bool own_has_enough() const;
  bool own_lacks_pages() const;
  std::uint32_t own_page(std::uint32_t language, std::uint32_t page) const;
  void evaluate(std::uint32_t language);
  bool means() const;
  const std::vector<std::uint32_t>& shown() const;
  void search_english();
  void space_scores();
  void collect_words();
  Status collect_fused();
  void collect_language(std::uint32_t language, std::size_t count);
  void collect_sections(std::uint32_t language);
  void collapse();
  void show_readers_version(Row& row) const;
  void note_needs(SearchResponse& response) const;
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
  Meaning* meaning_;
  const SearchRequest& request_;
  std::uint32_t own_ = kNone;            // the reader's language, where it may be shown
  std::vector<std::uint32_t> searched_;  // languages whose words are evaluated, the reader's first
  std::vector<std::uint32_t> shown_;     // where meaning takes part: languages whose versions may be rows
  bool enough_ = false;                  // the reader's language has pages that hold every word
  bool complete_ = true;
  std::vector<Row> rows_;
  std::vector<std::vector<SectionScore>> fused_sections_;  // of rows that meaning took part in
  std::uint64_t total_ = 0;
  std::vector<TextMatch> matches_;
  std::string whole_text_, whole_code_;  // what whole_section() has joined
};

}  // namespace crossglot
