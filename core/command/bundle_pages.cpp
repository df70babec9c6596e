#include "command/bundle_pages.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "format/list.h"
#include "format/page_shard.h"

namespace crossglot::command {

namespace {

class ListPages {
 public:
  ListPages(const BundleReader& bundle, const List& list, BundlePages& pages, const std::string& lang)
      : bundle_(bundle), list_(list), pages_(pages), lang_(lang), names_(pages.names[lang]) {}

  Status read() {
    for (const PageShardRef& shard : list_.page_shards) {
      if (Status status = read_pages(shard.part); !status) return status;
    }
    for (std::size_t i = 0; i < list_.tail_shards.size(); ++i) {
      if (Status status = read_tails(i); !status) return status;
    }
    return ok_status();
  }

 private:
  Result<Bytes> bytes_of(const Part& part) const {
    if (part.file == kInlineFile) {
      const ByteSpan bytes = list_.inline_bytes(part);
      return Bytes(bytes.begin(), bytes.end());
    }
    Result<Bytes> file = bundle_.read_file(list_.files[part.file].name);
    if (!file) return file;
    if (file->size() < std::size_t{part.begin} + part.size) {
      return make_error(ErrorCode::kCorrupt, name_of(part) + ": shorter than the list says");
    }
    const auto begin = file->begin() + part.begin;
    return Bytes(begin, begin + part.size);
  }

  std::string name_of(const Part& part) const {
    return part.file == kInlineFile ? lang_ : bundle_.path(list_.files[part.file].name);
  }

  Status read_pages(const Part& part) {
    const Result<Bytes> bytes = bytes_of(part);
    if (!bytes) return bytes.error();
    const Result<PageShard> shard = PageShard::open(*bytes);
    if (!shard) return make_error(shard.error().code, name_of(part) + ": " + shard.error().message);
    for (std::size_t i = 0; i < shard->page_count(); ++i) {
      const PageText& page = shard->page(i);
      groups_.emplace_back(page.group);
      pages_.by_url.emplace(page.url, BundlePage{lang_, groups_.back()});
      names_.insert(groups_.back());
      for (const SectionText& section : page.sections) {
        if (!section.is_behind()) names_.insert(groups_.back() + "#" + std::string(section.anchor));
      }
    }
    return ok_status();
  }

  // The anchors of sections whose text lies wholly behind the beginnings of their pages.
  Status read_tails(std::size_t number) {
    const PageShardRef& ref = list_.tail_shards[number];
    const Result<Bytes> bytes = bytes_of(ref.part);
    if (!bytes) return bytes.error();
    const bool last = number + 1 == list_.tail_shards.size();
    const std::size_t end = last ? list_.pages.size() : list_.tail_shards[number + 1].first_page;
    std::vector<std::size_t> page_of_section;
    for (std::size_t page = ref.first_page; page < end; ++page) {
      page_of_section.insert(page_of_section.end(), list_.pages[page].section_count, page);
    }
    const Result<TailShard> shard = TailShard::open(*bytes, page_of_section.size());
    if (!shard) return make_error(shard.error().code, name_of(ref.part) + ": " + shard.error().message);
    for (std::size_t i = 0; i < page_of_section.size(); ++i) {
      const std::string anchor(shard->section(i).anchor);
      if (!anchor.empty() && page_of_section[i] < groups_.size()) {
        names_.insert(groups_[page_of_section[i]] + "#" + anchor);
      }
    }
    return ok_status();
  }

  const BundleReader& bundle_;
  const List& list_;
  BundlePages& pages_;
  const std::string& lang_;
  std::set<std::string, std::less<>>& names_;
  std::vector<std::string> groups_;  // by page of the list
};

}  // namespace

Result<BundlePages> read_bundle_pages(const BundleReader& bundle) {
  BundlePages pages;
  for (const ManifestLanguage& language : bundle.manifest().languages) {
    Result<Bytes> bytes = bundle.read_list(language);
    if (!bytes) return bytes.error();
    const Result<List> list = List::open(std::move(*bytes));
    if (!list) return make_error(list.error().code, bundle.path(language.list) + ": " + list.error().message);
    for (const DictionaryRef& dictionary : list->dictionaries) pages.folds = std::max(pages.folds, dictionary.fold);
    if (const Status status = ListPages(bundle, *list, pages, language.lang).read(); !status) return status.error();
  }
  return pages;
}

}  // namespace crossglot::command
