// What a query's words may have meant: near spellings, words written apart or together, wrong characters (terms.h).
#include <algorithm>

#include "lexical/terms.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// Shorter halves are found in too many words ("an", "is") to mean anything.
constexpr std::size_t kHalfLettersMin = 3;
// What German and its neighbours put between the parts of a compound.
constexpr std::string_view kJoints[] = {"", "s", "es", "n", "en", "e"};
constexpr std::size_t kJointHalfLettersMin = 5;

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), utf8_begins));
}

bool identifier_like(const Token& token) {
  if (token.kind == TokenKind::kIdentifier || token.kind == TokenKind::kNumber) return true;
  return std::any_of(token.surface.begin(), token.surface.end(),
                     [](char byte) { return byte >= '0' && byte <= '9'; });
}

bool known(const Facet& facet) {
  return !facet.terms.empty();
}

bool is_run(const Alternative& alternative) {
  return alternative.tokens.front().kind == TokenKind::kBigram;
}

// A word of a query that may be one half of a word written together.
bool is_half(const Unit& unit) {
  if (unit.negated || unit.alternatives.size() != 1) return false;
  const Alternative& alternative = unit.alternatives.front();
  return !alternative.phrase && alternative.tokens.size() == 1 && alternative.tokens.front().kind == TokenKind::kWord;
}

}  // namespace

// "data set" finds "dataset": as another form of both words. Costs no file: where the word written together is not in
// the shard of its first half, it is looked for only when one of the halves matches nothing.
void TermResolver::join_neighbours(std::vector<Unit>& units) {
  for (std::size_t i = 0; i + 1 < units.size(); ++i) {
    if (!is_half(units[i]) || !is_half(units[i + 1])) continue;
    Facet* halves[] = {&units[i].alternatives.front().facets.front(),
                       &units[i + 1].alternatives.front().facets.front()};
    const Token& first = units[i].alternatives.front().tokens.front();
    const std::string joined = first.surface + units[i + 1].alternatives.front().tokens.front().surface;
    if (joined.size() > kTokenBytesMax || halves[0]->pending || halves[1]->pending) continue;
    analyzer_.analyze(joined, scratch_);
    if (scratch_.size() != 1) continue;
    const Token token = scratch_.front();
    const bool near = index_.shard_of(token.stem) == index_.shard_of(first.stem);
    if (!near && known(*halves[0]) && known(*halves[1])) continue;
    TermPlace place;
    const Lookup found = find_group(token.stem, place);
    for (Facet* half : halves) {
      if (found == Lookup::kPending) half->pending = true;
      if (found != Lookup::kFound) continue;
      if (!known(*half)) half->document_frequency = index_.group(place).document_frequency;
      add_group(place, token.surface, parameters_.other_surface, *half);
    }
  }
}

// "dataset" finds "data" and "set" where the index has only these. Of several cuts, the one whose rarer half is the
// most frequent.
bool TermResolver::split_word(Alternative& alternative, std::string& corrected_to) {
  const std::string word = alternative.tokens.front().surface;
  const auto& words = index_.speller()->words();
  const auto find = [&](std::string_view text) -> const WordEntry* {
    const auto at = std::lower_bound(words.begin(), words.end(), text,
                                     [](const WordEntry& entry, std::string_view key) { return entry.word < key; });
    return at != words.end() && at->word == text ? &*at : nullptr;
  };
  const WordEntry* best[2] = {nullptr, nullptr};
  std::uint32_t best_frequency = 0;
  for (std::size_t cut = 1; cut < word.size(); ++cut) {
    if (utf8_boundary(word, cut) != cut) continue;
    const std::string_view rest = std::string_view(word).substr(cut);
    const WordEntry* left = find(std::string_view(word).substr(0, cut));
    for (const std::string_view joint : kJoints) {
      if (left == nullptr || !rest.starts_with(joint)) continue;
      const std::string_view right_half = rest.substr(joint.size());
      const std::size_t least = std::min(character_count(left->word), character_count(right_half));
      if (least < (joint.empty() ? kHalfLettersMin : kJointHalfLettersMin)) continue;
      const WordEntry* right = find(right_half);
      if (right == nullptr) continue;
      const std::uint32_t frequency = std::min(left->document_frequency, right->document_frequency);
      if (frequency <= best_frequency) continue;
      best_frequency = frequency;
      best[0] = left;
      best[1] = right;
    }
  }
  if (best[0] == nullptr) return false;
  std::vector<Token> halves;
  for (const WordEntry* half : best) {
    analyzer_.analyze(half->word, scratch_);
    if (scratch_.empty()) return false;
    halves.push_back(scratch_.front());
  }
  corrected_to = best[0]->word + " " + best[1]->word;
  alternative.tokens = std::move(halves);
  alternative.facets = {look_up(alternative.tokens[0]), look_up(alternative.tokens[1])};
  return true;
}

