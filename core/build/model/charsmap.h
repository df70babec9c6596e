// build/model/charsmap.h - are the rules of a tokenizer.json's normaliser those that the tokenizers follow?
//
// A "Precompiled" normaliser holds the rules of SentencePiece's trainer, in base64: u32 size of a double array
// (Darts: a unit has its label in bits 0 to 7, bit 8 when a key ends here, its children's offset in bits 10 to 31,
// 256 times as far with bit 9), the array, and the replacements that its values point at, each with a 0 behind. The
// tokenizers follow nmt_nfkc alone (text/nmt_nfkc.h). Models carry it as of the Unicode version of their day, with
// fewer rules and maybe a few other ones: one rule of a thousand may differ.
#pragma once

#include <string_view>

#include "base/result.h"

namespace crossglot {

// Errors: kInput when the text is no such map, or is one of other rules.
Status check_charsmap(std::string_view base64);

}  // namespace crossglot
