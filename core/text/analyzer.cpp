// The text is read stretch by stretch (text/units.h). In a stretch, characters of scripts without spaces are
// gathered into runs and cut into pairs, everything else into expressions (text/expression.h), which become one
// token, or a whole and its parts. A short path takes plain ASCII words, which are most of the Latin text.
#include "text/analyzer.h"

#include <algorithm>

#include "text/clitics.h"
#include "text/expression.h"
#include "text/hangul.h"
#include "text/token_writer.h"
#include "text/units.h"
#include "text/word_break.h"

namespace crossglot {
namespace {

// An expression longer than this is data (base64, a minified line): only its plain pieces are words.
constexpr std::size_t kExpressionBytesMax = 256;

// "C++" and "F#" are found by their symbols; "c" and "f" would find too much.
constexpr std::size_t kSymbolNameUnitsMax = 2;

constexpr char32_t kProlongedSound = 0x30FC;
constexpr char32_t kKhmerCoeng = 0x17D2;
constexpr char32_t kMyanmarVirama = 0x1039;

bool ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool ascii_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool ascii_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool closes_word(char c) {
  return std::string_view(".,;:!?)\"]").find(c) != std::string_view::npos;
}

}  // namespace

class Analyzer::Impl {
 public:
  Impl(std::string_view language, Stemmer* stemmer)
      : language_(language),
        tokens_(language, stemmer),
        apostrophe_(apostrophe_of(language)),
        colon_inflects_(inflects_by_colon(language)),
        turkic_(apostrophe_ == Apostrophe::kSuffix) {}

  const std::string& language() const { return language_; }

  void analyze(std::string_view text, std::vector<Token>& tokens) {
    tokens_.begin(tokens);
    position_ = 0;
    broken_ = false;
    for (std::size_t offset = 0; offset < text.size();) {
      if (ascii_space(text[offset])) {
        ++offset;
        continue;
      }
      if (!broken_ && plain_word(text, offset)) continue;
      bool cut = false;
      offset = read_units(text, offset, turkic_, units_, cut);
      analyze_stretch(cut);
    }
    tokens_.end();
  }

 private:
  std::span<const CharUnit> units(UnitRange range) const {
    return std::span<const CharUnit>(units_).subspan(range.begin, range.size());
  }

  bool add(TokenKind kind, std::uint32_t position, UnitRange range) {
    return range.size() > 0 && tokens_.add(kind, position, units(range));
  }

  // ---- the short path: ASCII letters, then at most closing punctuation, then white space

  bool plain_word(std::string_view text, std::size_t& offset) {
    std::size_t begin = offset;
    if (text[begin] == '(' || text[begin] == '"') ++begin;
    std::size_t end = begin;
    std::size_t capitals = 0;
    while (end < text.size() && ascii_letter(text[end])) capitals += ascii_upper(text[end++]) ? 1 : 0;
    const std::size_t size = end - begin;
    if (size == 0 || size > kTokenBytesMax) return false;
    std::size_t next = end;
    while (next < text.size() && closes_word(text[next])) ++next;
    if (next < text.size() && !ascii_space(text[next])) return false;
    if (capitals > 1 && capitals < size) return false;
    if (capitals > 0 && (turkic_ || (capitals < size && !ascii_upper(text[begin])))) return false;
    tokens_.add_ascii_word(position_++, text, begin, end);
    offset = next;
    return true;
  }

  // ---- stretches

  void analyze_stretch(bool cut) {
    classes_.clear();
    for (const CharUnit& unit : units_) classes_.push_back(unit.word_break);
    find_word_boundaries(classes_, boundaries_);
    const std::span<const CharUnit> all(units_);
    std::size_t floor = 0;
    for (std::size_t i = 0; i < all.size();) {
      if (all[i].cluster()) {
        i = floor = add_run(i);
      } else if (all[i].core()) {
        read_expression(all, boundaries_, floor, i, expression_);
        drop_broken(cut);
        add_expression();
        i = floor = std::max(expression_.end, i + 1);
      } else {
        ++i;
      }
    }
    broken_ = cut && !all.empty() && all.back().core();
  }

  // A word that is cut between two stretches is no word on either side.
  void drop_broken(bool cut) {
    if (broken_ && expression_.pieces.front().begin == 0) expression_.pieces.front().end = 0;
    broken_ = false;
    UnitRange& last = expression_.pieces.back();
    if (cut && last.end == units_.size()) {
      last.end = last.begin;
      ++position_;
    }
  }

  // ---- scripts without spaces

  std::size_t cluster_end(std::size_t i) const {
    for (;;) {
      ++i;
      while (i < units_.size() && units_[i].mark()) ++i;
      const bool stacks = units_[i - 1].c == kKhmerCoeng || units_[i - 1].c == kMyanmarVirama;
      if (!stacks || i >= units_.size() || !units_[i].cluster()) return i;
    }
  }

