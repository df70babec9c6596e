#include "command/bundle_pages.h"

#include <algorithm>

#include "format/list.h"
#include "format/page_shard.h"

namespace crossglot::command {

namespace {

void add_page(BundlePages& pages, const std::string& lang, const PageText& page) {
  const std::string group(page.group);
  pages.by_url.emplace(page.url, BundlePage{lang, group});
  auto& names = pages.names[lang];
  for (const SectionText& section : page.sections) names.insert(group + "#" + std::string(section.anchor));
  names.insert(group);
}

Status add_shard(BundlePages& pages, const BundleReader& bundle, const std::string& lang, const List& list,
                 const Part& part) {
  Bytes file;
  ByteSpan bytes;
  std::string name = lang;
  if (part.file == kInlineFile) {
    bytes = list.inline_bytes(part);
  } else {
    name = bundle.path(list.files[part.file].name);
    Result<Bytes> read = bundle.read_file(list.files[part.file].name);
    if (!read) return read.error();
    file = std::move(*read);
    if (file.size() < std::size_t{part.begin} + part.size) {
      return make_error(ErrorCode::kCorrupt, name + ": shorter than the list says");
    }
    bytes = ByteSpan(file).subspan(part.begin, part.size);
  }
  const Result<PageShard> shard = PageShard::open(bytes);
  if (!shard) return make_error(shard.error().code, name + ": " + shard.error().message);
  for (std::size_t i = 0; i < shard->page_count(); ++i) add_page(pages, lang, shard->page(i));
  return ok_status();
}

}  // namespace

Result<BundlePages> read_bundle_pages(const BundleReader& bundle) {
  BundlePages pages;
  for (const ManifestLanguage& language : bundle.manifest().languages) {
    Result<Bytes> bytes = bundle.read_list(language);
    if (!bytes) return bytes.error();
    const Result<List> list = List::open(std::move(*bytes));
    if (!list) return make_error(list.error().code, bundle.path(language.list) + ": " + list.error().message);
    for (const DictionaryRef& dictionary : list->dictionaries) pages.folds = std::max(pages.folds, dictionary.fold);
    for (const PageShardRef& shard : list->page_shards) {
      if (const Status status = add_shard(pages, bundle, language.lang, *list, shard.part); !status) {
        return status.error();
      }
    }
  }
  return pages;
}

}  // namespace crossglot::command
