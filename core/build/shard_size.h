// build/shard_size.h - how large shards are before gzip.
//
// A term shard is fetched for every word of a query and a page shard for nearly every row of an answer, so both
// should be small; but every file is one more to deploy and an entry of 36 bytes in the list. At about 130 files for
// a manual of 2,500 pages both are bearable: smaller sites get fewer files, larger ones larger shards, up to a bound.
#pragma once

#include <algorithm>
#include <cstddef>

namespace crossglot {

struct ShardSize {
  std::size_t least, most, count;

  std::size_t of(std::size_t total) const { return std::clamp(total / count, least, most); }
};

inline constexpr ShardSize kTermShard = {24'000, 64'000, 43};
inline constexpr ShardSize kPageShard = {40'000, 96'000, 75};
// Positions of several term shards share a file: phrases are rare, files are counted.
inline constexpr ShardSize kPositionFile = {256'000, 1'000'000, 4};

}  // namespace crossglot
