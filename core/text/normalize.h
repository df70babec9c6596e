// text/normalize.h - the two keys of a word: its normal form, and that form without accents.
#pragma once

#include <string>
#include <string_view>

namespace crossglot {

// Canonical composition (NFC) of a text whose code points are each their own NFKC_Casefold; invalid bytes are
// dropped. With normalized(c) for every code point this is the Unicode Standard's toNFKC_Casefold.
// Quadratic in the length of one run of combining marks: callers bound what they pass (kTokenBytesMax).
void compose_text(std::string_view text, std::string& out);

// toNFKC_Casefold of any text (but for the code points that generate_tables.mjs leaves out).
std::string nfkc_casefold(std::string_view text);

// Appends `text`, which is in normal form, to `out` without what readers leave out when they type:
//   Latin, Greek   combining marks; letters with strokes and ligatures: ø o, đ d, ł l, ı i, æ ae, œ oe, þ th
//   Cyrillic       stress marks; ё becomes е (й, ї, ў stay: they are letters of their own)
//   Arabic         vowel marks, tatweel, hamza and madda on their carriers; Persian and Urdu yeh, kaf, heh and the
//                  feminine ending as their Arabic look-alikes
//   Hebrew         points; Devanagari: the dot below (nukta)
//   digits         of every script as 0 to 9
// Marks of other scripts stay: there they are vowels, tones or consonants. Folding twice changes nothing more.
void fold_accents(std::string_view text, std::string& out);

}  // namespace crossglot
