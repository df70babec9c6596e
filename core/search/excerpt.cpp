#include "search/excerpt.h"

#include <algorithm>

#include "base/sort.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr std::string_view kEllipsis = "\u2026";
// How far back from its first match a window may begin to start with a line or a sentence.
constexpr std::size_t kLeadWidth = 70;
constexpr float kRepeatShare = 0.1f;

// Bytes of the character that begins at `at`.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && !utf8_begins(text[at + size])) ++size;
  return size;
}

std::size_t character_before(std::string_view text, std::size_t at) {
  do {
    --at;
  } while (at > 0 && !utf8_begins(text[at]));
  return at;
}

// Three bytes from U+1100 on (Hangul, kana, Han, full width) and four bytes (emoji, rare Han): two columns.
std::size_t width_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<std::uint8_t>(text[at]);
  if (lead < 0xe3) return 1;
  return lead == 0xef && at + 1 < text.size() && static_cast<std::uint8_t>(text[at + 1]) < 0xbc ? 1 : 2;
}

bool ends_sentence(std::string_view text, std::size_t space) {
  if (text[space] != ' ' || space == 0) return false;
  const char last = text[space - 1];
  return last == '.' || last == '!' || last == '?' || last == ':';
}

bool wide_stop(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  return rest.starts_with("\u3002") || rest.starts_with("\uff01") || rest.starts_with("\uff1f");
}

// The first match of the best window.
std::size_t best_window(std::string_view text, const std::vector<TextMatch>& matches) {
  std::size_t best = 0;
  float best_score = -1;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    float score = 0;
    std::uint64_t seen = 0;
    std::size_t width = 0;
    std::size_t at = matches[i].byte_begin;
    for (std::size_t j = i; j < matches.size(); ++j) {
      for (; at < matches[j].byte_begin; at += character_size(text, at)) width += width_at(text, at);
      if (width > kExcerptWidth - kLeadWidth / 2) break;
      const std::uint64_t bit = std::uint64_t{1} << (matches[j].unit & 63);
      score += (seen & bit) != 0 ? kRepeatShare * matches[j].weight : matches[j].weight;
      seen |= bit;
    }
    if (score > best_score * 1.001f) {
      best = i;
      best_score = score;
    }
  }
  return best;
}

// Where the window begins whose first match is at `match`; a line or sentence start when one is near.
std::size_t window_begin(std::string_view text, std::size_t match, bool& at_start) {
  std::size_t width = 0;
  std::size_t word = match;
  at_start = true;
  for (std::size_t at = match; at > 0;) {
    const std::size_t before = character_before(text, at);
    if (text[before] == '\n' || ends_sentence(text, before) || wide_stop(text, before)) return at;
    width += width_at(text, before);
    if (width > kLeadWidth) {
      at_start = false;
      return word;
    }
    const bool boundary = text[before] == ' ' || width_at(text, before) == 2;
    if (boundary && width <= kLeadWidth / 2) word = at;
    at = before;
  }
  return 0;
}

std::size_t window_end(std::string_view text, std::size_t begin, std::size_t keep) {
  std::size_t width = 0;
  std::size_t word = begin;
  for (std::size_t at = begin; at < text.size(); at += character_size(text, at)) {
    if (text[at] == ' ' || text[at] == '\n' || width_at(text, at) == 2) word = at;
    width += width_at(text, at);
    if (width > kExcerptWidth) return word > keep ? word : std::max(at, keep);
  }
  return text.size();
}

// Marks of text[begin, end), which `lead` UTF-16 units precede.
void append_marks(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t lead,
                  const std::vector<TextMatch>& matches, std::vector<Mark>& marks) {
  Utf16Offsets offsets(text.substr(begin, end - begin));
  for (const TextMatch& match : matches) {
    if (match.byte_begin < begin || match.byte_end > end) continue;
    const auto mark_begin = static_cast<std::uint32_t>(offsets.at(match.byte_begin - begin));
    const auto mark_end = static_cast<std::uint32_t>(offsets.at(match.byte_end - begin));
    if (mark_begin < mark_end) marks.push_back({lead + mark_begin, lead + mark_end});
  }
}

}  // namespace

