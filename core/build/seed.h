// build/seed.h - a word table that other documentation taught, for sites that have few translations or none.
//
//   # crossglot seed 1
//   @ fr en                     from French to English, until the next such line
//   tableau<TAB>tabl 62 array 21   a stem, then stems of the other language, each with its probability in per cent
//
// Stems are those of the analysis that wrote the file (core/text), so that a table is written and read by one
// version. A site's own dictionary is surer of its own words: a seed fills what it lacks, and weighs the more the
// less sure it is (blend()). How tables are made, and of what: models/seed/README.md.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace crossglot {

// Of a source stem: target stems with probabilities, the most probable first.
using SeedTranslations = std::vector<std::pair<std::string, double>>;
using SeedTable = std::map<std::string, SeedTranslations, std::less<>>;

// Of the languages that a site's readers ask in, those that it is not written in.
struct SeedReaders {
  std::vector<std::string> with, without;  // a table into any of the site's languages
};

class Seed {
 public:
  // Adds a file's tables; a stem that an earlier file has keeps its translations.
  // Errors: kInput naming file and line; then what stood before that line is added.
  Status read(std::string_view text, const std::string& file);

  // The table of exactly these languages, else of ones that share their primary subtags (and Chinese characters, if
  // any do), or null.
  const SeedTable* find(std::string_view from, std::string_view to) const;
  // Languages that have a table into `to` or a relative of it, ascending.
  std::vector<std::string> sources_of(std::string_view to) const;
  bool empty() const { return tables_.empty(); }

  // Keeps of many tables those that a site needs for its readers: into the languages of `site`, from those of
  // `readers` (none: all that have tables) that it has no pages in, none with the same primary subtag. Tables are
  // chosen as by find(). Translations between the site's own languages stay its own.
  SeedReaders keep_for(std::span<const std::string> readers, std::span<const std::string> site);

 private:
  using Languages = std::pair<std::string, std::string>;  // from and to
  const std::pair<const Languages, SeedTable>* find_entry(std::string_view from, std::string_view to) const;

  std::map<Languages, SeedTable> tables_;
};

// Adds a seed's translations of a word to learned ones. own: the most probable first; empty: the seed alone counts.
// Learned ones keep 1 - (1 - p)^2 of their weight, p being the first one's probability.
SeedTranslations blend(const SeedTranslations& own, const SeedTranslations& seed, double probability_min,
                       std::size_t translations_max);

// A table as lines of a file, without the file's first line; empty where the table is.
std::string seed_lines(std::string_view from, std::string_view to, const SeedTable& table);
inline constexpr std::string_view kSeedHead = "# crossglot seed 1\n";

}  // namespace crossglot
