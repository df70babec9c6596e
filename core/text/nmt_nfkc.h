// text/nmt_nfkc.h - the rules of SentencePiece's normalisation "nmt_nfkc".
//
// The library has 225,276 rules, each a string and what replaces it; at every position of a text the longest that
// matches is used, and where none does, a character stays. They come from Unicode data:
//   one character   its NFKC, with a few exceptions for controls and spaces (generate_tokenizer_tables.mjs)
//   several         every spelling of a canonical composition: its parts, each replaced by any character that NFKD
//                   makes that part of ("Ａ" + U+030A and "A" + U+030A are both "Å"). They are not stored, but
//                   followed by composing step by step what single characters decompose to.
// It is not NFKC: a precomposed letter takes no further marks, and marks are not sorted.
//
// Source   builder.cc of the library says how it makes its rules; tests/bench/tokenizer compares with all of them.
// Threads  may be called at the same time; tables are unfolded at first use.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crossglot {

// Appends what the longest rule makes of the text at `offset` to `out`, or the character there, or U+FFFD for an
// invalid byte. Returns the bytes read, at least 1.
// offset  less than text.size().
std::size_t nmt_nfkc_step(std::string_view text, std::size_t offset, std::string& out);

// The whole text as the model reads it: rules applied, spaces at both ends removed, runs of spaces made one, every
// space and the text's beginning marked by U+2581. Empty when nothing is left. Replaces `out`.
void nmt_nfkc(std::string_view text, std::string& out);

}  // namespace crossglot
