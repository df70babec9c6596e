// text/unigram.h - the most probable way to write a text in pieces (Kudo 2018, "Subword regularization").
//
// A piece has a log probability; the best sum over all ways is found from left to right. Ids equal those of the
// library `sentencepiece` (0.2.3), because the arithmetic does: sums are float32, rounded at every piece, and begin
// anew below -100,000; a sum replaces another only when it is greater; shorter pieces are tried first; a character
// that is no piece costs (least score - 10); neighbours of that kind give one id.
//
// Time       O(bytes * longest piece). Where no piece holds U+2581 but in front, every way has a seam before each
//            U+2581: text is cut there, and the workspace needs room for the longest word alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/piece_trie.h"

namespace crossglot {

struct UnigramStep {  // the best way to a byte of a word
  float score;
  std::uint32_t begin;  // of its last piece
  std::uint32_t piece;
};

class Unigram {
 public:
  // trie  of all pieces that text may become; it outlives this.
  Unigram(const PieceTrie& trie, float least_score, bool words_stand_alone, std::uint32_t unknown)
      : trie_(trie), unknown_score_(least_score - 10.0f), words_stand_alone_(words_stand_alone), unknown_(unknown) {}

  // Appends the ids of the pieces of `text`, which is nmt_nfkc()'s. `steps` is room to work in.
  void segment(std::string_view text, std::vector<UnigramStep>& steps, std::vector<std::uint32_t>& pieces) const;

 private:
  // Fills `steps` for a word that is reached with the score of steps[0].
  void walk(std::string_view word, std::vector<UnigramStep>& steps) const;

  const PieceTrie& trie_;
  float unknown_score_;
  bool words_stand_alone_;
  std::uint32_t unknown_;
};

}  // namespace crossglot
