#include "text/piece_trie.h"

#include <algorithm>
#include <array>
#include <bit>

namespace crossglot {
namespace {

using Depths = std::array<std::uint32_t, kPieceBytesMax + 2>;

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

// Counts nodes and pieces of every depth. False when the streams do not describe strings.
bool count_depths(ByteSpan shared, ByteSpan sizes, std::size_t suffix_bytes, Depths& nodes, Depths& pieces) {
  std::size_t length = 0;
  std::size_t total = 0;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (shared[i] > length || sizes[i] == 0) return false;
    length = std::size_t{shared[i]} + sizes[i];
    if (length > kPieceBytesMax) return false;
    total += sizes[i];
    // Differences now, sums below.
    ++nodes[std::size_t{shared[i]} + 1];
    --nodes[length + 1];
    ++pieces[length];
  }
  for (std::size_t depth = 1; depth < nodes.size(); ++depth) nodes[depth] += nodes[depth - 1];
  return total == suffix_bytes;
}

// Turns counts into the number of the first of each depth.
void to_begins(Depths& counts, std::uint32_t begin) {
  for (std::uint32_t& count : counts) {
    const std::uint32_t size = count;
    count = begin;
    begin += size;
  }
}

}  // namespace

Result<PieceTrie> PieceTrie::create(ByteSpan shared, ByteSpan sizes, ByteSpan suffixes,
                                    const std::vector<Piece>& pieces) {
  if (shared.size() != pieces.size() || sizes.size() != pieces.size() || suffixes.size() >= kNone) {
    return corrupt("a list of pieces is cut off");
  }
  Depths next{};
  Depths next_piece{};
  if (!count_depths(shared, sizes, suffixes.size(), next, next_piece)) return corrupt("a list of pieces is broken");
  next[0] = 1;  // the root
  to_begins(next, 0);
  to_begins(next_piece, 0);

  PieceTrie trie;
  const std::size_t nodes = suffixes.size() + 1;
  trie.labels_.resize(nodes);
  trie.first_child_.resize(nodes + 1);
  trie.first_child_[kRoot] = 1;
  trie.first_child_[nodes] = static_cast<std::uint32_t>(nodes);
  trie.pieces_.resize(pieces.size());
  std::array<std::uint8_t, kPieceBytesMax + 1> before{};  // of the piece before
  std::size_t length = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::size_t depth = shared[i];
    // In order, and `shared` is all that is shared: otherwise two siblings would have one label.
    if (depth < length && suffixes[at] <= before[depth]) return corrupt("a list of pieces is out of order");
    Node node = kRoot;
    for (std::size_t end = at + sizes[i]; at < end; ++at) {
      before[depth++] = suffixes[at];
      node = next[depth]++;
      trie.labels_[node] = suffixes[at];
      // Children are made later than those of every node before this one, so they begin here.
      trie.first_child_[node] = next[depth + 1];
    }
    length = depth;
    trie.first_child_[node] |= kEndsPiece;
    trie.pieces_[next_piece[depth]++] = pieces[i];
  }

  trie.ends_.resize(nodes / 64 + 1);
  for (std::size_t node = 0; node < nodes; ++node) {
    trie.ends_[node / 64] |= std::uint64_t{trie.first_child_[node] >> 31} << (node % 64);
  }
  std::uint32_t rank = 0;
  trie.ranks_.reserve(trie.ends_.size());
  for (const std::uint64_t word : trie.ends_) {
    trie.ranks_.push_back(rank);
    rank += static_cast<std::uint32_t>(std::popcount(word));
  }
  trie.from_root_.assign(256, kNone);
  for (Node node = 1; node < (trie.first_child_[1] & kNone) && nodes > 1; ++node) {
    trie.from_root_[trie.labels_[node]] = node;
  }
  return trie;
}

PieceTrie::Node PieceTrie::walk(Node node, std::string_view labels) const {
  for (const char label : labels) {
    node = child(node, static_cast<std::uint8_t>(label));
    if (node == kNone) break;
  }
  return node;
}

std::size_t PieceTrie::memory_bytes() const {
  return labels_.capacity() + first_child_.capacity() * sizeof first_child_[0] + ends_.capacity() * sizeof ends_[0] +
         ranks_.capacity() * sizeof ranks_[0] + pieces_.capacity() * sizeof pieces_[0] +
         from_root_.capacity() * sizeof from_root_[0];
}

std::size_t PieceTrie::rank(Node node) const {
  const std::uint64_t below = (std::uint64_t{1} << (node % 64)) - 1;
  return ranks_[node / 64] + static_cast<std::size_t>(std::popcount(ends_[node / 64] & below));
}

}  // namespace crossglot
