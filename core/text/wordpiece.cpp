#include "text/wordpiece.h"

namespace crossglot {

WordPiece::WordPiece(const PieceTrie& trie, std::uint32_t characters_max, std::uint32_t unknown,
                     std::vector<std::uint32_t>& pieces)
    : trie_(trie),
      continuation_(trie.walk(PieceTrie::kRoot, "##")),
      characters_max_(characters_max),
      unknown_(unknown),
      pieces_(pieces) {}

void WordPiece::take(std::string_view word, std::size_t characters) {
  const std::size_t begin = pieces_.size();
  if (characters <= characters_max_ && spell(word)) return;
  pieces_.resize(begin);
  pieces_.push_back(unknown_);
}

bool WordPiece::spell(std::string_view word) {
  PieceTrie::Node start = PieceTrie::kRoot;
  while (!word.empty()) {
    const Piece* longest = nullptr;
    std::size_t longest_size = 0;
    PieceTrie::Node node = start;
    for (std::size_t size = 0; size < word.size() && node != PieceTrie::kNone;) {
      node = trie_.child(node, static_cast<std::uint8_t>(word[size]));
      if (node == PieceTrie::kNone) break;
      ++size;
      if (const Piece* const piece = trie_.piece(node); piece != nullptr) {
        longest = piece;
        longest_size = size;
      }
    }
    if (longest == nullptr) return false;
    pieces_.push_back(longest->id);
    word.remove_prefix(longest_size);
    start = continuation_;
  }
  return true;
}

}  // namespace crossglot
