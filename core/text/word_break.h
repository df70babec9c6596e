// text/word_break.h - where words begin and end: the default rules of Unicode Standard Annex #29, section 4.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/unicode.h"

namespace crossglot {

// Sets boundaries[i], for 0 <= i <= classes.size(), to 1 when there is a word boundary before the i-th code point
// and else to 0. Both ends are boundaries; an empty text has none. Linear time.
void find_word_boundaries(std::span<const WordBreak> classes, std::vector<std::uint8_t>& boundaries);

}  // namespace crossglot
