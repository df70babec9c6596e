// Texts for the real model: pieces of tests/embed/sentences.txt, cut so that C++ and JavaScript cut them alike
// (real_texts.mjs).
#pragma once

#include <string>
#include <vector>

namespace crossglot::test {

struct RealTexts {
  // Windows of 24 code points, one every 4: in 12 languages, with the query's prefix at most about 16 pieces.
  std::vector<std::string> queries;
  // For each sentence, it and all that follow in its language, begun anew at the end, four times over: cut at 128
  // pieces. One sentence in two.
  std::vector<std::string> passages;
};

inline constexpr std::size_t kQueryPieces = 16;
inline constexpr std::size_t kPassagePieces = 128;

RealTexts real_texts();

}  // namespace crossglot::test
