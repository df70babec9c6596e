// command/bundle_pages.h - which pages and sections a bundle holds, by name: what an evaluation checks judgments by.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "command/bundle_reader.h"

namespace crossglot::command {

struct BundlePage {
  std::string lang;  // of the list
  std::string group;
};

struct BundlePages {
  std::unordered_map<std::string, BundlePage> by_url;
  // By language of the list: groups, and group#anchor of every section.
  std::unordered_map<std::string, std::set<std::string, std::less<>>> names;
  std::uint32_t folds = 0;  // of the dictionaries (format/list.h); 0: none but the whole site's
};

// Reads every page shard, and the anchors in tail shards. Errors: as BundleReader's; kCorrupt.
Result<BundlePages> read_bundle_pages(const BundleReader& bundle);

}  // namespace crossglot::command
