// text/piece_trie.h - the pieces of a vocabulary as a trie of bytes.
//
// Nodes are numbered by depth, then in order of their strings: the children of a node are neighbours, and those of
// node n end where those of node n + 1 begin.
//
//   a: 1   ab: 2   ac: 3   b: 4        node           0    1    2    3    4
//                                      label               a    b    b    c
//                                      first child    1    3    5    5    5    (5)
//                                      ends a piece        x    x    x    x
//
// Pieces come sorted and front coded, and a node is made of each byte that a piece does not share with the one
// before: in one pass every depth is filled from left to right. 783,000 nodes of XLM-RoBERTa's 250,000 pieces take
// 6 MB with scores. What lost to it: DECISIONS.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

inline constexpr std::size_t kPieceBytesMax = 255;

struct Piece {
  std::uint32_t id;
  float score;
};

class PieceTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNone = 0x7FFFFFFF;

  // Of pieces in order: piece i begins with shared[i] bytes of the one before and goes on with the next sizes[i] of
  // `suffixes`. pieces[i] is what piece() gives for it.
  // Errors: kCorrupt when strings are not in rising order, are empty or longer than kPieceBytesMax, or when the
  // streams do not fit one another.
  static Result<PieceTrie> create(ByteSpan shared, ByteSpan sizes, ByteSpan suffixes,
                                  const std::vector<Piece>& pieces);

  // The node behind `node` under `label`, or kNone.
  Node child(Node node, std::uint8_t label) const {
    if (node == kRoot) return from_root_[label];
    const std::uint8_t* const labels = labels_.data();
    Node at = first_child_[node] & kNone;
    Node end = first_child_[node + 1] & kNone;
    while (end - at > kScan) {
      const Node middle = at + (end - at) / 2;
      if (labels[middle] <= label) {
        at = middle;
      } else {
        end = middle;
      }
    }
    for (; at < end; ++at) {
      if (labels[at] == label) return at;
    }
    return kNone;
  }

  // The piece that ends at a node, or nullptr.
  const Piece* piece(Node node) const {
    if ((first_child_[node] & kEndsPiece) == 0) return nullptr;
    return &pieces_[rank(node)];
  }

  // The node behind `node` under all of `labels`, or kNone.
  Node walk(Node node, std::string_view labels) const;

  // Of memory held.
  std::size_t memory_bytes() const;

 private:
  static constexpr Node kEndsPiece = 0x80000000;  // a bit of first_child_
  static constexpr Node kScan = 8;                // so many labels are read one by one: fewer branches missed

  PieceTrie() = default;

  // How many nodes before `node` end a piece.
  std::size_t rank(Node node) const;

  std::vector<std::uint8_t> labels_;
  std::vector<std::uint32_t> first_child_;  // one more than there are nodes
  std::vector<std::uint64_t> ends_;         // a bit a node
  std::vector<std::uint32_t> ranks_;        // set bits before each word of ends_
  std::vector<Piece> pieces_;               // by node
  std::vector<Node> from_root_;             // [256]: the root has the most children and is asked the most
};

}  // namespace crossglot
