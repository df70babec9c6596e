#include "format/position_shard.h"

#include <array>

#include "format/part_header.h"

namespace crossglot {
namespace {

// A count of 255 stands for a larger one, which then precedes the gaps.
constexpr std::uint8_t kCountAhead = 255;

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "a position shard does not fit its term shard");
}

// The number of positions of one posting; reads the larger ones from `gaps`. Every position takes a byte at least.
std::uint32_t read_count(std::uint8_t code, ByteReader& gaps) {
  if (code != kCountAhead) return code;
  const std::uint32_t count = gaps.varint32();
  if (count < kCountAhead || count > gaps.remaining()) gaps.fail();
  return count;
}

}  // namespace

Result<PositionShard> PositionShard::open(ByteSpan bytes, const std::vector<std::uint32_t>& posting_counts,
                                          ByteSpan codes) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kPositions); !status) return status.error();
  PositionShard shard;
  const ByteSpan differences = as_bytes(reader.string());
  shard.gaps_ = as_bytes(reader.string());
  if (!reader.finished() || differences.size() != codes.size()) return corrupt();
  std::array<std::uint8_t, 256> last{};
  shard.counts_.resize(codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    shard.counts_[i] = last[codes[i]] = static_cast<std::uint8_t>(last[codes[i]] + differences[i]);
  }

  shard.count_begins_.reserve(posting_counts.size() + 1);
  shard.gap_begins_.reserve(posting_counts.size() + 1);
  ByteReader gaps(shard.gaps_);
  std::size_t at = 0;
  for (const std::uint32_t postings : posting_counts) {
    shard.count_begins_.push_back(static_cast<std::uint32_t>(at));
    shard.gap_begins_.push_back(static_cast<std::uint32_t>(gaps.position()));
    if (postings > shard.counts_.size() - at) return corrupt();
    for (std::uint32_t i = 0; i < postings; ++i) {
      for (std::uint32_t count = read_count(shard.counts_[at++], gaps); count > 0 && !gaps.failed(); --count) {
        gaps.varint32();
      }
      if (gaps.failed()) return corrupt();
    }
  }
  shard.count_begins_.push_back(static_cast<std::uint32_t>(at));
  shard.gap_begins_.push_back(static_cast<std::uint32_t>(gaps.position()));
  if (at != shard.counts_.size() || !gaps.finished()) return corrupt();
  return shard;
}

Status PositionShard::read(std::size_t term, std::vector<std::uint32_t>& positions,
                           std::vector<std::uint32_t>& ends) const {
  CG_CHECK(term + 1 < count_begins_.size());
  positions.clear();
  ends.clear();
  ByteReader gaps(gaps_.subspan(gap_begins_[term], gap_begins_[term + 1] - gap_begins_[term]));
  for (std::uint32_t at = count_begins_[term]; at < count_begins_[term + 1]; ++at) {
    std::uint64_t next = 0;
    for (std::uint32_t count = read_count(counts_[at], gaps); count > 0; --count) {
      next += gaps.varint32();
      if (gaps.failed() || next >= UINT32_MAX) {
        positions.clear();
        ends.clear();
        return corrupt();
      }
      positions.push_back(static_cast<std::uint32_t>(next++));
    }
    ends.push_back(static_cast<std::uint32_t>(positions.size()));
  }
  return ok_status();
}

}  // namespace crossglot
