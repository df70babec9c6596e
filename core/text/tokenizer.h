// text/tokenizer.h - text to the pieces of an encoder's vocabulary, with the ids that its reference library gives.
//
// Unigram    SentencePiece's unigram model (unigram.h) over its nmt_nfkc normalisation (nmt_nfkc.h): ids equal
//            those of the library `sentencepiece`.
// WordPiece  BERT's normaliser (bert_normalizer.h) and greedy longest match (wordpiece.h): ids equal those of the
//            library `tokenizers`.
// Text never becomes a special piece: "<s>" or "[CLS]" in a text is made of ordinary pieces.
//
// Ownership  A Tokenizer keeps nothing of the bytes that it is made from. It can be moved, not copied.
// Threads    const methods may run at the same time on one Tokenizer, each with a workspace of its own.
// Errors     come back as Result from create(); tokenize() is defined for all bytes.
// Size       6 MB in memory for the 250,002 pieces of XLM-RoBERTa.
//
// Bytes, written by tokenizer_builder.h; numbers are varints, streams are a length and that many bytes:
//   u8[4] "CGTK", u8 kTokenizerVersion, u8 kind, u8 bits: 1 clean_text, 2 separate_han, 4 strip_accents, 8 lowercase,
//     16 no piece holds U+2581 but in front
//   number word_characters_max, pieces, id of the unknown piece, of begin, of end, of padding
//   streams of one entry for each piece that is spelled, in byte order of spellings:
//     u8 bytes shared with the spelling before, u8 bytes that follow them; then all those bytes
//     u8 low, u8 middle, u8 high byte of the id
//   unigram: stream of one number for each piece that is spelled, in the order of ids: zigzag of the bits of its
//     float32 score less those of the score before (0x80000000 before the first)
// XLM-RoBERTa's are 1.3 MB after gzip: 0.6 spellings, 0.6 ids, 0.2 scores.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "text/bert_normalizer.h"
#include "text/piece_trie.h"
#include "text/unigram.h"

namespace crossglot {

enum class TokenizerKind : std::uint8_t { kUnigram = 0, kWordPiece = 1 };

inline constexpr std::uint8_t kTokenizerVersion = 1;
inline constexpr std::uint32_t kPiecesMax = 1u << 22;

// Ids of the pieces that stand for no text: less than the number of pieces, and not spelled.
struct SpecialPieces {
  std::uint32_t unknown = 0;  // what no piece covers
  std::uint32_t begin = 0;    // before the first piece: <s>, [CLS]
  std::uint32_t end = 0;      // after the last one: </s>, [SEP]
  std::uint32_t padding = 0;
};

// What tokenize() needs beside the text; keeping one makes later calls free of allocation.
struct TokenizerWorkspace {
  std::string text;
  std::vector<UnigramStep> steps;
  std::vector<char32_t> marks;
};

class Tokenizer {
 public:
  // Errors: kCorrupt, kTooNew.
  static Result<Tokenizer> create(ByteSpan bytes);

  TokenizerKind kind() const { return kind_; }
  std::uint32_t piece_count() const { return piece_count_; }  // ids are less than this
  const SpecialPieces& special() const { return special_; }
  std::size_t memory_bytes() const { return trie_.memory_bytes(); }

  // Appends the ids of the text's pieces to `pieces`, without begin and end.
  // text  UTF-8 of any size; an invalid byte counts as U+FFFD.
  void tokenize(std::string_view text, TokenizerWorkspace& workspace, std::vector<std::uint32_t>& pieces) const;

  // The id of the piece that is spelled so, or piece_count(). Special pieces have no spelling.
  std::uint32_t find(std::string_view spelling) const;

 private:
  Tokenizer(TokenizerKind kind, PieceTrie trie) : kind_(kind), trie_(std::move(trie)) {}

  TokenizerKind kind_;
  PieceTrie trie_;
  std::uint32_t piece_count_ = 0;
  SpecialPieces special_;
  BertOptions bert_;
  bool words_stand_alone_ = false;
  float least_score_ = 0;
};

}  // namespace crossglot
