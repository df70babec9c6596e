#include "lexical/spelling.h"

#include <algorithm>
#include <array>

#include "base/sort.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// One row of the distance table for each character of a candidate, kept while the next candidate shares it.
class DistanceTable {
 public:
  // Longer words are never corrected.
  static constexpr std::size_t kLettersMax = 48;

  DistanceTable(std::u16string_view word, std::uint32_t distance_max) : word_(word), distance_max_(distance_max) {
    for (std::size_t column = 0; column <= word_.size(); ++column) cell(0, column) = clamp(column);
  }

  // Fills the row of candidate[depth]; returns the best distance that any longer candidate may still reach.
  std::uint32_t fill(std::u16string_view candidate, std::size_t depth) {
    const std::size_t row = depth + 1;
    const std::size_t far = distance_max_ + 1;
    const std::size_t begin = row > distance_max_ ? row - distance_max_ : 0;
    const std::size_t end = std::min(word_.size(), row + distance_max_);
    if (begin > word_.size()) return static_cast<std::uint32_t>(far);
    if (begin > 0) cell(row, begin - 1) = static_cast<std::uint8_t>(far);
    std::size_t best = far;
    for (std::size_t column = begin; column <= end; ++column) {
      std::size_t value = column == 0 ? row : far;
      if (column > 0) {
        const bool same = word_[column - 1] == candidate[depth];
        value = cell(row - 1, column - 1) + (same ? 0U : 1U);
        value = std::min<std::size_t>(value, cell(row, column - 1) + 1U);
        if (column < row + distance_max_) value = std::min<std::size_t>(value, cell(row - 1, column) + 1U);
        if (column > 1 && row > 1 && word_[column - 1] == candidate[depth - 1] &&
            word_[column - 2] == candidate[depth]) {
          value = std::min<std::size_t>(value, cell(row - 2, column - 2) + 1U);
        }
      }
      cell(row, column) = clamp(value);
      best = std::min<std::size_t>(best, value);
    }
    if (end < word_.size()) cell(row, end + 1) = static_cast<std::uint8_t>(far);
    return static_cast<std::uint32_t>(best);
  }

  std::uint32_t distance(std::size_t length) { return cell(length, word_.size()); }

 private:
  std::uint8_t& cell(std::size_t row, std::size_t column) { return cells_[row * (kLettersMax + 1) + column]; }
  std::uint8_t clamp(std::size_t value) const {
    return static_cast<std::uint8_t>(std::min<std::size_t>(value, distance_max_ + 1));
  }

  std::u16string_view word_;
  std::size_t distance_max_;
  std::array<std::uint8_t, (kLettersMax + 1) * (kLettersMax + 4)> cells_{};
};

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
  ends_.push_back(0);
  for (const WordEntry& entry : words_.words()) {
    letters_ += fold_for_spelling(entry.word);
    ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
  }
}

std::uint32_t Speller::distance_allowed(std::size_t characters, bool identifier) {
  if (characters < 4 || characters > DistanceTable::kLettersMax) return 0;
  return characters < 8 || identifier ? 1 : 2;
}

std::vector<Suggestion> Speller::suggest(std::string_view word, std::uint32_t distance_max, std::size_t count) const {
  const std::u16string target = fold_for_spelling(word);
  std::vector<Suggestion> found;
  if (target.empty() || target.size() > DistanceTable::kLettersMax) return found;
  DistanceTable table(target, distance_max);
  std::u16string_view last;
  std::size_t filled = 0;       // rows of `last` that are in the table
  std::size_t dead = SIZE_MAX;  // candidates that share so many letters with `last` are too far
  for (std::size_t i = 0; i < words_.words().size(); ++i) {
    const std::u16string_view candidate = folded(i);
    const std::size_t shared_max = std::min({filled, candidate.size(), last.size()});
    std::size_t shared = 0;
    while (shared < shared_max && candidate[shared] == last[shared]) ++shared;
    if (shared >= dead) continue;
    dead = SIZE_MAX;
    last = candidate;
    filled = shared;
    const std::size_t rows = std::min(candidate.size(), target.size() + distance_max);
    while (filled < rows && dead == SIZE_MAX) {
      const std::uint32_t best = table.fill(candidate, filled);
      ++filled;
      if (best > distance_max) dead = filled;
    }
    if (dead != SIZE_MAX || candidate.size() > rows) continue;
    if (candidate.size() + distance_max < target.size()) continue;
    const std::uint32_t distance = table.distance(candidate.size());
    if (distance > distance_max) continue;
    found.push_back({static_cast<std::uint32_t>(i), distance, words_.words()[i].document_frequency});
  }
  sort_small(std::span(found), nearer);
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace crossglot
