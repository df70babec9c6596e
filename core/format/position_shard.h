// format/position_shard.h - where in its sections each term of a term shard stands: for quoted phrases only.
//
// Parallel to its term shard: the same terms in the same order, and for each posting its positions. Positions
// count words in title, heading, text and code of the section laid end to end with kFieldGap between, so that no
// phrase spans two fields. A posting may have no position at all. How many it has is told by its code in most cases,
// so that only differences are stored.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

inline constexpr std::uint32_t kFieldGap = 32;

class PositionShard {
 public:
  // posting_counts  of the term shard's terms, in order (all groups laid end to end).
  // codes           of all its postings. Bytes are borrowed, these only during the call.
  // Errors: kCorrupt.
  static Result<PositionShard> open(ByteSpan bytes, const std::vector<std::uint32_t>& posting_counts, ByteSpan codes);

  // Replaces `positions` by one ascending list a posting of term number `term`: positions[ends[i-1] .. ends[i]).
  // Errors: kCorrupt.
  Status read(std::size_t term, std::vector<std::uint32_t>& positions, std::vector<std::uint32_t>& ends) const;

 private:
  Bytes counts_;                             // one byte a posting
  ByteSpan gaps_;                            // varints
  std::vector<std::uint32_t> count_begins_;  // of each term, into counts_; one more at the end
  std::vector<std::uint32_t> gap_begins_;    // of each term, into gaps_; one more at the end
};

// positions[term][posting] -> ascending positions; an empty list where the term stands in the section only as a
// part of a compound, which no phrase matches. codes: of all postings, as the term shard has them.
Bytes build_position_shard(const std::vector<std::vector<std::vector<std::uint32_t>>>& positions, ByteSpan codes);

}  // namespace crossglot