  static bool same_run(Script before, const CharUnit& next) {
    if (next.c == kProlongedSound) return before == Script::kHiragana || before == Script::kKatakana;
    return next.script == before || (before == Script::kHan && next.script == Script::kHiragana);
  }

  std::size_t add_run(std::size_t i) {
    Script script = units_[i].script;
    UnitRange cluster{i, cluster_end(i)};
    for (;;) {
      const std::size_t next = cluster.end;
      const bool more = next < units_.size() && units_[next].cluster() && same_run(script, units_[next]);
      if (!more) break;
      if (units_[next].c != kProlongedSound) script = units_[next].script;
      const UnitRange following{next, cluster_end(next)};
      add(TokenKind::kBigram, position_++, {cluster.begin, following.end});
      cluster = following;
    }
    add(TokenKind::kBigram, position_++, cluster);
    return cluster.end;
  }

  // ---- expressions

  void add_expression() {
    const std::vector<UnitRange>& pieces = expression_.pieces;
    const std::vector<Join>& joins = expression_.joins;
    for (std::size_t first = 0; first < pieces.size();) {
      std::size_t last = first;
      while (last < joins.size() && joins[last] != Join::kNone) ++last;
      add_group(first, last);
      if (colon_inflects_ && last < joins.size() && inflection(last)) ++last;
      first = last + 1;
    }
  }

  // "EU:n": the piece after the colon is an ending.
  bool inflection(std::size_t left) const {
    const UnitRange piece = expression_.pieces[left];
    const UnitRange ending = expression_.pieces[left + 1];
    return units_[piece.end].c == ':' && ending.begin == piece.end + 1 && ending.size() <= 4 &&
           units_[piece.end - 1].letter() && !units_[ending.begin].upper;
  }

  struct Content {
    bool letters = false;
    bool digits = false;
  };
  Content content(UnitRange range) const {
    Content found;
    for (const CharUnit& unit : units(range)) {
      found.letters = found.letters || unit.letter();
      found.digits = found.digits || unit.digit();
    }
    return found;
  }

  // Pieces [first, last] of the expression are joined into one name or word.
  void add_group(std::size_t first, std::size_t last) {
    std::vector<UnitRange>& pieces = expression_.pieces;
    for (std::size_t i = first; i <= last; ++i) {
      if (pieces[i].size() > 0) pieces[i] = without_clitics(units_, pieces[i], apostrophe_);
    }
    UnitRange whole{pieces[first].begin, pieces[last].end};
    if (whole.end <= whole.begin) return;
    if (units_[whole.begin].hangul()) {
      add_hangul(whole);
      return;
    }
    if (first == 0 && pieces.front().begin == expression_prefix_end()) whole.begin = expression_.begin;
    if (last + 1 == pieces.size()) whole.end = std::max(whole.end, suffix_end(last));
    const std::size_t bytes = units_[whole.end - 1].byte_end - units_[whole.begin].byte_begin;
    if (bytes > kExpressionBytesMax) {
      add_data(first, last);
      return;
    }
    const bool simple = first == last && whole.size() == pieces[first].size();
    const bool affixed = whole.begin < pieces[first].begin || whole.end > pieces[last].end;
    const bool added = add(kind_of(first, last, affixed), position_, whole);
    const std::size_t whole_index = added ? tokens_.size() - 1 : kNoWhole;
    std::uint32_t position = position_;
    const bool symbol_name = first == last && affixed && pieces[first].size() <= kSymbolNameUnitsMax;
    if (!symbol_name && !acronym(first, last)) {
      for (std::size_t i = first; i <= last; ++i) add_parts(pieces[i], simple, whole_index, position);
    }
    position_ = std::max(position_ + 1, position);
  }

  std::size_t expression_prefix_end() const {
    std::size_t i = expression_.begin;
    while (i < units_.size() && !units_[i].core()) ++i;
    return i;
  }

  // Where the suffix ends that follows the last piece directly; it does not when a clitic was cut off.
  std::size_t suffix_end(std::size_t last) const {
    const std::size_t end = expression_.pieces[last].end;
    return end < units_.size() && !units_[end].apostrophe() ? expression_.end : end;
  }

  TokenKind kind_of(std::size_t first, std::size_t last, bool affixed) {
    Content all;
    bool hyphens = true;
    bool humps = false;
    for (std::size_t i = first; i <= last; ++i) {
      const Content piece = content(expression_.pieces[i]);
      all.letters = all.letters || piece.letters;
      all.digits = all.digits || piece.digits;
      hyphens = hyphens && (i == last || expression_.joins[i] == Join::kHyphen);
      split_humps(units_, expression_.pieces[i], humps_);
      humps = humps || humps_.size() > 1;
    }
    if (!all.letters) return TokenKind::kNumber;
    if (acronym(first, last)) return TokenKind::kWord;
    return all.digits || affixed || humps || !hyphens ? TokenKind::kIdentifier : TokenKind::kWord;
  }

