#include "text/token_writer.h"

namespace crossglot {

void TokenWriter::begin(std::vector<Token>& tokens) {
  tokens_ = &tokens;
  size_ = 0;
}

void TokenWriter::end() {
  tokens_->resize(size_);
  tokens_ = nullptr;
}

Token& TokenWriter::next(TokenKind kind, std::uint32_t position, std::size_t byte_begin, std::size_t byte_end) {
  if (size_ == tokens_->size()) tokens_->emplace_back();
  Token& token = (*tokens_)[size_++];
  token.kind = kind;
  token.position = position;
  token.byte_begin = static_cast<std::uint32_t>(byte_begin);
  token.byte_end = static_cast<std::uint32_t>(byte_end);
  return token;
}

bool TokenWriter::add(TokenKind kind, std::uint32_t position, std::span<const CharUnit> units) {
  // A unit is a byte at least, and one of two at most is left out of the surface.
  if (units.empty() || units.size() > 2 * kTokenBytesMax) return false;
  Token& token = next(kind, position, units.front().byte_begin, units.back().byte_end);
  write_surface(units, scratch_, token.surface);
  if (token.surface.empty() || token.surface.size() > kTokenBytesMax) {
    drop_last();
    return false;
  }
  token.stem = kind == TokenKind::kBigram ? token.surface : stems_.stem(token.surface);
  return true;
}

void TokenWriter::add_ascii_word(std::uint32_t position, std::string_view text, std::size_t begin, std::size_t end) {
  Token& token = next(TokenKind::kWord, position, begin, end);
  token.surface.assign(text.substr(begin, end - begin));
  for (char& c : token.surface) c = static_cast<char>(c | 0x20);
  token.stem = stems_.stem(token.surface);
}

}  // namespace crossglot
