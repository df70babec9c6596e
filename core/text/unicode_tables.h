// text/unicode_tables.h - the generated streams of unicode_tables.cpp; generate_tables.mjs says what they hold.
#pragma once

#include "base/bytes.h"

namespace crossglot::unicode_tables {

extern const ByteSpan kWordBreakLengths;
extern const ByteSpan kWordBreakValues;
extern const ByteSpan kScriptLengths;
extern const ByteSpan kScriptValues;
extern const ByteSpan kCombiningLengths;
extern const ByteSpan kCombiningValues;
extern const ByteSpan kMapping;
extern const ByteSpan kTargetLengths;
extern const ByteSpan kTargets;
extern const ByteSpan kPairMarks;
extern const ByteSpan kPairs;
extern const ByteSpan kDigitZeros;

}  // namespace crossglot::unicode_tables
