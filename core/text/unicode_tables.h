// text/unicode_tables.h - the generated streams of unicode_tables.cpp; generate_tables.mjs says what they hold.
#pragma once

#include "base/bytes.h"

namespace crossglot::unicode_tables {

extern const ByteSpan kWordBreakRanges;
extern const ByteSpan kWordBreakValues;
extern const ByteSpan kScriptRanges;
extern const ByteSpan kScriptValues;
extern const ByteSpan kCombiningRanges;
extern const ByteSpan kCombiningValues;
extern const ByteSpan kMapping;
extern const ByteSpan kTargetLengths;
extern const ByteSpan kTargets;
extern const ByteSpan kPairMarks;
extern const ByteSpan kPairs;
extern const ByteSpan kDigitZeros;

}  // namespace crossglot::unicode_tables
