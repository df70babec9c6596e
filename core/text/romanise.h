// text/romanise.h - a key under which a name is the same in every alphabet: Токио, Τόκιο, 도쿄 and Tokyo are `tokio`.
//
// Names are written by sound, and no two languages hear alike: what they confuse falls together (b and p, d and t, g
// and k, l and r, v and w, i and y; doubled letters). Keys compare names that are believed to be names; for other
// words they say nothing.
//
// Tables  letter by letter, after the usual romanisations (ISO 9, ISO 843, Revised Romanization of Korean), without
//         their diacritics. Arabic and Hebrew have none: without the vowels that they do not write, keys of ordinary
//         words fall together ten times as often as those of names.
#pragma once

#include <string>
#include <string_view>

namespace crossglot {

// word  case folded UTF-8 (a surface of the analysis). "" when it is not letters of one alphabet alone, or of one
// that
//       has no table (Han: its readings are not in its characters).
std::string script_free_key(std::string_view word);

}  // namespace crossglot
