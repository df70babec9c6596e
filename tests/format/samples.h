// Small parts of every kind, for tests of reading, cutting and flipping.
#pragma once

#include "base/bytes.h"
#include "format/dictionary.h"
#include "format/filter_table.h"
#include "format/list.h"
#include "format/page_shard.h"
#include "format/position_shard.h"
#include "format/section_lengths.h"
#include "format/term_shard.h"
#include "format/vector_list.h"
#include "format/vector_shard.h"
#include "format/word_list.h"

namespace crossglot::test {

inline constexpr std::uint32_t kSampleSections = 400;
inline constexpr std::uint32_t kSamplePages = 3;

std::vector<GroupPostings> sample_groups();
std::vector<std::vector<std::vector<std::uint32_t>>> sample_positions();
std::vector<std::uint32_t> sample_posting_counts();
Bytes sample_codes();
std::vector<PageText> sample_pages();
std::vector<SectionTail> sample_tails();
std::vector<WordEntry> sample_words();
std::vector<FilterValue> sample_filters();
std::vector<DictionaryEntry> sample_dictionary();

// A list with files and inline parts; its inline area is sample_inline_area().
List sample_list();
Bytes sample_inline_area();

// Vectors of kSampleDimensions numbers: six rows of three units in two groups, in a shard of a file and one inside.
inline constexpr std::uint32_t kSampleDimensions = 3;
VectorList sample_vectors();
Bytes sample_vector_area();  // its inline area
Bytes sample_vector_shard(std::size_t rows);

}  // namespace crossglot::test
