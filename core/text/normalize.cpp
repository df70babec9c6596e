#include "text/normalize.h"

#include <algorithm>
#include <vector>

#include "text/unicode.h"
#include "text/utf8.h"
#include "text/words.h"

namespace crossglot {
namespace {

struct Mark {
  char32_t code_point;
  std::uint8_t combining_class;
};

void decompose_to(char32_t c, std::vector<Mark>& out) {
  char32_t base = 0;
  char32_t mark = 0;
  if (decompose(c, base, mark)) {
    decompose_to(base, out);
    decompose_to(mark, out);
    return;
  }
  const std::uint8_t combining_class = properties(c).combining_class;
  out.push_back({c, combining_class});
  if (combining_class == 0) return;
  // Canonical order: marks by class, those of one class as they came.
  std::size_t at = out.size() - 1;
  for (; at > 0 && out[at - 1].combining_class > combining_class; --at) std::swap(out[at - 1], out[at]);
}

void compose_marks(std::vector<Mark>& marks) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t starter = kNone;
  std::size_t size = 0;
  int blocked = -1;  // the highest class between the starter and here that stays; -1: nothing in between
  for (const Mark mark : marks) {
    if (starter != kNone && blocked < static_cast<int>(mark.combining_class)) {
      if (const char32_t composite = compose(marks[starter].code_point, mark.code_point); composite != 0) {
        marks[starter].code_point = composite;
        continue;
      }
    }
    if (mark.combining_class == 0) {
      starter = size;
      blocked = -1;
    } else {
      blocked = mark.combining_class;
    }
    marks[size++] = mark;
  }
  marks.resize(size);
}

bool already_composed(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    if (decoded.code_point == kInvalidCodePoint) return false;
    if (decoded.code_point >= 0x300) {
      const CodePointProperties p = properties(decoded.code_point);
      if (p.combining_class != 0 || p.second) return false;
    }
    i += decoded.size;
  }
  return true;
}

// Letters whose look-alike without stroke, or whose plain spelling, is no canonical decomposition.
// Letters whose look-alike without stroke, or whose plain spelling, is no canonical decomposition: each with what
// replaces it. Catalan's middle dot and Arabic tatweel are replaced by nothing.
constexpr std::string_view kSubstitutes =
    "·: æ:ae ð:d ø:o þ:th đ:d ħ:h ı:i ĸ:k ł:l ŋ:n œ:oe ŧ:t ƀ:b ƚ:l ǝ:e ǥ:g ȷ:j ȼ:c ȿ:s ɀ:z ɇ:e ɉ:j ɍ:r ɏ:y ɓ:b ɗ:d "
    "ə:e ɛ:e ɨ:i ʉ:u ѐ:е ё:е ѝ:и \u0640: \u0629:\u0647 \u0649:\u064A \u06CC:\u064A \u06D2:\u064A "
    "\u0671:\u0627 \u066B:. \u066C:, \u06A9:\u0643 \u06BE:\u0647 \u06C1:\u0647 \u06D5:\u0647";

// Appends the substitute of a character, given as its bytes. False when it has none.
bool append_substitute(std::string_view character, std::string& out) {
  const std::string_view value = value_of(kSubstitutes, character);
  if (value.data() == nullptr) return false;
  out += value;
  return true;
}

bool loses_marks(Script script) {
  return script == Script::kLatin || script == Script::kGreek || script == Script::kArabic ||
         script == Script::kHebrew;
}

// Appends the letters that a precomposed letter is made of, without its marks.
void append_base(char32_t c, std::string& out) {
  char32_t base = 0;
  char32_t mark = 0;
  while (decompose(c, base, mark)) c = base;
  const std::size_t begin = out.size();
  append_utf8(out, c);
  std::string substitute;
  if (!append_substitute(std::string_view(out).substr(begin), substitute)) return;
  out.resize(begin);
  out += substitute;
}

constexpr char32_t kNukta = 0x93C;

bool drops_mark(Script base, char32_t mark, std::uint8_t combining_class) {
  if (base == Script::kDevanagari) return mark == kNukta;
  return loses_marks(base) || (base == Script::kCyrillic && combining_class == 230);
}

}  // namespace

void compose_text(std::string_view text, std::string& out) {
  if (already_composed(text)) {
    out.assign(text);
    return;
  }
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    if (decoded.code_point != kInvalidCodePoint) decompose_to(decoded.code_point, marks);
    i += decoded.size;
  }
  compose_marks(marks);
  out.clear();
  for (const Mark mark : marks) append_utf8(out, mark.code_point);
}

std::string nfkc_casefold(std::string_view text) {
  std::string folded;
  char scratch[4];
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    if (decoded.code_point != kInvalidCodePoint) {
      if (properties(decoded.code_point).maps) {
        folded += nfkc_casefold(decoded.code_point, scratch);
      } else {
        folded += text.substr(i, decoded.size);
      }
    }
    i += decoded.size;
  }
  std::string out;
  compose_text(folded, out);
  return out;
}

void fold_accents(std::string_view text, std::string& out) {
  Script base = Script::kCommon;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    const char32_t c = decoded.code_point;
    const std::string_view bytes = text.substr(i, decoded.size);
    i += decoded.size;
    if (c < 0x80) {
      base = Script::kLatin;
      out += bytes;
      continue;
    }
    if (c == kInvalidCodePoint) continue;
    const CodePointProperties p = properties(c);
    if (p.combining_class != 0 && drops_mark(base, c, p.combining_class)) continue;
    if (p.combining_class == 0) base = p.script;
    if (const int digit = p.word_break == WordBreak::kNumeric ? digit_value(c) : -1; digit >= 0) {
      out.push_back(static_cast<char>('0' + digit));
    } else if (loses_marks(p.script) && p.combining_class == 0) {
      append_base(c, out);
    } else if (!append_substitute(bytes, out)) {
      out += bytes;
    }
  }
}

}  // namespace crossglot
