// build/align.h - which pieces of a text and of its translation belong together: sections, or the lines of a section.
//
// Dynamic programming over both sequences, after Gale & Church 1993 ("A program for aligning sentences in bilingual
// corpora"): a step takes one or two pieces of each side, or one of one side alone, and costs more the less their
// lengths agree. What both sides share whatever the language (anchors, identifiers, numbers, equal lines) makes a
// step cheaper: headings that were added or paragraphs that were left out then do not shift the rest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace crossglot {

struct AlignItem {
  std::uint32_t length = 0;          // in characters
  std::uint32_t key = 0;             // the same number on both sides: surely the same piece; 0: none
  std::vector<std::uint32_t> marks;  // ascending: what does not depend on the language
};

// Pieces [left_begin, left_end) are [right_begin, right_end); both not empty.
struct AlignedSpan {
  std::uint32_t left_begin = 0, left_end = 0;
  std::uint32_t right_begin = 0, right_end = 0;
};

// ratio  characters of the right language to one of the left.
// In order, without overlap. Time and space: proportional to the product of both sizes, within a band when that is
// large.
std::vector<AlignedSpan> align(std::span<const AlignItem> left, std::span<const AlignItem> right, double ratio);

}  // namespace crossglot
