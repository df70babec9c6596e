// text/token_writer.h - fills the vector of tokens of one analysis, reusing the storage of the one before.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"
#include "text/stem_cache.h"
#include "text/units.h"

namespace crossglot {

class TokenWriter {
 public:
  TokenWriter(std::string_view language, Stemmer* stemmer) : stems_(language, stemmer) {}

  void begin(std::vector<Token>& tokens);
  void end();

  // Adds the token of some units; false, and nothing added, when its surface is empty or too long.
  bool add(TokenKind kind, std::uint32_t position, std::span<const CharUnit> units);
  // Adds a word of ASCII letters, text[begin, end), at most kTokenBytesMax of them.
  void add_ascii_word(std::uint32_t position, std::string_view text, std::size_t begin, std::size_t end);
  void drop_last() { --size_; }

  std::size_t size() const { return size_; }
  const Token& operator[](std::size_t i) const { return (*tokens_)[i]; }
  const Token& last() const { return (*tokens_)[size_ - 1]; }

 private:
  Token& next(TokenKind kind, std::uint32_t position, std::size_t byte_begin, std::size_t byte_end);

  StemCache stems_;
  std::vector<Token>* tokens_ = nullptr;
  std::size_t size_ = 0;
  std::string scratch_;
};

}  // namespace crossglot
