// search/excerpt.h - the passage of a section that shows best what matched, and where to emphasise it.
//
// The index says which surfaces matched (every inflection, expansion and correction that took part), so the text is
// cut into surfaces without stemming and compared with these: what is marked is what was searched.
//
// The window is the stretch of about kExcerptWidth columns with the greatest sum of distinct query words' rarity; it
// begins at a line or a sentence where one is near, else at a word after an ellipsis.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lexical/evaluator.h"
#include "search/index.h"
#include "text/analyzer.h"

namespace crossglot {

// About two lines of a result row. A character of Han, Kana or Hangul takes two columns.
inline constexpr std::size_t kExcerptWidth = 200;
// Text behind this many bytes of a section is not looked at for an excerpt.
inline constexpr std::size_t kExcerptBytesMax = 16384;

// A stretch of text that matched a query word.
struct TextMatch {
  std::uint32_t byte_begin = 0;
  std::uint32_t byte_end = 0;
  std::uint32_t unit = 0;
  float weight = 0;
  std::uint32_t pieces = 1;  // tokens it was joined from
};

class Highlighter {
 public:
  // Collects the surfaces that took part in the evaluator's last run.
  void collect(Evaluator& evaluator);
  // Replaces `matches` by the stretches of `text` that matched, in order.
  void find(std::string_view text, Analyzer& analyzer, std::vector<TextMatch>& matches);

 private:
  struct Surface {
    std::string_view text;
    std::uint32_t unit = 0;
    float weight = 0;
    bool first_character = false;  // a bigram found by its first character alone
  };

  void drop_stray_bigrams(std::vector<TextMatch>& matches) const;

  std::vector<Surface> surfaces_;
  std::uint64_t runs_ = 0;  // bit i: unit i is a run of several bigrams
  std::vector<Token> tokens_;
};

struct Excerpt {
  std::string text;
  std::vector<Mark> marks;
};

// matches: of `text`. goes_on: more follows behind it. An empty text gives an empty excerpt.
Excerpt make_excerpt(std::string_view text, const std::vector<TextMatch>& matches, bool goes_on = false);

// The marks of a whole text, such as a title.
std::vector<Mark> make_marks(std::string_view text, const std::vector<TextMatch>& matches);

}  // namespace crossglot
