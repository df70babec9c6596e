// text/wordpiece.h - a word as the longest pieces that spell it, from left to right (Wu et al. 2016, section 4.1).
//
// The first piece of a word is spelled as it is, later ones with "##" in front. A word that cannot be spelled to its
// end, or that is too long, is one unknown piece. Ids equal those of the library `tokenizers`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/bert_normalizer.h"
#include "text/piece_trie.h"

namespace crossglot {

class WordPiece final : public WordReceiver {
 public:
  // Appends to `pieces`. All is borrowed.
  WordPiece(const PieceTrie& trie, std::uint32_t characters_max, std::uint32_t unknown,
            std::vector<std::uint32_t>& pieces);

  void take(std::string_view word, std::size_t characters) override;

 private:
  bool spell(std::string_view word);

  const PieceTrie& trie_;
  PieceTrie::Node continuation_;  // where pieces that go on a word begin
  std::uint32_t characters_max_;
  std::uint32_t unknown_;
  std::vector<std::uint32_t>& pieces_;
};

}  // namespace crossglot
