// lexical/translator.h - the words of a query in other languages as terms of an index, by the site's own
// dictionaries.
//
//   "tableau" (fr), index en  ->  tabl .62, array .21, spreadsheet .06     P(target stem | query stem)
//
// All translations of a word are terms of its one facet, so that their frequencies are added, each times its
// probability, before saturation: a page that says it twice in other words is not two pages.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lexical/language_index.h"
#include "text/stem_cache.h"

namespace crossglot {

// A language that a query may be written in.
struct QueryLanguage {
  std::string lang;
  float weight = 1;  // of its translations
};

struct TranslatedTerm {
  std::string_view stem;  // of the index; valid while the index lives
  float probability = 0;
};

class Translator {
 public:
  // stemmer  borrowed, may be null.
  Translator(LanguageIndex& index, Stemmer* stemmer) : index_(index), stemmer_(stemmer) {}

  // The languages of the query to come. Those that the index has no dictionary for are passed over. fold: list.h.
  // guess: words may be of other languages, too.
  void choose(std::span<const QueryLanguage> languages, std::uint32_t fold, bool guess);
  bool active() const { return !chosen_.empty(); }

  // Appends the translations of a word, by language, then falling probability. False when a file is missing.
  // A word that the dictionary lacks has those of its parts ("Formulardaten": Formular, Daten), else of the word that
  // begins most like it ("suppression": supprimer).
  // back_off: false for a word that the index has as it stands.
  bool translate(const std::string& surface, bool back_off, std::vector<TranslatedTerm>& found);

  // The same for a word that neither the index nor the query's languages know: it may be of any other language of the
  // site that is written in its script. English is asked first, the language that knew an earlier word of the query
  // before it; the first that knows the word has it. english: no other is asked.
  bool guess(const std::string& surface, bool english, std::vector<TranslatedTerm>& found);
  // Whether that found something since choose(), or might have, were a file not missing.
  bool guessed() const { return guessed_; }

 private:
  struct Source {
    std::string lang;
    StemCache stems;
  };
  struct Chosen {
    Source* source = nullptr;
    std::uint32_t dictionary = 0;  // index into the list's dictionaries
    float weight = 1;
  };

  const DictionaryShard* shard_of(const Chosen& chosen, std::string_view stem, bool& complete);
  bool look_up(const Chosen& chosen, std::string_view stem, std::vector<TranslatedTerm>& found);
  bool look_up_parts(const Chosen& chosen, const std::string& surface, std::vector<TranslatedTerm>& found);
  bool look_up_relative(const Chosen& chosen, std::string_view stem, std::vector<TranslatedTerm>& found);
  void weaken(std::size_t from, float factor, std::vector<TranslatedTerm>& found) const;
  Source& source(std::string_view lang);
  void list_others(std::uint32_t fold);

  LanguageIndex& index_;
  Stemmer* stemmer_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::vector<Chosen> chosen_;
  std::vector<Chosen> others_;  // in the order in which they are asked
  bool guessed_ = false;
};

}  // namespace crossglot
