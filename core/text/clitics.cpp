#include "text/clitics.h"

#include <array>

#include "text/language.h"
#include "text/words.h"

namespace crossglot {
namespace {

constexpr std::string_view kElisionLanguages = "fr it ca oc ga co fur lij";
constexpr std::string_view kSuffixLanguages = "tr az";

// Articles, pronouns, prepositions and conjunctions that lose their vowel before another.
constexpr std::string_view kElided =
    "l d j m t s n c b v qu un jusqu lorsqu puisqu quoiqu dell nell all dall sull coll pell gl degl agl dagl negl "
    "sugl quest quell dov com cos anch tutt senz mezz sant bell ogn";

constexpr int kElisionsMax = 2;  // "d'l'", "qu'l'": two stand in front of one word at most

std::size_t find_apostrophe(std::span<const CharUnit> units, UnitRange piece) {
  std::size_t i = piece.begin;
  while (i < piece.end && !units[i].apostrophe()) ++i;
  return i;
}

bool elided(std::span<const CharUnit> units, UnitRange head) {
  std::array<char, 8> text{};
  if (head.size() > text.size()) return false;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const char32_t c = units[head.begin + i].c;
    if (c >= 0x80) return false;
    text[i] = static_cast<char>(c);
  }
  return contains_word(kElided, std::string_view(text.data(), head.size()));
}

}  // namespace

Apostrophe apostrophe_of(std::string_view language) {
  const std::string primary = primary_language(language);
  if (contains_word(kElisionLanguages, primary)) return Apostrophe::kElision;
  return contains_word(kSuffixLanguages, primary) ? Apostrophe::kSuffix : Apostrophe::kPlain;
}

bool inflects_by_colon(std::string_view language) {
  const std::string primary = primary_language(language);
  return primary == "fi" || primary == "sv";
}

UnitRange without_clitics(std::span<const CharUnit> units, UnitRange piece, Apostrophe apostrophe) {
  std::size_t at = find_apostrophe(units, piece);
  if (at == piece.end || units[at].c == 0x5F3) return piece;
  if (apostrophe == Apostrophe::kSuffix) {
    if (at > piece.begin) piece.end = at;
    return piece;
  }
  if (apostrophe == Apostrophe::kElision) {
    for (int i = 0; i < kElisionsMax && at + 1 < piece.end && elided(units, {piece.begin, at}); ++i) {
      piece.begin = at + 1;
      at = find_apostrophe(units, piece);
    }
  }
  const bool possessive = piece.size() > 2 && units[piece.end - 1].c == 's' && units[piece.end - 2].apostrophe();
  if (possessive) piece.end -= 2;
  return piece;
}

}  // namespace crossglot
