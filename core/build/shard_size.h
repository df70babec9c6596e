// build/shard_size.h - how large shards are before gzip.
//
// A term shard is fetched for every word of a query and a page shard for nearly every row of an answer, so both
// should be small; but every file is one more to deploy and an entry of 20 bytes in the list. At about 130 files for
// a manual of 2,500 pages both are bearable: smaller sites get fewer files, larger ones larger shards, up to a bound.
// What a first answer does without (positions, common words, the rest of texts) has fewer, larger files.
#pragma once

#include <algorithm>
#include <cstddef>

namespace crossglot {

struct ShardSize {
  std::size_t least, most, count;

  std::size_t of(std::size_t total) const { return std::clamp(total / count, least, most); }
};

// Cuts a run of things into shards of about one size, so that there are `count` of them where the bounds allow that.
class ShardCutter {
 public:
  // total: of all things to come, roughly.
  ShardCutter(ShardSize size, std::size_t total) : size_(size), left_(total) {}

  // Called for each thing in turn: whether it begins another shard than the one before it.
  bool begins_shard(std::size_t bytes) {
    const std::size_t target =
        std::clamp(left_ / std::max<std::size_t>(size_.count - cut_, 1), size_.least, size_.most);
    const bool begins = begun_ > 0 && begun_ + bytes / 2 > target;
    if (begins) {
      left_ -= std::min(left_, begun_);
      begun_ = 0;
      if (cut_ + 1 < size_.count) ++cut_;
    }
    begun_ += bytes;
    return begins;
  }

 private:
  ShardSize size_;
  std::size_t left_;       // of the shard that is being filled, and of all behind it
  std::size_t cut_ = 0;    // shards before it
  std::size_t begun_ = 0;  // bytes in it
};

inline constexpr ShardSize kTermShard = {14'000, 64'000, 57};
inline constexpr ShardSize kPageShard = {12'000, 96'000, 46};
inline constexpr ShardSize kTailShard = {60'000, 400'000, 20};
inline constexpr ShardSize kCommonFile = {24'000, 400'000, 2};
// Positions of several term shards share a file: phrases are rare, files are counted.
inline constexpr ShardSize kPositionFile = {256'000, 1'000'000, 3};

// A language with less text than this shows all of it in its page shards.
inline constexpr std::size_t kUncutTextBytes = 1'000'000;
// Of a page's text in its page shard: about what a row shows. The text of other sections is left to the tails.
inline constexpr std::size_t kHeadBytes = 140;
// Words of so many pages (as a share) and sections are common: they hardly tell pages apart, and take long to load.
inline constexpr double kCommonShare = 0.4;
inline constexpr std::size_t kCommonPostings = 1000;

}  // namespace crossglot
