#include "text/tokenizer.h"

#include <algorithm>
#include <array>
#include <bit>

#include "text/nmt_nfkc.h"
#include "text/wordpiece.h"

namespace crossglot {
namespace {

constexpr std::uint32_t kMinusZero = 0x80000000;
constexpr std::uint32_t kMinusInfinity = 0xFF800000;

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

struct Header {
  TokenizerKind kind = TokenizerKind::kUnigram;
  bool words_stand_alone = false;
  BertOptions bert;
  std::uint32_t piece_count = 0;
  SpecialPieces special;
};

Status read_header(ByteReader& reader, Header& header) {
  if (as_text(reader.take(4)) != "CGTK") return corrupt("this is no tokenizer");
  const std::uint8_t version = reader.u8();
  if (version > kTokenizerVersion) return make_error(ErrorCode::kTooNew, "the tokenizer is of a newer version");
  if (version != kTokenizerVersion) return corrupt("the tokenizer has no version");
  const std::uint8_t kind = reader.u8();
  const std::uint8_t bits = reader.u8();
  if (kind > 1 || bits >= 32) return corrupt("the tokenizer is of an unknown kind");
  header.kind = static_cast<TokenizerKind>(kind);
  header.bert.clean_text = (bits & 1) != 0;
  header.bert.separate_han = (bits & 2) != 0;
  header.bert.strip_accents = (bits & 4) != 0;
  header.bert.lowercase = (bits & 8) != 0;
  header.words_stand_alone = (bits & 16) != 0;
  header.bert.word_characters_max = reader.varint32();
  header.piece_count = reader.varint32();
  header.special.unknown = reader.varint32();
  header.special.begin = reader.varint32();
  header.special.end = reader.varint32();
  header.special.padding = reader.varint32();
  if (reader.failed()) return corrupt("the tokenizer is cut off");
  return ok_status();
}

// The ids of the spelled pieces in the order of their spellings. False when one is out of range or there twice, or
// belongs to a special piece. `spelled` gets a mark for each id.
bool read_ids(const std::array<ByteSpan, 3>& planes, const Header& header, std::vector<Piece>& pieces,
              std::vector<std::uint8_t>& spelled) {
  const SpecialPieces& special = header.special;
  if (header.piece_count > kPiecesMax) return false;
  spelled.assign(header.piece_count, 0);
  for (const std::uint32_t id : {special.unknown, special.begin, special.end, special.padding}) {
    if (id >= header.piece_count) return false;
    spelled[id] = 1;
  }
  pieces.resize(planes[0].size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::uint32_t id = planes[0][i] | std::uint32_t{planes[1][i]} << 8 | std::uint32_t{planes[2][i]} << 16;
    if (id >= header.piece_count || spelled[id] != 0) return false;
    spelled[id] = 1;
    pieces[i] = {id, 0};
  }
  for (const std::uint32_t id : {special.unknown, special.begin, special.end, special.padding}) spelled[id] = 0;
  return true;
}

// Scores stand in the order of ids, where they fall slowly.
bool read_scores(ByteSpan stream, const std::vector<std::uint8_t>& spelled, std::vector<Piece>& pieces) {
  ByteReader reader(stream);
  std::vector<float> scores(spelled.size());
  std::uint64_t bits = kMinusZero;
  for (std::size_t id = 0; id < spelled.size(); ++id) {
    if (spelled[id] == 0) continue;
    const std::uint64_t step = reader.varint();
    bits += step >> 1 ^ (0 - (step & 1));
    if (bits < kMinusZero || bits >= kMinusInfinity) return false;
    scores[id] = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  }
  for (Piece& piece : pieces) piece.score = scores[piece.id];
  return reader.finished();
}

}  // namespace

Result<Tokenizer> Tokenizer::create(ByteSpan bytes) {
  ByteReader reader(bytes);
  Header header;
  if (Status status = read_header(reader, header); !status) return status.error();
  std::array<ByteSpan, 3> spelling;  // shared, sizes, bytes
  std::array<ByteSpan, 3> planes;
  for (ByteSpan& stream : spelling) stream = as_bytes(reader.string());
  for (ByteSpan& stream : planes) stream = as_bytes(reader.string());
  const ByteSpan scores = header.kind == TokenizerKind::kUnigram ? as_bytes(reader.string()) : ByteSpan{};
  if (!reader.finished()) return corrupt("the tokenizer is cut off, or goes on behind its end");
  for (const ByteSpan plane : planes) {
    if (plane.size() != spelling[0].size()) return corrupt("the tokenizer's ids are cut off");
  }
  std::vector<Piece> pieces;
  std::vector<std::uint8_t> spelled;
  if (!read_ids(planes, header, pieces, spelled))
    return corrupt("the tokenizer's ids are out of range or there twice");
  if (header.kind == TokenizerKind::kUnigram && !read_scores(scores, spelled, pieces)) {
    return corrupt("the tokenizer's scores are broken");
  }
  Result<PieceTrie> trie = PieceTrie::create(spelling[0], spelling[1], spelling[2], pieces);
  if (!trie) return trie.error();

  Tokenizer tokenizer(header.kind, std::move(*trie));
  tokenizer.piece_count_ = header.piece_count;
  tokenizer.special_ = header.special;
  tokenizer.bert_ = header.bert;
  tokenizer.words_stand_alone_ = header.words_stand_alone;
  for (const Piece& piece : pieces) tokenizer.least_score_ = std::min(tokenizer.least_score_, piece.score);
  return tokenizer;
}

void Tokenizer::tokenize(std::string_view text, TokenizerWorkspace& workspace,
                         std::vector<std::uint32_t>& pieces) const {
  if (kind_ == TokenizerKind::kUnigram) {
    nmt_nfkc(text, workspace.text);
    Unigram(trie_, least_score_, words_stand_alone_, special_.unknown)
        .segment(workspace.text, workspace.steps, pieces);
  } else {
    WordPiece words(trie_, bert_.word_characters_max, special_.unknown, pieces);
    bert_words(text, bert_, workspace.text, workspace.marks, words);
  }
}

std::uint32_t Tokenizer::find(std::string_view spelling) const {
  const PieceTrie::Node node = trie_.walk(PieceTrie::kRoot, spelling);
  const Piece* const piece = node == PieceTrie::kNone ? nullptr : trie_.piece(node);
  return piece == nullptr ? piece_count_ : piece->id;
}

}  // namespace crossglot
