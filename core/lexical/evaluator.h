// lexical/evaluator.h - one query against one language: which pages hold it, and how well.
//
// Every posting of every query term is read and added up, page by page and section by section (term at a time). A
// frequent word of a manual has a few ten thousand postings, each takes about two nanoseconds: well under a
// millisecond, less than skipping structures would have to save. Ranking: ranking.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lexical/language_index.h"
#include "lexical/query.h"
#include "lexical/ranking.h"
#include "lexical/terms.h"
#include "text/analyzer.h"

namespace crossglot {

struct PageScore {
  std::uint32_t page = 0;
  float score = 0;          // of its theoretical maximum, times the page's weight
  std::uint64_t units = 0;  // bit i: the page holds some of unit i
};

struct SectionScore {
  std::uint32_t section = 0;  // of the language
  float score = 0;
};

using Filters = std::vector<std::pair<std::string, std::string>>;

struct EvaluationOptions {
  std::size_t units_max = 0;
  bool prefix = false;  // the last word may go on
  bool draft = false;   // common words are left out where they are not there yet and the query has others
  // Of the query, other than the index's own, the likeliest first; and which dictionaries translate them (list.h).
  std::span<const QueryLanguage> languages = {};
  std::uint32_t fold = 0;
  bool by_section = false;  // sections are to be ranked, so that their lengths count
};

class Evaluator {
 public:
  // stemmer  borrowed, may be null. parameters: borrowed, outlive the evaluator.
  Evaluator(LanguageIndex& index, Stemmer* stemmer, const RankingParameters& parameters);

  // Replaces the results below by those of a query. What is missing for them is in index().missing().
  void run(const Query& query, const Filters& filters, const EvaluationOptions& options);
  // The same once more, where words that hardly a page holds may be of any language of the site. What run() found
  // stands where none is. Precondition: run() was called for the same, and complete().
  void run_guessing(const Query& query, const Filters& filters, const EvaluationOptions& options);

  LanguageIndex& index() { return index_; }
  const std::vector<Unit>& units() const { return units_; }
  // Pages that match, best first where sort_pages() has put them, and in order of page otherwise.
  std::vector<PageScore>& pages() { return pages_; }
  // Puts the best `count` pages first, in order; equal scores by lower page.
  void sort_pages(std::size_t count);
  // The sections of `page` that hold something of the query, best first; equal scores by lower section.
  std::vector<SectionScore> sections(std::uint32_t page, std::size_t count) const;
  // Whether a page may be an answer at all: no filter or exclusion leaves it out, and it holds the query's phrases.
  bool admits(std::uint32_t page) const { return excluded_[page] == 0; }
  // Whether there are pages that may not.
  bool restricts() const { return std::find(excluded_.begin(), excluded_.end(), 1) != excluded_.end(); }
  // False when files are missing that could change which pages match.
  bool complete() const { return complete_; }

 private:
  // What the words of a query amount to in a page or a section.
  struct Tally {
    float score = 0;        // saturated
    float named = 0;        // weights of the words in the page's title, or in the section's heading
    float named_share = 0;  // of the title's or heading's words that these are; may pass 1

    void add(const Tally& other);
    void take_greater(const Tally& other);
  };
  // Of all pages and sections; `touched` lists where they are not 0.
  struct Sums {
    std::vector<Tally> pages;
    std::vector<float> coverage;  // weights of the words that the page holds
    std::vector<Tally> sections;
    std::vector<std::uint32_t> touched_pages;
    std::vector<std::uint32_t> touched_sections;

    void resize(std::size_t page_count, std::size_t section_count);
    void clear();
    void add(const Sums& other);
    void take_greater(const Sums& other);
  };

  void resolve(const Query& query, const EvaluationOptions& options);
  void resolve(const Query& query, const EvaluationOptions& options, bool draft);
  void score(const Filters& filters);
  Analyzer& analyzer_for(std::string_view lang);
  void match_phrases();
  void drop_lost_phrases();
  void score_unit(std::size_t number);
  void score_alternative(const Alternative& alternative, Sums& sums);
  void score_facet(const Facet& facet, const std::vector<std::uint32_t>* only, Sums& sums);
  void read_facet(const Facet& facet, const std::vector<std::uint32_t>* only);
  float saturate_section(std::uint32_t section, float frequency) const;
  void exclude(const Unit& unit);
  void apply_filters(const Filters& filters);
  void collect_pages();
  float facet_weight(const Facet& facet) const;
  float with_name(const Tally& tally, float bonus) const;

  LanguageIndex& index_;
  const RankingParameters& parameters_;
  Stemmer* stemmer_;
  Analyzer analyzer_;
  StemCache folder_;
  StemCache stems_;
  Translator translator_;
  std::vector<std::unique_ptr<Analyzer>> foreign_;  // by which queries in other languages are cut
  std::vector<Unit> units_;
  std::vector<PageScore> pages_;
  bool complete_ = true;
  const SectionLengths* lengths_ = nullptr;  // where sections are ranked
  float maximum_ = 0;                        // what a page with endless frequencies of every unit would score

  Sums total_;
  Sums unit_sums_;
  Sums alternative_sums_;
  std::vector<std::uint64_t> page_units_;
  std::uint64_t unit_bit_ = 0;  // of the unit that is being scored
  std::vector<std::uint8_t> excluded_;
  std::vector<float> length_norms_;   // of each page
  std::vector<float> frequencies_;    // of one facet in each section: scratch
  std::vector<std::uint8_t> places_;  // likewise: its best place
  std::vector<std::uint32_t> facet_sections_;
  std::vector<Posting> postings_;
};

}  // namespace crossglot
