// The rules look at the last two and the next two code points after dropping what WB4 ignores. `before` and `last`
// hold the former; the second of the latter is looked up only where a rule asks for it.
#include "text/word_break.h"

namespace crossglot {
namespace {

bool is_ignored(WordBreak c) {
  return c == WordBreak::kExtend || c == WordBreak::kFormat || c == WordBreak::kZwj;
}
bool is_newline(WordBreak c) {
  return c == WordBreak::kCr || c == WordBreak::kLf || c == WordBreak::kNewline;
}
bool is_letter(WordBreak c) {
  return c == WordBreak::kALetter || c == WordBreak::kHebrewLetter || c == WordBreak::kPictographicLetter;
}
bool is_mid_number_letter(WordBreak c) {
  return c == WordBreak::kMidNumLet || c == WordBreak::kSingleQuote;
}
bool is_mid_letter(WordBreak c) {
  return c == WordBreak::kMidLetter || is_mid_number_letter(c);
}
bool is_mid_number(WordBreak c) {
  return c == WordBreak::kMidNum || is_mid_number_letter(c);
}

class Rules {
 public:
  explicit Rules(std::span<const WordBreak> classes) : classes_(classes) {}

  // Whether there is a boundary before the i-th code point; asked for i = 1, 2, ... in order.
  bool boundary(std::size_t i) {
    const WordBreak previous = classes_[i - 1];
    const WordBreak next = classes_[i];
    // `last` is what WB4 leaves of the text before i.
    if (i == 1 || !is_ignored(previous) || is_newline(classes_[i - 2])) push(previous);
    if (previous == WordBreak::kCr && next == WordBreak::kLf) return false;  // WB3
    if (is_newline(previous) || is_newline(next)) return true;               // WB3a, WB3b
    if (previous == WordBreak::kZwj && (next == WordBreak::kPictographic || next == WordBreak::kPictographicLetter)) {
      return false;  // WB3c
    }
    if (previous == WordBreak::kWSegSpace && next == WordBreak::kWSegSpace) return false;  // WB3d
    if (is_ignored(next)) return false;                                                    // WB4
    return !joined(i, next);
  }

 private:
  void push(WordBreak c) {
    before_ = last_;
    last_ = c;
    regional_indicators_ = c == WordBreak::kRegionalIndicator ? regional_indicators_ + 1 : 0;
  }

  WordBreak following(std::size_t i) const {
    do {
      if (++i >= classes_.size()) return WordBreak::kOther;
    } while (is_ignored(classes_[i]));
    return classes_[i];
  }

  bool joined(std::size_t i, WordBreak next) const {
    if (is_letter(last_)) {
      if (is_letter(next)) return true;                                                       // WB5
      if (is_mid_letter(next) && is_letter(following(i))) return true;                        // WB6
      if (last_ == WordBreak::kHebrewLetter && next == WordBreak::kSingleQuote) return true;  // WB7a
      if (last_ == WordBreak::kHebrewLetter && next == WordBreak::kDoubleQuote &&
          following(i) == WordBreak::kHebrewLetter) {
        return true;  // WB7b
      }
      if (next == WordBreak::kNumeric) return true;  // WB9
    }
    if (is_letter(before_) && is_mid_letter(last_) && is_letter(next)) return true;  // WB7
    if (before_ == WordBreak::kHebrewLetter && last_ == WordBreak::kDoubleQuote && next == WordBreak::kHebrewLetter) {
      return true;  // WB7c
    }
    if (last_ == WordBreak::kNumeric) {
      if (next == WordBreak::kNumeric || is_letter(next)) return true;              // WB8, WB10
      if (is_mid_number(next) && following(i) == WordBreak::kNumeric) return true;  // WB12
    }
    if (before_ == WordBreak::kNumeric && is_mid_number(last_) && next == WordBreak::kNumeric) return true;  // WB11
    const auto extends = [](WordBreak c) {
      return is_letter(c) || c == WordBreak::kNumeric || c == WordBreak::kKatakana;
    };
    if (last_ == WordBreak::kKatakana && next == WordBreak::kKatakana) return true;                    // WB13
    if (next == WordBreak::kExtendNumLet) return extends(last_) || last_ == WordBreak::kExtendNumLet;  // WB13a
    if (last_ == WordBreak::kExtendNumLet && extends(next)) return true;                               // WB13b
    return last_ == WordBreak::kRegionalIndicator && next == WordBreak::kRegionalIndicator &&
           regional_indicators_ % 2 == 1;  // WB15, WB16
  }

  std::span<const WordBreak> classes_;
  WordBreak before_ = WordBreak::kOther;
  WordBreak last_ = WordBreak::kOther;
  std::size_t regional_indicators_ = 0;
};

}  // namespace

void find_word_boundaries(std::span<const WordBreak> classes, std::vector<std::uint8_t>& boundaries) {
  boundaries.assign(classes.size() + 1, 0);
  if (classes.empty()) return;
  boundaries.front() = boundaries.back() = 1;
  Rules rules(classes);
  for (std::size_t i = 1; i < classes.size(); ++i) boundaries[i] = rules.boundary(i) ? 1 : 0;
}

}  // namespace crossglot
