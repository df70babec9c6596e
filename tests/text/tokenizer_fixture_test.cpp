// The ids of the reference libraries, for sentences in fifty languages and texts that are no sentences.
// Ids and pieces are written by tests/bench/tokenizer/make_fixtures.py from the whole vocabularies.
#include "text/tokenizer_fixture.h"

#include <bit>
#include <cctype>

using namespace crossglot;

namespace {

// \u{HEX} is a character, \x{HEX} a byte.
std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool character = text.substr(i).starts_with("\\u{");
    if (!character && !text.substr(i).starts_with("\\x{")) {
      out.push_back(text[i++]);
      continue;
    }
    const std::size_t end = text.find('}', i);
    REQUIRE(end != std::string_view::npos);
    const std::uint32_t value = number(std::string(text.substr(i + 3, end - i - 3)), 16);
    if (character) {
      append_utf8(out, value);
    } else {
      out.push_back(static_cast<char>(value));
    }
    i = end + 1;
  }
  return out;
}

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
  const Tokenizer tokenizer = make_tokenizer(read_pieces(kind, name + "_pieces.tsv"));
  const std::vector<std::string> sentences = data_lines("sentences.tsv");
  const std::vector<std::string> expected = data_lines(name + "_ids.txt");
  REQUIRE(sentences.size() == expected.size());
  REQUIRE(sentences.size() > 60);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::string text = sentences[i].substr(sentences[i].find('\t') + 1);
    INFO(sentences[i]);
    std::vector<std::uint32_t> ids;
    for (const std::string& id : split(expected[i], ' ')) {
      if (!id.empty()) ids.push_back(number(id));
    }
    CHECK(ids_of(tokenizer, unescape(text)) == ids);
  }
}

}  // namespace

TEST_CASE("Unigram gives sentencepiece's ids for sentences in fifty languages and for odd texts") {
  compare(TokenizerKind::kUnigram, "unigram");
}

TEST_CASE("WordPiece gives tokenizers' ids for sentences in fifty languages and for odd texts") {
  compare(TokenizerKind::kWordPiece, "wordpiece");
}
