// lexical/terms.h - from the words of a query to the terms of one language's index.
//
//   `installing foo_bar`  ->  unit "installing"   facet: installing 1, install .8, installed .8, installation .06
//                             unit "foo_bar"      facet: foo_bar 1;  facets of weight .5: foo, bar
//
// A unit is what the reader counts as one word: it is held by a page or not, and reported as dropped or corrected.
// Its facets are scored each with its own rarity; the terms of one facet are taken for one word: their frequencies
// are added before saturation. A run of a script without spaces is one unit with a facet for each bigram.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lexical/language_index.h"
#include "lexical/query.h"
#include "lexical/ranking.h"
#include "lexical/translator.h"
#include "text/analyzer.h"
#include "text/stem_cache.h"

namespace crossglot {

struct WeightedTerm {
  TermPlace place;
  float weight = 1;
};

struct Facet {
  std::vector<WeightedTerm> terms;
  float weight = 1;
  std::uint32_t document_frequency = 0;  // of the word; 0: no page holds it
  float rarity = 0;                      // of a word that was translated: that of its translations; 0: by frequency
  bool pending = false;                  // a shard is missing: nothing is known yet
  bool names = true;                     // counts in a title or heading; a part of an identifier does not
};

// One way to satisfy a unit. A quoted phrase is an alternative that only some sections can satisfy.
struct Alternative {
  std::vector<Token> tokens;
  std::vector<Facet> facets;
  bool phrase = false;
  bool phrase_pending = false;          // positions are missing
  std::vector<std::uint32_t> sections;  // of a phrase: where it stands, ascending
};

struct Unit {
  std::string text;  // as typed; empty: a word of a phrase that stands nowhere
  std::string corrected_to;
  bool negated = false;
  std::vector<Alternative> alternatives;  // more than one: OR

  bool pending() const;
  bool matched() const;  // some page holds some of it
};

// Cuts a parsed query into units by the analysis of one language; at most `units_max`. Facets are still empty.
std::vector<Unit> make_units(const Query& query, Analyzer& analyzer, std::size_t units_max);

class TermResolver {
 public:
  // analyzer  of the language, with its stemmer.
  // folder  the same without a stemmer: its stems are what unfinished words are compared with.
  // translator  of the query's other languages; where it is active, tokens were cut by another language's rules.
  // stems  of the index's language, for these.
  TermResolver(LanguageIndex& index, Analyzer& analyzer, StemCache& folder, StemCache& stems, Translator& translator,
               const RankingParameters& parameters)
      : index_(index),
        analyzer_(analyzer),
        folder_(folder),
        stems_(stems),
        translator_(translator),
        parameters_(parameters) {}

  // Fills the facets of every unit. open_end: the last unit's last word may go on.
  void resolve(std::vector<Unit>& units, bool open_end);

 private:
  enum class Lookup { kFound, kAbsent, kPending };

  Lookup find_group(std::string_view stem, TermPlace& place);
  Facet look_up(const Token& token);
  void translate(const Token& token, Facet& facet);
  void guess_language(const Token& token, Facet& facet);
  void add_translations(Facet& facet);
  float rarity(std::uint32_t document_frequency) const;
  void add_translation(const TermPlace& place, float weight, Facet& facet);
  void add_group(const TermPlace& group, std::string_view surface, float weight, Facet& facet);
  // wide: relatives of a word count, too.
  void resolve_alternative(Alternative& alternative, bool wide, bool open_end);
  void add_relatives(const Token& token, Facet& facet);
  void expand_prefix(const Token& token, Facet& facet);
  void collect_prefixed(std::uint32_t shard, std::string_view prefix, const Token& token,
                        std::vector<TermPlace>& found);

  // corrections.cpp
  void join_neighbours(std::vector<Unit>& units);
  void correct(Unit& unit);
  void correct_alternative(Alternative& alternative, std::string& corrected_to);
  bool correct_facet(const Token& token, std::uint32_t distance_max, Facet& facet, std::string& corrected_to);
  bool split_word(Alternative& alternative, std::string& corrected_to);
  void bridge_bigrams(Alternative& alternative);

  LanguageIndex& index_;
  Analyzer& analyzer_;
  StemCache& folder_;
  StemCache& stems_;
  Translator& translator_;
  const RankingParameters& parameters_;
  std::vector<Token> scratch_;
  std::vector<TranslatedTerm> translated_;
};

}  // namespace crossglot
