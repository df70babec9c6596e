// format/list.h - the list of one language: what its files are, which terms and pages each holds, the page table.
//
// A language's data is cut into parts (term shards, position shards, page shards and their tails, one word list, one
// filter table). A part lies in a file of its own, or, where the whole language is small, inside the list itself, so
// that a small site is its manifest and one file a language.
//
// Bytes: core/format/FORMAT.md, "List". open() validates everything: afterwards no accessor can leave its bounds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace crossglot {

inline constexpr std::uint8_t kFormatVersion = 1;
inline constexpr std::uint32_t kInlineFile = 0xffffffff;  // Part::file of a part inside the list
inline constexpr std::uint32_t kRawBytesMax = 16u << 20;  // no file inflates to more
inline constexpr std::uint32_t kSectionsMax = 1u << 22;   // of a language, and groups of a site: 4 million

struct Part {
  std::uint32_t file = kInlineFile;  // index into List::files, or kInlineFile
  std::uint32_t begin = 0;           // byte in the inflated file, or in the list's inline area
  std::uint32_t size = 0;            // 0: there is no such part
};

// The first half of a SHA-256. Nobody finds a second content to a given half either, and the other half would be a
// fifth of what a reader downloads first.
using FileHash = std::array<std::uint8_t, 16>;
FileHash file_hash(const Sha256& digest);

struct FileEntry {
  std::string name;  // first 16 hex digits of the hash, and an extension
  std::uint32_t stored_size = 0;
  std::uint32_t raw_size = 0;
  FileHash hash{};  // of the inflated content, so that the name does not depend on the compressor
};

struct TermShardRef {
  std::string first_stem;  // shard i holds [first_stem(i), first_stem(i+1)); a common word's holds this stem alone
  Part terms;
  Part positions;
};

// Of page shards and of their tails: each of both kinds begins where it will.
struct PageShardRef {
  std::uint32_t first_page = 0;
  Part part;
};

struct DictionaryShardRef {
  std::string first_stem;  // of the source language; in byte order, as term shards
  Part part;
};

// Translations of another language's stems into this list's (dictionary.h).
struct DictionaryRef {
  std::string lang;  // of the sources: the tag of a list of the bundle
  // 0: mined from the whole site. f > 0, in bundles made to be evaluated: mined without the groups of fold f
  // (fold_of_group()).
  std::uint32_t fold = 0;
  std::vector<DictionaryShardRef> shards;
};

// What scoring needs to know about a page without loading its text.
struct PageEntry {
  std::uint32_t first_section = 0;
  std::uint32_t section_count = 0;  // at least 1: section 0 of a page is its lead, which carries the title
  std::uint32_t group = 0;          // number of the translation group, the same in all lists of the bundle
  std::uint8_t weight_code = 0;     // page_weight() below
  std::uint8_t length_code = 0;     // words of the page: decode_length() below
};

// Per-page weights and lengths on a logarithmic scale of one byte.
std::uint8_t encode_weight(double weight);  // clamped to [1/16, 16]; 1.0 is exact
float decode_weight(std::uint8_t code);
std::uint8_t encode_length(std::uint64_t words);
float decode_length(std::uint8_t code);

// In 1..folds, by the group's name alone.
std::uint32_t fold_of_group(std::string_view group, std::uint32_t folds);

class List {
 public:
  // Errors: kCorrupt, kTooNew, kTooOld.
  static Result<List> open(Bytes bytes);

  std::string lang;
  std::string dir;
  bool stemmed = true;  // false: built without stemmers
  std::uint32_t section_count = 0;
  std::uint32_t group_count = 0;   // of the whole bundle
  double average_page_length = 0;  // in words
  float k1 = 0;                    // BM25F saturation; term codes (term_shard.h) hold what comes before it
  std::vector<FileEntry> files;
  // In byte order of stems; behind them, in an order of their own, the shards of common words. A stem that has such
  // a shard is in no other.
  std::vector<TermShardRef> term_shards;
  std::uint32_t common_count = 0;
  std::vector<PageShardRef> page_shards;
  std::vector<PageShardRef> tail_shards;  // none, or one for every page
  std::vector<PageEntry> pages;
  Part words;                               // word_list.h
  Part filters;                             // filter_table.h
  Part lengths;                             // section_lengths.h
  std::vector<DictionaryRef> dictionaries;  // by lang, then fold

  // Term shards that are no common word's.
  std::uint32_t range_count() const { return static_cast<std::uint32_t>(term_shards.size()) - common_count; }
  // The bytes of a part that lies in the list. Precondition: part.file == kInlineFile.
  ByteSpan inline_bytes(const Part& part) const;

 private:
  Bytes inline_area_;
};

// list_builder.cpp: the same structure to bytes (not gzipped). `inline_area` holds the inline parts.
Bytes build_list(const List& list, ByteSpan inline_area);

}  // namespace crossglot
