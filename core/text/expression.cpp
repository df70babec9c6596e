#include "text/expression.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/words.h"

namespace crossglot {
namespace {

// No prefix or run of underscores is longer.
constexpr std::size_t kAffixMax = 3;

constexpr std::string_view kPrefixes = "- -- . ./ ../ / ~/ @ @/ # $ _ __ ___";

bool ascii_core(const CharUnit& unit) {
  return unit.c < 0x80 && unit.core();
}
bool underscore(const CharUnit& unit) {
  return unit.word_break == WordBreak::kExtendNumLet && unit.c != 0x202F;
}

class Reader {
 public:
  Reader(std::span<const CharUnit> units, std::span<const std::uint8_t> boundaries)
      : units_(units), boundaries_(boundaries) {}

  void read(std::size_t floor, std::size_t at, Expression& e) const {
    e.pieces.clear();
    e.joins.clear();
    e.begin = e.end = at;
    for (;;) {
      const UnitRange piece{e.end, piece_end(e.end)};
      e.pieces.push_back(piece);
      e.end = piece.end;
      Join join = Join::kNone;
      const std::size_t size = units_[piece.begin].hangul() ? 0 : join_at(e.end, join);
      if (size == 0) break;
      e.joins.push_back(join);
      e.end += size;
    }
    if (units_[at].hangul()) return;
    e.begin = prefix_begin(floor, at);
    e.end = suffix_end(e);
    judge(e);
  }

 private:
  bool core_at(std::size_t i) const { return i < units_.size() && units_[i].core() && !units_[i].hangul(); }
  bool is(std::size_t i, char32_t c) const { return i < units_.size() && units_[i].c == c; }

  std::size_t piece_end(std::size_t i) const {
    const bool hangul = units_[i].hangul();
    for (++i; i < units_.size(); ++i) {
      const CharUnit& unit = units_[i];
      if (unit.mark() || (unit.core() && unit.hangul() == hangul)) continue;
      if (hangul || !inner_punctuation(i)) break;
    }
    return i;
  }

  // Punctuation that UAX #29 keeps inside a word and that is neither a separator of names nor of sentences.
  bool inner_punctuation(std::size_t i) const {
    if (boundaries_[i] != 0 || boundaries_[i + 1] != 0 || !core_at(i + 1)) return false;
    const CharUnit& unit = units_[i];
    if (unit.apostrophe() || unit.c == 0xB7 || unit.c == '"' || unit.c == 0x5F4) return true;
    const bool between_digits = units_[i - 1].digit() && units_[i + 1].digit();
    return between_digits && unit.word_break != WordBreak::kExtendNumLet && unit.c != ';';
  }

  // The size in units of the join at i, or 0 when there is none that a piece follows.
  std::size_t join_at(std::size_t i, Join& join) const {
    if (i >= units_.size()) return 0;
    std::size_t size = 1;
    if (underscore(units_[i])) {
      while (size < kAffixMax && i + size < units_.size() && underscore(units_[i + size])) ++size;
      join = Join::kUnderscore;
    } else if (units_[i].hyphen()) {
      join = Join::kHyphen;
    } else {
      switch (units_[i].c) {
        case '.':
          join = Join::kDot;
          break;
        case '/':
          join = Join::kSlash;
          break;
        case '\\':
          join = Join::kBackslash;
          break;
        case '@':
          join = Join::kAt;
          break;
        case '+':
          join = Join::kPlus;
          break;
        case '#':
          join = Join::kHash;
          break;
        case '&':
          join = Join::kAmpersand;
          break;
        case ':':
          join = is(i + 1, ':') ? Join::kDoubleColon : Join::kColon;
          size = join == Join::kDoubleColon ? 2 : 1;
          break;
        default:
          return 0;
      }
      // node_modules/.bin, packages/@scope/x, lib/_private
      if (join == Join::kSlash && (is(i + 1, '.') || is(i + 1, '@') || is(i + 1, '_'))) size = 2;
    }
    return core_at(i + size) ? size : 0;
  }

  std::size_t prefix_begin(std::size_t floor, std::size_t at) const {
    if (units_[at].digit()) return at;
    std::array<char, kAffixMax + 1> prefix{};
    std::size_t size = 0;
    while (size <= kAffixMax && at - size > floor) {
      const char32_t c = units_[at - size - 1].c;
      if (c >= 0x80 || c == 0 || std::string_view("-./~@#$_").find(static_cast<char>(c)) == std::string_view::npos)
        break;
      prefix[kAffixMax - size++] = static_cast<char>(c);
    }
    const std::string_view text(prefix.data() + prefix.size() - size, size);
    return contains_word(kPrefixes, text) ? at - size : at;
  }

