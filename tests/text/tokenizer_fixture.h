// text/tokenizer_fixture.h - the vocabularies of tests/text/data, and small ones spelled out in a test.
#pragma once

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/tokenizer.h"
#include "text/tokenizer_builder.h"
#include "text/utf8.h"

namespace crossglot {

inline std::vector<std::string> data_lines(const std::string& name) {
  std::ifstream file(std::string(CROSSGLOT_TESTS_DIR) + "/text/data/" + name, std::ios::binary);
  REQUIRE(file.good());
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

inline std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> fields;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = line.find(separator, begin);
    fields.push_back(line.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return fields;
}

inline std::uint32_t number(const std::string& text, int base = 10) {
  return static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, base));
}

// A piece and its score.
using Spelled = std::vector<std::pair<std::string, float>>;

// Pieces 0 to 3 are unknown, begin, end and padding; `spelled` follow.
inline TokenizerPieces small_pieces(TokenizerKind kind, const Spelled& spelled) {
  TokenizerPieces pieces;
  pieces.kind = kind;
  pieces.special = {0, 1, 2, 3};
  pieces.pieces.resize(4);
  if (kind == TokenizerKind::kUnigram) pieces.scores.resize(4);
  for (const auto& [text, score] : spelled) {
    pieces.pieces.push_back(text);
    if (kind == TokenizerKind::kUnigram) pieces.scores.push_back(score);
  }
  return pieces;
}

inline Bytes tokenizer_bytes(const TokenizerPieces& pieces) {
  Result<Bytes> bytes = build_tokenizer(pieces);
  REQUIRE(bytes.ok());
  return *bytes;
}

inline Tokenizer make_tokenizer(const TokenizerPieces& pieces) {
  Result<Tokenizer> tokenizer = Tokenizer::create(tokenizer_bytes(pieces));
  REQUIRE(tokenizer.ok());
  return std::move(*tokenizer);
}

inline std::vector<std::uint32_t> ids_of(const Tokenizer& tokenizer, std::string_view text) {
  TokenizerWorkspace workspace;
  std::vector<std::uint32_t> ids;
  tokenizer.tokenize(text, workspace, ids);
  return ids;
}

// \u{HEX} is a character, \x{HEX} a byte.
inline std::string unescape(std::string_view text) {
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

// Every sentence of sentences.tsv has the ids that stand in the same line of the file `expected`.
inline void check_sentences(const Tokenizer& tokenizer, const std::string& expected) {
  const std::vector<std::string> sentences = data_lines("sentences.tsv");
  const std::vector<std::string> lines = data_lines(expected);
  REQUIRE(sentences.size() == lines.size());
  REQUIRE(sentences.size() > 60);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    INFO(sentences[i]);
    std::vector<std::uint32_t> ids;
    for (const std::string& id : split(lines[i], ' ')) {
      if (!id.empty()) ids.push_back(number(id));
    }
    CHECK(ids_of(tokenizer, unescape(sentences[i].substr(sentences[i].find('\t') + 1))) == ids);
  }
}

}  // namespace crossglot
