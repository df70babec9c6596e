#include "lexical/spelling.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/sort.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr std::size_t kLettersMax = 48;  // longer words are never corrected

// Which letters a word has, as far as 32 bits tell them apart. One edit adds at most one and removes at most one.
std::uint32_t letter_set(std::u16string_view word) {
  std::uint32_t set = 0;
  for (const char16_t letter : word) set |= 1U << (letter & 31U);
  return set;
}

// The distance of two words, or distance_max + 1 when it is larger. Three rows of the table are enough: a swap looks
// two rows back.
std::uint32_t distance(std::u16string_view a, std::u16string_view b, std::uint32_t distance_max) {
  std::array<std::array<std::uint32_t, kLettersMax + 1>, 3> rows;
  const std::uint32_t far = distance_max + 1;
  for (std::uint32_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::uint32_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    row[0] = i;
    std::uint32_t best = i;
    for (std::uint32_t j = 1; j <= b.size(); ++j) {
      std::uint32_t value = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      value = std::min({value, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        value = std::min(value, above_that[j - 2] + 1);
      row[j] = value;
      best = std::min(best, value);
    }
    // The next row may still take a swap from the row above this one, which costs one more than its best cell.
    if (best > distance_max + 1) return far;
  }
  return std::min(rows[a.size() % 3][b.size()], far);
}

bool nearer(const Suggestion& a, const Suggestion& b) {
  if (a.distance != b.distance) return a.distance < b.distance;
  if (a.document_frequency != b.document_frequency) return a.document_frequency > b.document_frequency;
  return a.word < b.word;
}

}  // namespace

std::u16string fold_for_spelling(std::string_view text) {
  std::string folded;
  fold_accents(text, folded);
  std::u16string letters;
  for (std::size_t at = 0; at < folded.size();) {
    const Decoded character = decode_utf8(folded, at);
    at += character.size;
    // Beyond the BMP only equality counts: into the private use area.
    const char32_t c = character.code_point;
    letters.push_back(c > 0xffff ? static_cast<char16_t>(0xe000 | (c & 0x1fff)) : static_cast<char16_t>(c));
  }
  return letters;
}

Speller::Speller(WordList words) : words_(std::move(words)) {
  ends_.reserve(words_.words().size() + 1);
  letter_sets_.reserve(words_.words().size());
  ends_.push_back(0);
  for (const WordEntry& entry : words_.words()) {
    const std::u16string folded = fold_for_spelling(entry.word);
    letters_ += folded;
    letter_sets_.push_back(letter_set(folded));
    ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
  }
}

std::uint32_t Speller::distance_allowed(std::size_t characters, bool identifier) {
  if (characters < 4 || characters > kLettersMax) return 0;
  return characters < 8 || identifier ? 1 : 2;
}

std::vector<Suggestion> Speller::suggest(std::string_view word, std::uint32_t distance_max, std::size_t count) const {
  const std::u16string target = fold_for_spelling(word);
  std::vector<Suggestion> found;
  if (target.empty() || target.size() > kLettersMax) return found;
  const std::uint32_t set = letter_set(target);
  const auto edits = static_cast<int>(distance_max);
  for (std::size_t i = 0; i < words_.words().size(); ++i) {
    if (std::popcount(set & ~letter_sets_[i]) > edits || std::popcount(letter_sets_[i] & ~set) > edits) continue;
    const std::u16string_view candidate = folded(i);
    if (candidate.size() > target.size() + distance_max || candidate.size() + distance_max < target.size()) continue;
    if (candidate.size() > kLettersMax) continue;
    const std::uint32_t far = distance(target, candidate, distance_max);
    if (far > distance_max) continue;
    found.push_back({static_cast<std::uint32_t>(i), far, words_.words()[i].document_frequency});
  }
  sort_small(std::span(found), nearer);
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace crossglot