// Takes the nearest suggestions within `distance_max`, all of one distance.
bool TermResolver::correct_facet(const Token& token, std::uint32_t distance_max, Facet& facet,
                                 std::string& corrected_to) {
  const std::uint32_t allowed = Speller::distance_allowed(character_count(token.surface), identifier_like(token));
  const Speller* speller = index_.speller();
  if (std::min(allowed, distance_max) == 0 || speller == nullptr) return false;
  const auto suggestions =
      speller->suggest(token.surface, std::min(allowed, distance_max), parameters_.corrected_surfaces);
  std::uint32_t together = 0;
  for (const Suggestion& suggestion : suggestions) {
    if (suggestion.distance > suggestions.front().distance) break;
    const std::string& word = speller->words()[suggestion.word].word;
    analyzer_.analyze(word, scratch_);
    if (scratch_.empty()) continue;
    TermPlace place;
    const Lookup found = find_group(scratch_.front().stem, place);
    if (found == Lookup::kPending) facet.pending = true;
    if (found != Lookup::kFound) continue;
    const float weight = suggestion.distance < 2 ? parameters_.corrected_near : parameters_.corrected_far;
    if (corrected_to.empty()) corrected_to = word;
    add_group(place, word, weight, facet);
    together = std::max(together, index_.group(place).document_frequency);
  }
  facet.document_frequency = together;
  return known(facet) || facet.pending;
}

// Bigrams of a run that hold a wrong character match nothing; the character before it is right, and whatever it
// begins may be meant: 多截预览 finds 多页 by 多, beside 预览.
void TermResolver::bridge_bigrams(Alternative& alternative) {
  const auto& tokens = alternative.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Facet& facet = alternative.facets[i];
    if (!facet.terms.empty() || facet.pending) continue;
    Token first = tokens[i];
    first.surface.resize(utf8_boundary(first.surface, first.surface.size() - 1));
    if (first.surface.empty()) continue;
    expand_prefix(first, facet);
    for (WeightedTerm& term : facet.terms) term.weight = parameters_.corrected_far;
  }
}

// One edit, else two words written together, else two edits; else the same for parts that match nothing.
void TermResolver::correct_alternative(Alternative& alternative, std::string& corrected_to) {
  const Token whole = alternative.tokens.front();
  if (correct_facet(whole, 1, alternative.facets.front(), corrected_to)) return;
  if (whole.kind == TokenKind::kWord && alternative.tokens.size() == 1 && split_word(alternative, corrected_to))
    return;
  if (correct_facet(whole, 2, alternative.facets.front(), corrected_to)) return;
  for (std::size_t i = 1; i < alternative.facets.size(); ++i) {
    std::string part_to;
    if (known(alternative.facets[i])) continue;
    if (!correct_facet(alternative.tokens[i], 2, alternative.facets[i], part_to)) continue;
    corrected_to += (corrected_to.empty() ? "" : " ") + part_to;
  }
}

// Only what matches nothing is taken for a typing error: a word, or a joined word with a part that matches nothing.
void TermResolver::correct(Unit& unit) {
  if (unit.negated || unit.pending()) return;
  for (Alternative& alternative : unit.alternatives) {
    const auto& facets = alternative.facets;
    if (alternative.phrase) continue;
    if (is_run(alternative)) {
      if (facets.size() > 1) bridge_bigrams(alternative);
      continue;
    }
    if (known(facets.front())) continue;
    if (facets.size() > 1 && std::all_of(facets.begin() + 1, facets.end(), known)) continue;
    if (index_.list().words.size == 0 || character_count(alternative.tokens.front().surface) < kHalfLettersMin)
      continue;
    if (index_.speller() == nullptr) {
      alternative.facets.front().pending = true;
      continue;
    }
    std::string corrected_to;
    correct_alternative(alternative, corrected_to);
    if (unit.corrected_to.empty()) unit.corrected_to = std::move(corrected_to);
  }
}

}  // namespace crossglot
