// text/tokenizer_tables.h - the generated streams of tokenizer_tables.cpp; generate_tokenizer_tables.mjs says what
// they hold.
#pragma once

#include "base/bytes.h"

namespace crossglot::tokenizer_tables {

extern const ByteSpan kNmtGaps;
extern const ByteSpan kNmtLengths;
extern const ByteSpan kNmtTargets;
extern const ByteSpan kPairMarks;
extern const ByteSpan kPairs;
extern const ByteSpan kBertLengths;
extern const ByteSpan kBertValues;
extern const ByteSpan kBertClasses;
extern const ByteSpan kStripGaps;
extern const ByteSpan kStripLengths;
extern const ByteSpan kStripTargets;
extern const ByteSpan kLowerGaps;
extern const ByteSpan kLowerLengths;
extern const ByteSpan kLowerTargets;

}  // namespace crossglot::tokenizer_tables