  // U.S.A., e.g.: single letters, capital or with a last dot.
  bool acronym(std::size_t first, std::size_t last) const {
    if (first == last) return false;
    const std::size_t end = expression_.pieces[last].end;
    const bool dotted = end < units_.size() && units_[end].c == '.';
    for (std::size_t i = first; i <= last; ++i) {
      const UnitRange piece = expression_.pieces[i];
      if (piece.size() != 1 || !units_[piece.begin].letter()) return false;
      if (!dotted && !units_[piece.begin].upper) return false;
      if (i < last && expression_.joins[i] != Join::kDot) return false;
    }
    return true;
  }

  void add_parts(UnitRange piece, bool simple, std::size_t whole, std::uint32_t& position) {
    const std::uint32_t begin = position;
    if (!simple) {
      add_part(piece, whole, position);
      position = begin + 1;
    }
    std::uint32_t inner = begin;
    split_humps(units_, piece, humps_);
    if (humps_.size() > 1) {
      for (const UnitRange hump : humps_) {
        if (hump.size() > 1) add_part(hump, whole, inner++);
      }
    } else if (version(piece)) {
      add_part({piece.begin + 1, piece.end}, whole, inner);
    } else {
      add_joined_parts(piece, whole, inner);
    }
    position = std::max(position, inner);
  }

  // v1.2.3 is found as 1.2.3, too.
  bool version(UnitRange piece) const {
    return piece.size() > 3 && units_[piece.begin].c == 'v' && units_[piece.begin + 1].digit() &&
           std::any_of(units_.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                       units_.begin() + static_cast<std::ptrdiff_t>(piece.end),
                       [](const CharUnit& unit) { return unit.c == '.'; });
  }

  // A Persian word and its suffixes, which a zero width non-joiner keeps apart.
  void add_joined_parts(UnitRange piece, std::size_t whole, std::uint32_t& position) {
    if (units_[piece.begin].script != Script::kArabic) return;
    std::size_t begin = piece.begin;
    for (std::size_t i = piece.begin + 1; i <= piece.end; ++i) {
      if (i < piece.end && !units_[i].after_joiner) continue;
      if (i == piece.end && begin == piece.begin) return;
      if (i - begin > 1) add_part({begin, i}, whole, position++);
      begin = i;
    }
  }

  void add_part(UnitRange part, std::size_t whole, std::uint32_t position) {
    const Content found = content(part);
    const TokenKind alone = !found.letters ? TokenKind::kNumber
                            : found.digits ? TokenKind::kIdentifier
                                           : TokenKind::kWord;
    const bool added = add(whole == kNoWhole ? alone : TokenKind::kPart, position, part);
    if (added && whole != kNoWhole && tokens_.last().stem == tokens_[whole].stem) tokens_.drop_last();
  }

  // What is too long for a name: its plain pieces one by one.
  void add_data(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last; ++i) {
      const UnitRange piece = expression_.pieces[i];
      const Content found = content(piece);
      split_humps(units_, piece, humps_);
      if (humps_.size() == 1 && !(found.letters && found.digits)) add_part(piece, kNoWhole, position_);
      ++position_;
    }
  }

  void add_hangul(UnitRange word) {
    const bool attached = word.begin > 0 && units_[word.begin - 1].core();
    const bool added = add(TokenKind::kWord, position_, word);
    if (added && attached && hangul_particle(tokens_.last().surface)) {
      tokens_.drop_last();
      return;
    }
    if (added && word.size() > 2) {
      const std::size_t whole = tokens_.size() - 1;
      for (std::size_t i = word.begin; i + 1 < word.end; ++i) add_part({i, i + 2}, whole, position_);
    }
    ++position_;
  }

  static constexpr std::size_t kNoWhole = static_cast<std::size_t>(-1);

  std::string language_;
  TokenWriter tokens_;
  Apostrophe apostrophe_;
  bool colon_inflects_;
  bool turkic_;

  // Of one call.
  std::uint32_t position_ = 0;
  bool broken_ = false;  // the stretch before was cut inside a word

  // Storage to reuse.
  std::vector<CharUnit> units_;
  std::vector<WordBreak> classes_;
  std::vector<std::uint8_t> boundaries_;
  Expression expression_;
  std::vector<UnitRange> humps_;
};

Analyzer::Analyzer(std::string_view language, Stemmer* stemmer) : impl_(std::make_unique<Impl>(language, stemmer)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::analyze(std::string_view text, std::vector<Token>& tokens) {
  impl_->analyze(text, tokens);
}

const std::string& Analyzer::language() const {
  return impl_->language();
}

}  // namespace crossglot
