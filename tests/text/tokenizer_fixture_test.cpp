// The ids of the reference libraries, for sentences in fifty languages and texts that are no sentences.
// Ids and pieces are written by tests/bench/tokenizer/make_fixtures.py from the whole vocabularies.
#include "text/tokenizer_fixture.h"

#include <bit>

using namespace crossglot;

namespace {

TokenizerPieces read_pieces(TokenizerKind kind, const std::string& name) {
  const std::vector<std::string> lines = data_lines(name);
  const std::vector<std::string> head = split(lines.front(), '\t');
  TokenizerPieces pieces;
  pieces.kind = kind;
  pieces.pieces.resize(number(head[0]));
  pieces.special = {number(head[1]), number(head[2]), number(head[3]), number(head[4])};
  if (kind == TokenizerKind::kUnigram) pieces.scores.resize(pieces.pieces.size());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = split(lines[i], '\t');
    REQUIRE(fields.size() == 3);
    const std::uint32_t id = number(fields[0]);
    pieces.pieces[id] = fields[2];
    if (kind == TokenizerKind::kUnigram) pieces.scores[id] = std::bit_cast<float>(number(fields[1], 16));
  }
  return pieces;
}

void compare(TokenizerKind kind, const std::string& name) {
  check_sentences(make_tokenizer(read_pieces(kind, name + "_pieces.tsv")), name + "_ids.txt");
}

}  // namespace

TEST_CASE("Unigram gives sentencepiece's ids for sentences in fifty languages and for odd texts") {
  compare(TokenizerKind::kUnigram, "unigram");
}

TEST_CASE("WordPiece gives tokenizers' ids for sentences in fifty languages and for odd texts") {
  compare(TokenizerKind::kWordPiece, "wordpiece");
}
