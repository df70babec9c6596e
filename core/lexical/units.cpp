// Cutting a query into units (terms.h).
#include <algorithm>

#include "lexical/terms.h"

namespace crossglot {
namespace {

// A sentence pasted without spaces is one unit: its beginning says enough, and bounds the work.
constexpr std::size_t kUnitTokensMax = 64;

bool same_unit(const Token& last, const Token& next) {
  if (next.kind == TokenKind::kPart || next.position == last.position) return true;
  // Overlapping bigrams: one run of a script without spaces.
  return next.kind == TokenKind::kBigram && last.kind == TokenKind::kBigram && next.byte_begin < last.byte_end;
}

// The last character of a run is a token of its own, so that an index finds it; a query has it in its bigrams.
void drop_run_end(std::vector<Token>& tokens) {
  if (tokens.size() < 2) return;
  const Token& last = tokens.back();
  const Token& before = tokens[tokens.size() - 2];
  if (last.kind != TokenKind::kBigram || before.kind != TokenKind::kBigram) return;
  if (last.byte_begin >= before.byte_begin && last.byte_end == before.byte_end) tokens.pop_back();
}

void drop_duplicates(std::vector<Token>& tokens) {
  for (std::size_t i = 1; i < tokens.size();) {
    const auto same = [&](const Token& other) { return other.surface == tokens[i].surface; };
    if (std::any_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(i), same)) {
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

Unit make_unit(std::string_view text, std::vector<Token> tokens, const Clause& clause) {
  std::uint32_t begin = tokens.front().byte_begin;
  std::uint32_t end = tokens.front().byte_end;
  for (const Token& token : tokens) {
    begin = std::min(begin, token.byte_begin);
    end = std::max(end, token.byte_end);
  }
  Unit unit;
  unit.text = std::string(text.substr(begin, end - begin));
  unit.negated = clause.negated;
  Alternative alternative;
  alternative.phrase = clause.phrase;
  alternative.tokens = std::move(tokens);
  unit.alternatives.push_back(std::move(alternative));
  return unit;
}

// A phrase takes wholes: their parts stand at the same places. A hyphenated word is written apart as often, so there
// the parts, which stand one after another, are taken instead.
void add_phrase(const Clause& clause, std::vector<Token> tokens, std::vector<Unit>& units) {
  std::vector<Token> wholes;
  bool in_parts = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool part = tokens[i].kind == TokenKind::kPart;
    const bool has_parts = i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::kPart;
    if (!part) {
      in_parts = tokens[i].kind == TokenKind::kWord && has_parts && tokens[i].surface.find('-') != std::string::npos;
    }
    if (part != in_parts) continue;
    wholes.push_back(std::move(tokens[i]));
    drop_run_end(wholes);
  }
  Unit unit = make_unit(clause.text, std::move(wholes), clause);
  Alternative& alternative = unit.alternatives.front();
  alternative.phrase = alternative.tokens.size() > 1;
  units.push_back(std::move(unit));
}

void add_words(const Clause& clause, std::vector<Token> tokens, std::vector<Unit>& units) {
  for (std::size_t begin = 0; begin < tokens.size();) {
    std::size_t end = begin + 1;
    while (end < tokens.size() && same_unit(tokens[end - 1], tokens[end])) ++end;
    std::vector<Token> own(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                           tokens.begin() + static_cast<std::ptrdiff_t>(end));
    drop_run_end(own);
    drop_duplicates(own);
    if (own.size() > kUnitTokensMax) own.resize(kUnitTokensMax);
    units.push_back(make_unit(clause.text, std::move(own), clause));
    begin = end;
  }
}

bool same_words(const Unit& a, const Unit& b) {
  if (a.negated != b.negated || a.alternatives.size() != 1 || b.alternatives.size() != 1) return false;
  const auto& left = a.alternatives.front();
  const auto& right = b.alternatives.front();
  return left.phrase == right.phrase &&
         std::equal(left.tokens.begin(), left.tokens.end(), right.tokens.begin(), right.tokens.end(),
                    [](const Token& x, const Token& y) { return x.surface == y.surface; });
}

}  // namespace

bool Unit::pending() const {
  for (const Alternative& alternative : alternatives) {
    if (alternative.phrase_pending) return true;
    for (const Facet& facet : alternative.facets) {
      if (facet.pending) return true;
    }
  }
  return false;
}

bool Unit::matched() const {
  for (const Alternative& alternative : alternatives) {
    if (alternative.phrase && alternative.sections.empty()) continue;
    for (const Facet& facet : alternative.facets) {
      if (!facet.terms.empty()) return true;
    }
  }
  return false;
}

std::vector<Unit> make_units(const Query& query, Analyzer& analyzer, std::size_t units_max) {
  std::vector<Unit> units;
  for (const Clause& clause : query.clauses) {
    std::vector<Token> tokens;
    analyzer.analyze(clause.text, tokens);
    if (tokens.empty()) continue;
    const std::size_t before = units.size();
    if (clause.phrase) {
      add_phrase(clause, std::move(tokens), units);
    } else {
      add_words(clause, std::move(tokens), units);
    }
    if (clause.alternative_of_last && before > 0) {
      // "or" joins one word; what analysis cut off behind it stays a unit of its own.
      Unit& target = units[before - 1];
      target.text += " OR " + units[before].text;
      target.alternatives.push_back(std::move(units[before].alternatives.front()));
      units.erase(units.begin() + static_cast<std::ptrdiff_t>(before));
    }
  }
  // Said twice is said once, except that the last word stays last: it may be going on.
  for (std::size_t i = 0; i < units.size();) {
    const auto same = [&](const Unit& other) { return same_words(units[i], other); };
    if (std::any_of(units.begin() + static_cast<std::ptrdiff_t>(i) + 1, units.end(), same)) {
      units.erase(units.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
  if (units.size() > units_max) units.resize(units_max);
  return units;
}

}  // namespace crossglot
