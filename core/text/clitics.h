// text/clitics.h - what an apostrophe or a colon ties to a word without being part of it.
#pragma once

#include <span>
#include <string_view>

#include "text/expression.h"
#include "text/units.h"

namespace crossglot {

// How a language uses the apostrophe. English possessive 's is cut in all of them: names carry it everywhere.
enum class Apostrophe : std::uint8_t {
  kPlain,    // it is left out: don't -> dont, п'ять -> пять
  kElision,  // French, Catalan, Italian, Occitan, Irish...: l'homme, dell'arte -> homme, arte
  kSuffix,   // Turkish, Azerbaijani: Ankara'da -> Ankara
};
Apostrophe apostrophe_of(std::string_view language);

// Finnish and Swedish: "EU:n", "tv:n" are inflected by a colon.
bool inflects_by_colon(std::string_view language);

// The piece without its clitics; never empty.
UnitRange without_clitics(std::span<const CharUnit> units, UnitRange piece, Apostrophe apostrophe);

}  // namespace crossglot
