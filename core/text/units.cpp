#include "text/units.h"

#include "text/normalize.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// From here on a stretch ends at the first separator.
constexpr std::size_t kStretchBytes = 4096;

constexpr char32_t kZeroWidthNonJoiner = 0x200C;
constexpr char32_t kTatweel = 0x640;
constexpr char32_t kTradeMark = 0x2122;
constexpr char32_t kServiceMark = 0x2120;

bool ends_stretch(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool cased(Script script) {
  return script == Script::kLatin || script == Script::kGreek || script == Script::kCyrillic ||
         script == Script::kArmenian;
}

// Lower-case letters that fold to another one: final sigma, long s, and compatibility forms (full-width, symbols).
bool folds_from_lower(char32_t c) {
  return c == 0x3C2 || c == 0x17F || (c >= 0x2000 && !(c >= 0xFF21 && c <= 0xFF3A) && !(c >= 0x2C00 && c < 0x2E00));
}

bool vowel_mark(const CharUnit& unit, std::uint8_t combining_class) {
  if (unit.c == kTatweel) return true;
  return combining_class != 0 && ((unit.c >= 0x591 && unit.c <= 0x6ED) || (unit.c >= 0x8CA && unit.c <= 0x8FF));
}

class Reader {
 public:
  Reader(bool turkic, std::vector<CharUnit>& units) : turkic_(turkic), units_(units) {}

  void add(char32_t c, std::size_t begin, std::size_t end) {
    if (turkic_ && (c == 'I' || c == 0x130)) {
      add_folded(c == 'I' ? 0x131 : 'i', begin, end, true);
      return;
    }
    if (c < 0x80) {
      const bool upper = c >= 'A' && c <= 'Z';
      add_folded(upper ? c + 32 : c, begin, end, upper);
      return;
    }
    if (c == kInvalidCodePoint || c == kTradeMark || c == kServiceMark) {
      add_folded(' ', begin, end, false);
      return;
    }
    if (!properties(c).maps) {
      add_folded(c, begin, end, false);
      return;
    }
    if (c == kZeroWidthNonJoiner) after_joiner_ = true;
    char scratch[4];
    const std::string_view target = nfkc_casefold(c, scratch);
    for (std::size_t i = 0; i < target.size();) {
      const Decoded decoded = decode_utf8(target, i);
      i += decoded.size;
      const bool single = decoded.size == target.size();
      add_folded(decoded.code_point, begin, end, single && !folds_from_lower(c));
    }
  }

  bool separated() const { return !units_.back().core() && !units_.back().cluster() && !units_.back().mark(); }

 private:
  void add_folded(char32_t c, std::size_t begin, std::size_t end, bool upper) {
    const CodePointProperties p = properties(c);
    CharUnit unit;
    unit.c = c;
    unit.byte_begin = static_cast<std::uint32_t>(begin);
    unit.byte_end = static_cast<std::uint32_t>(end);
    unit.word_break = p.word_break;
    unit.script = p.script;
    unit.upper = upper && cased(p.script);
    unit.combines = p.combining_class != 0 || p.second;
    if (c >= 0x591 && vowel_mark(unit, p.combining_class)) {
      if (!units_.empty()) units_.back().byte_end = unit.byte_end;
      return;
    }
    unit.after_joiner = after_joiner_;
    after_joiner_ = false;
    units_.push_back(unit);
  }

  bool turkic_;
  bool after_joiner_ = false;
  std::vector<CharUnit>& units_;
};

}  // namespace

std::size_t read_units(std::string_view text, std::size_t offset, bool turkic, std::vector<CharUnit>& units,
                       bool& cut) {
  units.clear();
  cut = false;
  Reader reader(turkic, units);
  const std::size_t begin = offset;
  while (offset < text.size() && !ends_stretch(text[offset])) {
    const Decoded decoded = decode_utf8(text, offset);
    reader.add(decoded.code_point, offset, offset + decoded.size);
    offset += decoded.size;
    if (offset - begin < kStretchBytes) continue;
    if (!units.empty() && reader.separated()) break;
    cut = offset - begin >= kStretchBytesMax;
    if (cut) break;
  }
  return offset;
}

void write_surface(std::span<const CharUnit> units, std::string& scratch, std::string& surface) {
  surface.clear();
  bool combines = false;
  for (const CharUnit& unit : units) {
    if (unit.apostrophe() || unit.c == '"' || unit.c == 0x5F4) continue;
    append_utf8(surface, unit.hyphen() ? U'-' : unit.c);
    combines = combines || unit.combines;
  }
  if (!combines) return;
  scratch = surface;
  compose_text(scratch, surface);
}

}  // namespace crossglot
