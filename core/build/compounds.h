// build/compounds.h - split the compounds of Germanic and Uralic languages at words that the site itself uses.
//
//   "tabellenblatt" -> tabellen + blatt       "sicherheitskopie" -> sicherheit + (s) + kopie
//
// The builder adds a compound's postings to those of its parts, so that a query for a part finds the compound and
// needs nothing at query time. Only words of the site's vocabulary are parts: no dictionary, few wrong splits.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace crossglot {

// Whether `lang` (BCP-47) writes compounds in one word: de nl sv da nb nn no fi hu is et.
bool joins_compounds(std::string_view lang);

// The parts of `word`, or none. Each part has at least four letters and is accepted by find(), which returns the
// number of a vocabulary word or UINT32_MAX. Fewest parts win, then the longest first part.
std::vector<std::uint32_t> split_compound(std::string_view word, std::string_view lang,
                                          const std::function<std::uint32_t(std::string_view)>& find);

}  // namespace crossglot
