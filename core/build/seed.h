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
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace crossglot {

// Of a source stem: target stems with probabilities, the most probable first.
using SeedTranslations = std::vector<std::pair<std::string, double>>;
using SeedTable = std::map<std::string, SeedTranslations, std::less<>>;

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

 private:
  std::map<std::pair<std::string, std::string>, SeedTable> tables_;  // by languages, from and to
};

// Adds a seed's translations of a word to learned ones. own: the most probable first; empty: the seed alone counts.
// Learned ones keep 1 - (1 - p)^2 of their weight, p being the first one's probability.
SeedTranslations blend(const SeedTranslations& own, const SeedTranslations& seed, double probability_min,
                       std::size_t translations_max);

// A table as lines of a file, without the file's first line; empty where the table is.
std::string seed_lines(std::string_view from, std::string_view to, const SeedTable& table);
inline constexpr std::string_view kSeedHead = "# crossglot seed 1\n";

}  // namespace crossglot