  std::size_t suffix_end(const Expression& e) const {
    const std::size_t end = e.end;
    const UnitRange last = e.pieces.back();
    if (is(end, '+') && is(end + 1, '+')) return end + 2;
    if (is(end, '#') && last.size() == 1 && units_[last.begin].upper) return end + 1;
    std::size_t size = 0;
    if (underscore(units_[e.begin])) {
      while (size < kAffixMax && end + size < units_.size() && underscore(units_[end + size])) ++size;
    }
    return end + size;
  }

  bool all_upper(UnitRange piece) const {
    return std::all_of(units_.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                       units_.begin() + static_cast<std::ptrdiff_t>(piece.end),
                       [](const CharUnit& unit) { return unit.upper; });
  }
  bool all_digits(UnitRange piece) const {
    return std::none_of(units_.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                        units_.begin() + static_cast<std::ptrdiff_t>(piece.end),
                        [](const CharUnit& unit) { return unit.letter(); });
  }

  // "end.Next" and "2020.The": the end of a sentence whose space is missing.
  bool sentence_end(UnitRange left, UnitRange right) const {
    const bool capital = units_[right.begin].upper && right.size() > 1 && !units_[right.begin + 1].upper;
    return capital && !units_[left.begin].upper;
  }

  bool dot_joins(UnitRange left, UnitRange right, bool only_dot) const {
    if (!ascii_core(units_[left.end - 1]) || !ascii_core(units_[right.begin])) return false;
    return !only_dot || !sentence_end(left, right);
  }

  // Takes back the joins that are punctuation between words.
  void judge(Expression& e) const {
    const auto count = [&](Join join) { return std::count(e.joins.begin(), e.joins.end(), join); };
    const bool prefixed = e.begin < e.pieces.front().begin;
    const bool named = prefixed || count(Join::kUnderscore) > 0 || count(Join::kBackslash) > 0;
    const bool only_dot = count(Join::kDot) == 1 && !named;
    bool path = named || count(Join::kSlash) > 1 || count(Join::kAt) > 0;
    for (std::size_t i = 0; i < e.joins.size(); ++i) {
      if (e.joins[i] != Join::kDot) continue;
      if (dot_joins(e.pieces[i], e.pieces[i + 1], only_dot)) {
        path = true;
      } else {
        e.joins[i] = Join::kNone;
      }
    }
    for (std::size_t i = 0; i < e.joins.size(); ++i) {
      const UnitRange left = e.pieces[i];
      const UnitRange right = e.pieces[i + 1];
      const bool capitals = all_upper(left) && all_upper(right);
      const bool keeps = e.joins[i] == Join::kSlash       ? path || capitals
                         : e.joins[i] == Join::kAmpersand ? capitals
                         : e.joins[i] == Join::kPlus      ? !(all_digits(left) || all_digits(right))
                         : e.joins[i] == Join::kColon     ? units_[right.begin].digit() || right_is_cell(left, right)
                                                          : true;
      if (!keeps) e.joins[i] = Join::kNone;
    }
  }

  // A1:B2, a range of a spreadsheet.
  bool right_is_cell(UnitRange left, UnitRange right) const {
    return units_[left.end - 1].digit() && units_[right.end - 1].digit();
  }

  std::span<const CharUnit> units_;
  std::span<const std::uint8_t> boundaries_;
};

}  // namespace

void read_expression(std::span<const CharUnit> units, std::span<const std::uint8_t> boundaries, std::size_t floor,
                     std::size_t at, Expression& expression) {
  Reader(units, boundaries).read(floor, at, expression);
}

void split_humps(std::span<const CharUnit> units, UnitRange piece, std::vector<UnitRange>& humps) {
  humps.clear();
  const auto upper = [&](std::size_t i) { return units[i].upper; };
  const auto lower = [&](std::size_t i) { return i < piece.end && units[i].letter() && !units[i].upper; };
  std::size_t begin = piece.begin;
  for (std::size_t i = piece.begin + 1; i < piece.end; ++i) {
    if (!upper(i)) continue;
    const bool after_lower = lower(i - 1) || (units[i - 1].digit() && lower(i + 1)) || units[i - 1].mark();
    const bool last_capital = upper(i - 1) && i >= piece.begin + 2 && upper(i - 2) && lower(i + 1) && lower(i + 2);
    if (!after_lower && !last_capital) continue;
    humps.push_back({begin, i});
    begin = i;
  }
  humps.push_back({begin, piece.end});
}

}  // namespace crossglot
