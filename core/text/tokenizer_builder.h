// text/tokenizer_builder.h - writes the bytes that Tokenizer::create reads (tokenizer.h).
//
// Deterministic: the same pieces give the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "text/tokenizer.h"

namespace crossglot {

struct TokenizerPieces {
  TokenizerKind kind = TokenizerKind::kUnigram;
  // By id. An empty string is a piece that text never becomes: special pieces, unused rows, <mask>.
  // Unigram: spelled with U+2581 for a space. WordPiece: with "##" before a piece that goes on a word.
  std::vector<std::string> pieces;
  std::vector<float> scores;  // unigram: log probabilities by id, those of empty pieces unread; wordpiece: empty
  SpecialPieces special;
  BertOptions bert;  // of WordPiece
};

// Errors: kInput when a piece is too long, not UTF-8 or there twice, a score is not finite or above 0, or a special
// id is out of range or spelled. A negative zero and a zero are the same score.
Result<Bytes> build_tokenizer(const TokenizerPieces& pieces);

}  // namespace crossglot
