// lexical/language_index.h - one language of a bundle: its list, the files attached so far, the parts read from them.
//
// A part whose file is not there yet reads as null, and the file is noted: whoever evaluates a query goes on with
// what there is and afterwards asks missing() what would complete it. Parts are opened once and kept.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "format/dictionary.h"
#include "format/filter_table.h"
#include "format/list.h"
#include "format/page_shard.h"
#include "format/position_shard.h"
#include "format/section_lengths.h"
#include "format/term_shard.h"
#include "format/word_list.h"
#include "lexical/spelling.h"

namespace crossglot {

inline constexpr std::uint32_t kNone = 0xffffffff;

// A term and where it lies: positions are stored by its place.
struct TermPlace {
  std::uint32_t shard = 0;
  std::uint32_t group = 0;
  std::uint32_t term = 0;
};

class LanguageIndex {
 public:
  // Errors: those of List::open, and kCorrupt when a part inside the list is broken.
  static Result<std::unique_ptr<LanguageIndex>> open(Bytes list);

  const List& list() const { return list_; }
  std::uint32_t page_count() const { return static_cast<std::uint32_t>(list_.pages.size()); }
  std::uint32_t page_of_section(std::uint32_t section) const { return section_pages_[section]; }
  // The page of a translation group, or kNone.
  std::uint32_t page_of_group(std::uint32_t group) const;

  // Index into list().files, or kNone.
  std::uint32_t find_file(std::string_view name) const;
  bool attached(std::uint32_t file) const { return !files_[file].empty(); }
  // bytes: already checked against the file's hash. Errors: kCorrupt when a part in it is broken; the index then is
  // as before.
  Status attach(std::uint32_t file, Bytes bytes);

  // Number of the shard that holds `stem` if any does; kNone when the stem lies before all shards.
  std::uint32_t shard_of(std::string_view stem) const;
  // The same of shards that are no common word's: where words that begin with `prefix` begin.
  std::uint32_t range_of(std::string_view prefix) const;
  // Null when it is missing; a common word's is not asked for while common words are spared.
  const TermShard* term_shard(std::uint32_t shard);
  bool is_common(std::uint32_t shard) const { return shard != kNone && shard >= list_.range_count(); }
  void spare_common(bool spare) { common_spared_ = spare; }
  bool common_spared() const { return common_spared_; }
  const TermGroup& group(const TermPlace& place) const { return term_shards_[place.shard]->groups()[place.group]; }
  const Term& term(const TermPlace& place) const { return group(place).terms[place.term]; }
  // Postings of a term whose shard is open. A broken posting list reads as empty and sets error().
  void read_postings(const TermPlace& place, std::vector<Posting>& postings);
  // Positions of a term whose shard is open (position_shard.h); false when the file is missing or broken.
  bool read_positions(const TermPlace& place, std::vector<std::uint32_t>& positions,
                      std::vector<std::uint32_t>& ends);
  // The page with its sections' texts as far as page shards have them, or null.
  const PageText* page_text(std::uint32_t page);
  bool has_tails(std::uint32_t page) const;
  // The rest of a section of `page` that goes on, or null. section: of the page.
  const SectionTail* section_tail(std::uint32_t page, std::uint32_t section);
  const Speller* speller();
  const FilterTable* filters();
  const SectionLengths* section_lengths();
  // A shard of list().dictionaries[dictionary], or null.
  const DictionaryShard* dictionary_shard(std::uint32_t dictionary, std::uint32_t shard);

  // Files that were asked for and not there since the last clear_missing(): indices into list().files.
  const std::vector<std::uint32_t>& missing() const { return missing_; }
  void clear_missing() { missing_.clear(); }
  // The first breakage met while reading lazily; kOk otherwise.
  const Error& error() const { return error_; }

 private:
  LanguageIndex() = default;
  // The bytes of a part, or an empty span, then its file is noted as missing.
  ByteSpan part_bytes(const Part& part);
  ByteSpan bytes_of(const Part& part) const;
  Status open_parts(std::uint32_t file);
  Status open_page_shards(std::uint32_t file);
  // Pages [first_page, page_end()) lie in shard `shard` of `shards`.
  std::size_t page_end(const std::vector<PageShardRef>& shards, std::size_t shard) const;
  bool open_positions(std::uint32_t shard);
  void keep_error(const Error& error);

  struct Positions {
    std::unique_ptr<PositionShard> shard;
    std::vector<std::uint32_t> group_terms;  // number of terms before each group
  };

  List list_;
  std::vector<Bytes> files_;
  std::vector<std::uint32_t> section_pages_;
  std::vector<std::uint32_t> group_pages_;
  std::vector<std::unique_ptr<TermShard>> term_shards_;
  std::vector<Positions> positions_;
  std::vector<std::unique_ptr<PageShard>> page_shards_;
  std::vector<std::unique_ptr<TailShard>> tail_shards_;
  std::unique_ptr<Speller> speller_;
  std::unique_ptr<FilterTable> filters_;
  std::unique_ptr<SectionLengths> lengths_;
  std::vector<std::vector<std::unique_ptr<DictionaryShard>>> dictionaries_;  // by dictionary and shard
  std::vector<std::uint32_t> missing_;
  bool common_spared_ = false;
  Error error_;
};

}  // namespace crossglot
