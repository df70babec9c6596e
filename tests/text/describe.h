// tests/text/describe.h - tokens as one line that a person can check.
//
//   surface/stem, or the surface alone where the stem is the same; before it # for a number, ! for an identifier,
//   + for a part; words and bigrams have no sign. With positions: each token is followed by @position.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace crossglot {

inline std::string describe(const std::vector<Token>& tokens, bool positions = false) {
  std::string text;
  for (const Token& token : tokens) {
    if (!text.empty()) text += ' ';
    if (token.kind == TokenKind::kNumber) text += '#';
    if (token.kind == TokenKind::kIdentifier) text += '!';
    if (token.kind == TokenKind::kPart) text += '+';
    text += token.surface;
    if (token.stem != token.surface) text += '/' + token.stem;
    if (positions) text += '@' + std::to_string(token.position);
  }
  return text;
}

// The tokens of `text` on a page of `language`, with Snowball.
inline std::vector<Token> analyze(std::string_view language, std::string_view text) {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  std::vector<Token> tokens;
  Analyzer(language, stemmer.get()).analyze(text, tokens);
  return tokens;
}

}  // namespace crossglot