void Highlighter::collect(Evaluator& evaluator) {
  surfaces_.clear();
  runs_ = 0;
  LanguageIndex& index = evaluator.index();
  const auto& units = evaluator.units();
  for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
    if (units[unit].negated) continue;
    for (const Alternative& alternative : units[unit].alternatives) {
      const auto& tokens = alternative.tokens;
      if (tokens.size() > 1 && tokens.front().kind == TokenKind::kBigram) runs_ |= std::uint64_t{1} << unit;
      const bool single = tokens.size() == 1 && tokens.front().kind == TokenKind::kBigram &&
                          character_size(tokens.front().surface, 0) == tokens.front().surface.size();
      for (const Facet& facet : alternative.facets) {
        const float rarity = facet.weight * inverse_document_frequency(index.page_count(), facet.document_frequency);
        for (const WeightedTerm& term : facet.terms) {
          surfaces_.push_back({index.term(term.place).surface, unit, rarity * term.weight, single});
        }
      }
    }
  }
  sort_small(std::span(surfaces_), [](const Surface& a, const Surface& b) {
    if (a.text != b.text) return a.text < b.text;
    return a.weight != b.weight ? a.weight > b.weight : a.unit < b.unit;
  });
  const auto same = [](const Surface& a, const Surface& b) { return a.text == b.text; };
  surfaces_.erase(std::unique(surfaces_.begin(), surfaces_.end(), same), surfaces_.end());
}

void Highlighter::find(std::string_view text, Analyzer& analyzer, std::vector<TextMatch>& matches) {
  matches.clear();
  if (surfaces_.empty() || text.empty()) return;
  analyzer.analyze(text, tokens_);
  for (const Token& token : tokens_) {
    const auto found = std::lower_bound(surfaces_.begin(), surfaces_.end(), std::string_view(token.surface),
                                        [](const Surface& a, std::string_view key) { return a.text < key; });
    if (found == surfaces_.end() || found->text != token.surface) continue;
    TextMatch match{token.byte_begin, token.byte_end, found->unit, found->weight};
    if (found->first_character) {
      match.byte_end = match.byte_begin + static_cast<std::uint32_t>(character_size(text, match.byte_begin));
    }
    // Parts lie inside their whole, bigrams overlap: one stretch.
    if (!matches.empty() && match.byte_begin < matches.back().byte_end) {
      TextMatch& last = matches.back();
      last.byte_begin = std::min(last.byte_begin, match.byte_begin);
      last.byte_end = std::max(last.byte_end, match.byte_end);
      last.weight += match.weight;
      ++last.pieces;
      continue;
    }
    matches.push_back(match);
  }
  if (runs_ != 0) drop_stray_bigrams(matches);
}

// Two neighbouring characters of a run stand in other words, too (フォント, コメント): where more of the run stands
// in the text, these are not what was meant.
void Highlighter::drop_stray_bigrams(std::vector<TextMatch>& matches) const {
  std::uint64_t whole = 0;
  for (const TextMatch& match : matches) {
    if (match.pieces > 1) whole |= std::uint64_t{1} << match.unit;
  }
  whole &= runs_;
  std::erase_if(matches, [&](const TextMatch& match) { return match.pieces == 1 && (whole >> match.unit & 1) != 0; });
}

Excerpt make_excerpt(std::string_view text, const std::vector<TextMatch>& matches, bool goes_on) {
  Excerpt excerpt;
  if (text.empty()) return excerpt;
  bool at_start = true;
  std::size_t begin = 0;
  std::size_t keep = 0;
  if (!matches.empty()) {
    const TextMatch& first = matches[best_window(text, matches)];
    begin = window_begin(text, first.byte_begin, at_start);
    keep = first.byte_end;
  }
  const std::size_t end = window_end(text, begin, keep);
  if (!at_start) excerpt.text += kEllipsis;
  append_marks(text, begin, end, at_start ? 0 : 1, matches, excerpt.marks);
  excerpt.text += text.substr(begin, end - begin);
  std::replace(excerpt.text.begin(), excerpt.text.end(), '\n', ' ');
  if (end < text.size() ? text[end] != '\n' : goes_on) excerpt.text += kEllipsis;
  return excerpt;
}

std::vector<Mark> make_marks(std::string_view text, const std::vector<TextMatch>& matches) {
  std::vector<Mark> marks;
  append_marks(text, 0, text.size(), 0, matches, marks);
  return marks;
}

}  // namespace crossglot
