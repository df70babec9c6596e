#include "lexical/language_index.h"

#include <algorithm>

namespace crossglot {
namespace {

template <typename T>
Status keep(Result<T> opened, std::unique_ptr<T>& place) {
  if (!opened) return opened.error();
  place = std::make_unique<T>(std::move(*opened));
  return ok_status();
}

std::size_t shard_of_page(const std::vector<PageShardRef>& shards, std::uint32_t page) {
  const auto after =
      std::upper_bound(shards.begin(), shards.end(), page,
                       [](std::uint32_t key, const PageShardRef& shard) { return key < shard.first_page; });
  return static_cast<std::size_t>(after - shards.begin() - 1);
}

}  // namespace

Result<std::unique_ptr<LanguageIndex>> LanguageIndex::open(Bytes bytes) {
  Result<List> list = List::open(std::move(bytes));
  if (!list) return list.error();
  std::unique_ptr<LanguageIndex> index(new LanguageIndex());
  index->list_ = std::move(*list);
  const List& opened = index->list_;
  index->files_.resize(opened.files.size());
  index->term_shards_.resize(opened.term_shards.size());
  index->positions_.resize(opened.term_shards.size());
  index->page_shards_.resize(opened.page_shards.size());
  index->tail_shards_.resize(opened.tail_shards.size());
  for (const DictionaryRef& dictionary : opened.dictionaries) {
    index->dictionaries_.emplace_back().resize(dictionary.shards.size());
  }
  index->section_pages_.resize(opened.section_count);
  index->group_pages_.resize(opened.group_count, kNone);
  for (std::uint32_t page = 0; page < opened.pages.size(); ++page) {
    const PageEntry& entry = opened.pages[page];
    std::fill_n(index->section_pages_.begin() + entry.first_section, entry.section_count, page);
    index->group_pages_[entry.group] = page;
  }
  if (Status status = index->open_parts(kInlineFile); !status) return status.error();
  return index;
}

std::uint32_t LanguageIndex::page_of_group(std::uint32_t group) const {
  return group < group_pages_.size() ? group_pages_[group] : kNone;
}

std::uint32_t LanguageIndex::find_file(std::string_view name) const {
  for (std::uint32_t i = 0; i < list_.files.size(); ++i) {
    if (list_.files[i].name == name) return i;
  }
  return kNone;
}

Status LanguageIndex::attach(std::uint32_t file, Bytes bytes) {
  CG_CHECK(file < files_.size());
  if (attached(file)) return ok_status();
  if (bytes.size() != list_.files[file].raw_size || bytes.empty()) {
    return make_error(ErrorCode::kCorrupt, list_.files[file].name + " does not have the size that the list says");
  }
  files_[file] = std::move(bytes);
  Status status = open_parts(file);
  if (!status) files_[file] = Bytes();
  return status;
}

std::size_t LanguageIndex::page_end(const std::vector<PageShardRef>& shards, std::size_t shard) const {
  return shard + 1 < shards.size() ? shards[shard + 1].first_page : list_.pages.size();
}

Status LanguageIndex::open_page_shards(std::uint32_t file) {
  for (std::size_t i = 0; i < page_shards_.size(); ++i) {
    const auto& [first, part] = list_.page_shards[i];
    if (part.file != file) continue;
    if (Status status = keep(PageShard::open(bytes_of(part)), page_shards_[i]); !status) return status;
    const std::size_t end = page_end(list_.page_shards, i);
    bool same = page_shards_[i]->page_count() == end - first;
    for (std::size_t page = first; same && page < end; ++page) {
      same = page_shards_[i]->page(page - first).sections.size() == list_.pages[page].section_count;
    }
    if (!same) return make_error(ErrorCode::kCorrupt, "a page shard does not fit the list's page table");
  }
  for (std::size_t i = 0; i < tail_shards_.size(); ++i) {
    const auto& [first, part] = list_.tail_shards[i];
    if (part.file != file) continue;
    const PageEntry& last = list_.pages[page_end(list_.tail_shards, i) - 1];
    const std::size_t sections = last.first_section + last.section_count - list_.pages[first].first_section;
    if (Status status = keep(TailShard::open(bytes_of(part), sections), tail_shards_[i]); !status) return status;
  }
  return ok_status();
}

// All or nothing: what a broken file brought is forgotten again.
Status LanguageIndex::open_parts(std::uint32_t file) {
  Status status = ok_status();
  for (std::size_t i = 0; i < term_shards_.size() && status.ok(); ++i) {
    const Part& part = list_.term_shards[i].terms;
    if (part.size == 0 || part.file != file) continue;
    status = keep(TermShard::open(bytes_of(part), list_.section_count), term_shards_[i]);
  }
  if (status.ok()) status = open_page_shards(file);
  if (status.ok() && list_.words.size > 0 && list_.words.file == file) {
    Result<WordList> words = WordList::open(bytes_of(list_.words));
    if (words) {
      speller_ = std::make_unique<Speller>(std::move(*words));
    } else {
      status = words.error();
    }
  }
  if (status.ok() && list_.filters.size > 0 && list_.filters.file == file) {
    status = keep(FilterTable::open(bytes_of(list_.filters), page_count()), filters_);
  }
  if (status.ok() && list_.lengths.size > 0 && list_.lengths.file == file) {
    status = keep(SectionLengths::open(bytes_of(list_.lengths), list_.section_count), lengths_);
  }
  for (std::size_t i = 0; i < dictionaries_.size(); ++i) {
    for (std::size_t j = 0; j < dictionaries_[i].size() && status.ok(); ++j) {
      const Part& part = list_.dictionaries[i].shards[j].part;
      if (part.file == file) status = keep(DictionaryShard::open(bytes_of(part)), dictionaries_[i][j]);
    }
  }
  if (status.ok()) return status;
  for (std::size_t i = 0; i < dictionaries_.size(); ++i) {
    for (std::size_t j = 0; j < dictionaries_[i].size(); ++j) {
      if (list_.dictionaries[i].shards[j].part.file == file) dictionaries_[i][j].reset();
    }
  }
  for (std::size_t i = 0; i < term_shards_.size(); ++i) {
    if (list_.term_shards[i].terms.file == file) term_shards_[i].reset();
  }
  for (std::size_t i = 0; i < page_shards_.size(); ++i) {
    if (list_.page_shards[i].part.file == file) page_shards_[i].reset();
  }
  for (std::size_t i = 0; i < tail_shards_.size(); ++i) {
    if (list_.tail_shards[i].part.file == file) tail_shards_[i].reset();
  }
  if (list_.words.file == file) speller_.reset();
  if (list_.filters.file == file) filters_.reset();
  if (list_.lengths.file == file) lengths_.reset();
  return status;
}

ByteSpan LanguageIndex::bytes_of(const Part& part) const {
  if (part.file == kInlineFile) return list_.inline_bytes(part);
  return ByteSpan(files_[part.file]).subspan(part.begin, part.size);
}

ByteSpan LanguageIndex::part_bytes(const Part& part) {
  if (part.size == 0) return {};
  if (part.file != kInlineFile && !attached(part.file)) {
    if (std::find(missing_.begin(), missing_.end(), part.file) == missing_.end()) missing_.push_back(part.file);
    return {};
  }
  return bytes_of(part);
}

std::uint32_t LanguageIndex::range_of(std::string_view prefix) const {
  const auto begin = list_.term_shards.begin();
  const auto after =
      std::upper_bound(begin, begin + list_.range_count(), prefix,
                       [](std::string_view key, const TermShardRef& shard) { return key < shard.first_stem; });
  return after == begin ? kNone : static_cast<std::uint32_t>(after - begin - 1);
}

std::uint32_t LanguageIndex::shard_of(std::string_view stem) const {
  for (std::uint32_t i = list_.range_count(); i < list_.term_shards.size(); ++i) {
    if (list_.term_shards[i].first_stem == stem) return i;
  }
  return range_of(stem);
}

const TermShard* LanguageIndex::term_shard(std::uint32_t shard) {
  if (!term_shards_[shard] && !(common_spared_ && is_common(shard))) part_bytes(list_.term_shards[shard].terms);
  return term_shards_[shard].get();
}

void LanguageIndex::keep_error(const Error& error) {
  if (error_.code == ErrorCode::kOk) error_ = error;
}

void LanguageIndex::read_postings(const TermPlace& place, std::vector<Posting>& postings) {
  const Status status = term_shards_[place.shard]->read_postings(term(place), postings);
  if (status) return;
  postings.clear();
  keep_error(status.error());
}

bool LanguageIndex::open_positions(std::uint32_t shard) {
  if (positions_[shard].shard) return true;
  const ByteSpan bytes = part_bytes(list_.term_shards[shard].positions);
  if (bytes.empty()) return false;
  std::vector<std::uint32_t> counts;
  std::vector<std::uint32_t> group_terms;
  for (const TermGroup& group : term_shards_[shard]->groups()) {
    group_terms.push_back(static_cast<std::uint32_t>(counts.size()));
    for (const Term& term : group.terms) counts.push_back(term.posting_count);
  }
  const ByteSpan codes = term_shards_[shard]->codes();
  const Status status = keep(PositionShard::open(bytes, counts, codes), positions_[shard].shard);
  if (!status) keep_error(status.error());
  positions_[shard].group_terms = std::move(group_terms);
  return status.ok();
}

bool LanguageIndex::read_positions(const TermPlace& place, std::vector<std::uint32_t>& positions,
                                   std::vector<std::uint32_t>& ends) {
  if (!open_positions(place.shard)) return false;
  const Positions& opened = positions_[place.shard];
  const Status status = opened.shard->read(opened.group_terms[place.group] + place.term, positions, ends);
  if (!status) keep_error(status.error());
  return status.ok();
}

const PageText* LanguageIndex::page_text(std::uint32_t page) {
  const std::size_t shard = shard_of_page(list_.page_shards, page);
  if (!page_shards_[shard]) {
    part_bytes(list_.page_shards[shard].part);
    return nullptr;
  }
  return &page_shards_[shard]->page(page - list_.page_shards[shard].first_page);
}

bool LanguageIndex::has_tails(std::uint32_t page) const {
  return tail_shards_.empty() || tail_shards_[shard_of_page(list_.tail_shards, page)];
}

const SectionTail* LanguageIndex::section_tail(std::uint32_t page, std::uint32_t section) {
  if (list_.tail_shards.empty()) {
    keep_error(make_error(ErrorCode::kCorrupt, "a page shard is broken"));
    return nullptr;
  }
  const std::size_t shard = shard_of_page(list_.tail_shards, page);
  if (!tail_shards_[shard]) {
    part_bytes(list_.tail_shards[shard].part);
    return nullptr;
  }
  const std::uint32_t first = list_.pages[list_.tail_shards[shard].first_page].first_section;
  return &tail_shards_[shard]->section(list_.pages[page].first_section + section - first);
}

const Speller* LanguageIndex::speller() {
  if (!speller_) part_bytes(list_.words);
  return speller_.get();
}

const DictionaryShard* LanguageIndex::dictionary_shard(std::uint32_t dictionary, std::uint32_t shard) {
  std::unique_ptr<DictionaryShard>& opened = dictionaries_[dictionary][shard];
  if (!opened) part_bytes(list_.dictionaries[dictionary].shards[shard].part);
  return opened.get();
}

const SectionLengths* LanguageIndex::section_lengths() {
  if (!lengths_) part_bytes(list_.lengths);
  return lengths_.get();
}

const FilterTable* LanguageIndex::filters() {
  if (!filters_) part_bytes(list_.filters);
  return filters_.get();
}

}  // namespace crossglot
