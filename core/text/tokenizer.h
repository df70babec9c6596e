// text/tokenizer.h - text to the pieces of an encoder's vocabulary, with the ids that its reference library gives.
//
// Unigram    SentencePiece's unigram model over its nmt_nfkc normalisation (unigram.h, nmt_nfkc.h): ids equal those
// of
//            the library `sentencepiece`.
// WordPiece  BERT's normaliser and greedy longest match (wordpiece.h, bert_normalizer.h): ids equal those of the
//            library `tokenizers`.
// Text never becomes a special piece: "<s>" or "[CLS]" in a text is made of ordinary pieces.
//
// Ownership  A Tokenizer keeps nothing of the bytes that it is made from. It can be moved, not copied.
// Threads    const methods may run at the same time on one Tokenizer, each with a workspace of its own.
// Errors     come back as Result from create(); tokenize() is defined for all bytes.
// Bytes      MODEL.md; piece_list.h reads them, tokenizer_builder.h writes them.
// Size       about 6 MB in memory for the 250,002 pieces of XLM-RoBERTa.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

enum class TokenizerKind : std::uint8_t { kUnigram = 0, kWordPiece = 1 };

inline constexpr std::size_t kPieceBytesMax = 255;
inline constexpr std::uint32_t kPiecesMax = 1u << 20;

// Ids of the pieces that stand for no text. They are less than the number of pieces, and differ from one another.
struct SpecialPieces {
  std::uint32_t unknown = 0;  // what no piece covers
  std::uint32_t begin = 0;    // before the first piece: <s>, [CLS]
  std::uint32_t end = 0;      // after the last one: </s>, [SEP]
  std::uint32_t padding = 0;
};

// Options of WordPiece's normaliser, as tokenizer.json names them; unigram has none.
struct BertOptions {
  bool clean_text = true;     // drops control characters, makes every white space a space
  bool separate_han = true;   // handle_chinese_chars
  bool strip_accents = true;  // null in tokenizer.json: what `lowercase` is
  bool lowercase = true;
};

// What tokenize() needs beside the text; keeping one makes later calls free of allocation.
struct TokenizerWorkspace {
  struct Step {  // the best way to reach a byte of the normalised text
    float score;
    std::uint32_t begin;
    std::uint32_t piece;
  };
  std::string text;
  std::vector<Step> steps;
  std::vector<char32_t> code_points;
};

class Tokenizer {
 public:
  // Errors: kCorrupt, kTooNew.
  static Result<Tokenizer> create(ByteSpan bytes);

  Tokenizer(Tokenizer&&) noexcept = default;
  Tokenizer& operator=(Tokenizer&&) noexcept = default;

  TokenizerKind kind() const { return kind_; }
  std::uint32_t piece_count() const { return piece_count_; }  // ids are less than this
  const SpecialPieces& special() const { return special_; }

  // Appends the ids of the text's pieces to `pieces`, without begin and end.
  // text  UTF-8 of any size; an invalid byte counts as U+FFFD.
  void tokenize(std::string_view text, TokenizerWorkspace& workspace, std::vector<std::uint32_t>& pieces) const;

  // The id of the piece spelled exactly so, or piece_count(). Special pieces have no spelling.
  std::uint32_t find(std::string_view piece) const;

 private:
  Tokenizer() = default;

  TokenizerKind kind_ = TokenizerKind::kUnigram;
  std::uint32_t piece_count_ = 0;
  SpecialPieces special_;
  BertOptions bert_;
};

}  // namespace crossglot
