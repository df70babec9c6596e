#include "text/unigram.h"

#include <algorithm>

#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr std::string_view kSpaceMark = "\xE2\x96\x81";  // U+2581
constexpr std::uint32_t kUnreached = 0xFFFFFFFF;
// A text of 50 KB gets here: float32 would no longer tell pieces apart whose scores differ by a hundredth. The
// library starts from 0 again, and ids are the same only with its very bound.
constexpr float kLeastSum = -100000.0f;

void offer(UnigramStep& step, float score, std::size_t begin, std::uint32_t piece) {
  if (step.begin != kUnreached && !(score > step.score)) return;
  step = {score, static_cast<std::uint32_t>(begin), piece};
}

// Takes the score of steps[at] off it and every step that is reached so far, up to `frontier`.
void recentre(std::vector<UnigramStep>& steps, std::size_t at, std::size_t frontier) {
  const float offset = steps[at].score;
  steps[at].score = 0;
  for (std::size_t i = at + 1; i <= frontier; ++i) {
    if (steps[i].begin != kUnreached) steps[i].score -= offset;
  }
}

}  // namespace

void Unigram::walk(std::string_view word, std::vector<UnigramStep>& steps) const {
  std::size_t frontier = 0;
  for (std::size_t begin = 0; begin < word.size();) {
    if (steps[begin].score < kLeastSum) recentre(steps, begin, frontier);
    const float before = steps[begin].score;
    const std::size_t character = decode_utf8(word, begin).size;
    bool covered = false;
    PieceTrie::Node node = PieceTrie::kRoot;
    for (std::size_t end = begin; end < word.size();) {
      node = trie_.child(node, static_cast<std::uint8_t>(word[end]));
      if (node == PieceTrie::kNone) break;
      ++end;
      const Piece* const piece = trie_.piece(node);
      if (piece == nullptr) continue;
      frontier = std::max(frontier, end);
      offer(steps[end], piece->score + before, begin, piece->id);
      covered = covered || end - begin == character;
    }
    if (!covered) {
      frontier = std::max(frontier, begin + character);
      offer(steps[begin + character], unknown_score_ + before, begin, unknown_);
    }
    begin += character;
  }
}

void Unigram::segment(std::string_view text, std::vector<UnigramStep>& steps,
                      std::vector<std::uint32_t>& pieces) const {
  const std::size_t first = pieces.size();
  float score = 0;
  while (!text.empty()) {
    const std::size_t next = words_stand_alone_ ? text.find(kSpaceMark, kSpaceMark.size()) : text.npos;
    const std::string_view word = text.substr(0, next);
    text.remove_prefix(word.size());
    steps.assign(word.size() + 1, {0, kUnreached, 0});
    steps[0].score = score;
    walk(word, steps);
    score = steps[word.size()].score;
    const std::size_t word_begin = pieces.size();
    for (std::size_t end = word.size(); end > 0; end = steps[end].begin) pieces.push_back(steps[end].piece);
    std::reverse(pieces.begin() + static_cast<std::ptrdiff_t>(word_begin), pieces.end());
  }
  const auto both_unknown = [this](std::uint32_t a, std::uint32_t b) { return a == unknown_ && b == unknown_; };
  pieces.erase(std::unique(pieces.begin() + static_cast<std::ptrdiff_t>(first), pieces.end(), both_unknown),
               pieces.end());
}

}  // namespace crossglot
