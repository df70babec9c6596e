#include "text/normalize.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/unicode.h"
#include "text/utf8.h"

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
struct Substitute {
  char32_t code_point;
  std::string_view text;
};
constexpr std::array<Substitute, 46> kSubstitutes = {{
    {0xB7, ""},  // Catalan l·l
    {0xE6, "ae"},      {0xF0, "d"},       {0xF8, "o"},       {0xFE, "th"}, {0x111, "d"},  {0x127, "h"},
    {0x131, "i"},      {0x138, "k"},      {0x142, "l"},      {0x14B, "n"}, {0x153, "oe"}, {0x167, "t"},
    {0x180, "b"},      {0x19A, "l"},      {0x1DD, "e"},      {0x1E5, "g"}, {0x237, "j"},  {0x23C, "c"},
    {0x23F, "s"},      {0x240, "z"},      {0x247, "e"},      {0x249, "j"}, {0x24D, "r"},  {0x24F, "y"},
    {0x253, "b"},      {0x257, "d"},      {0x259, "e"},      {0x25B, "e"}, {0x268, "i"},  {0x289, "u"},
    {0x450, "\u0435"}, {0x451, "\u0435"}, {0x45D, "\u0438"},  // Cyrillic ѐ ё ѝ
    {0x640, ""},                                              // tatweel
    {0x629, "\u0647"},                                        // teh marbuta, as heh
    {0x649, "\u064A"}, {0x6CC, "\u064A"}, {0x6D2, "\u064A"},  // alef maksura, Persian and Urdu yeh
    {0x671, "\u0627"},                                        // alef wasla
    {0x66B, "."},      {0x66C, ","},                          // decimal and thousands separators
    {0x6A9, "\u0643"},                                        // Persian kaf
    {0x6BE, "\u0647"}, {0x6C1, "\u0647"}, {0x6D5, "\u0647"},  // Urdu and Kurdish heh
}};

const Substitute* find_substitute(char32_t c) {
  for (const Substitute& substitute : kSubstitutes) {
    if (substitute.code_point == c) return &substitute;
  }
  return nullptr;
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
  if (const Substitute* substitute = find_substitute(c)) {
    out += substitute->text;
  } else {
    append_utf8(out, c);
  }
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
    } else if (const Substitute* substitute = find_substitute(c)) {
      out += substitute->text;
    } else {
      out += bytes;
    }
  }
}

}  // namespace crossglot
