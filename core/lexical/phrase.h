// lexical/phrase.h - where the words of a quoted phrase stand one after another.
#pragma once

#include "lexical/language_index.h"
#include "lexical/terms.h"

namespace crossglot {

// Fills alternative.sections from the positions of its facets' terms, or sets phrase_pending when a position file is
// missing. A word stands for itself: other inflections are taken only where the index does not have the very word.
void match_phrase(LanguageIndex& index, Alternative& alternative);

}  // namespace crossglot
