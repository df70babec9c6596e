#include "text/nmt_nfkc.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "text/code_point_map.h"
#include "text/tokenizer_tables.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr char32_t kSyllableBase = 0xAC00, kSyllableCount = 11172;
constexpr char32_t kLeadBase = 0x1100, kLeadCount = 19;
constexpr char32_t kVowelBase = 0x1161, kVowelCount = 21;
constexpr char32_t kTrailBase = 0x11A7, kTrailCount = 28;

constexpr std::string_view kSpaceMark = "\xE2\x96\x81";  // U+2581
// No character below U+0300 goes on a composition, and this is the first byte of U+0300.
constexpr std::uint8_t kFirstMarkByte = 0xCC;

struct Pair {
  char32_t base;
  char32_t mark;
  char32_t composite;
};

bool before(const Pair& a, const Pair& b) {
  return a.base != b.base ? a.base < b.base : a.mark < b.mark;
}

class Tables {
 public:
  Tables() {
    std::vector<char32_t> marks;
    for (ByteReader stream(tokenizer_tables::kPairMarks); stream.remaining() > 0;) marks.push_back(stream.varint32());
    ByteReader stream(tokenizer_tables::kPairs);
    Pair pair{};
    while (stream.remaining() > 0) {
      pair.composite += stream.varint32();
      pair.base += static_cast<char32_t>(unzigzag32(stream.varint32()));
      const std::uint8_t mark = stream.u8();
      CG_CHECK(mark < marks.size());
      pair.mark = marks[mark];
      composites_.insert(pair.composite);
      // Few enough to insert one by one; std::sort would be the largest function here.
      pairs_.insert(std::lower_bound(pairs_.begin(), pairs_.end(), pair, before), pair);
    }
    CG_CHECK(stream.finished());
    for (const char32_t mark : marks) marks_.insert(mark);
    for (char32_t c = kVowelBase; c < kVowelBase + kVowelCount; ++c) marks_.insert(c);
    for (char32_t c = kTrailBase + 1; c < kTrailBase + kTrailCount; ++c) marks_.insert(c);
  }

  bool maps(char32_t c) const { return map_.contains(c); }
  std::u32string_view target(char32_t c) const { return map_.at(c); }

  // The one character that NFKD makes of `c`, or 0 when it makes several or none.
  char32_t single(char32_t c) const {
    if (map_.contains(c)) {
      const std::u32string_view target = map_.at(c);
      if (target.size() != 1) return 0;
      c = target.front();
    }
    return composites_.contains(c) || c - kSyllableBase < kSyllableCount ? 0 : c;
  }
  bool is_mark(char32_t single) const { return marks_.contains(single); }

  char32_t compose(char32_t base, char32_t mark) const {
    if (base - kLeadBase < kLeadCount && mark - kVowelBase < kVowelCount) {
      return kSyllableBase + ((base - kLeadBase) * kVowelCount + (mark - kVowelBase)) * kTrailCount;
    }
    const char32_t syllable = base - kSyllableBase;
    if (syllable < kSyllableCount && syllable % kTrailCount == 0 && mark - kTrailBase - 1 < kTrailCount - 1) {
      return base + (mark - kTrailBase);
    }
    const auto at = std::lower_bound(pairs_.begin(), pairs_.end(), Pair{base, mark, 0}, before);
    return at != pairs_.end() && at->base == base && at->mark == mark ? at->composite : 0;
  }

 private:
  CodePointMap map_{tokenizer_tables::kNmtGaps, tokenizer_tables::kNmtLengths, tokenizer_tables::kNmtTargets};
  CodePointSet composites_;
  CodePointSet marks_;
  std::vector<Pair> pairs_;
};

const Tables& tables() {
  static const Tables kTables;
  return kTables;
}

bool may_go_on(std::string_view text, std::size_t offset) {
  return offset < text.size() && static_cast<std::uint8_t>(text[offset]) >= kFirstMarkByte;
}

}  // namespace

std::size_t nmt_nfkc_step(std::string_view text, std::size_t offset, std::string& out) {
  const auto first = static_cast<std::uint8_t>(text[offset]);
  if (first >= 0x20 && first < 0x7F && !may_go_on(text, offset + 1)) {
    out.push_back(text[offset]);
    return 1;
  }
  const Decoded decoded = decode_utf8(text, offset);
  if (decoded.code_point == kInvalidCodePoint) {
    append_utf8(out, 0xFFFD);
    return 1;
  }
  const Tables& t = tables();
  std::size_t end = offset + decoded.size;
  if (may_go_on(text, end)) {
    // Only a character that has marks behind it can begin a rule of several: most have none.
    char32_t composed = 0;
    for (std::size_t at = end; may_go_on(text, at);) {
      const Decoded next = decode_utf8(text, at);
      const char32_t mark = next.code_point == kInvalidCodePoint ? 0 : t.single(next.code_point);
      if (mark == 0 || !t.is_mark(mark)) break;
      const char32_t base = composed != 0 ? composed : t.single(decoded.code_point);
      const char32_t composite = base == 0 ? 0 : t.compose(base, mark);
      if (composite == 0) break;
      composed = composite;
      at += next.size;
      end = at;
    }
    if (composed != 0) {
      append_utf8(out, composed);
      return end - offset;
    }
  }
  if (t.maps(decoded.code_point)) {
    for (const char32_t c : t.target(decoded.code_point)) append_utf8(out, c);
  } else {
    out += text.substr(offset, decoded.size);
  }
  return decoded.size;
}

void nmt_nfkc(std::string_view text, std::string& out) {
  out.assign(kSpaceMark);
  bool after_space = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = out.size();
    at += nmt_nfkc_step(text, at, out);
    // No rule makes more than one space in a row, but one may make a space before or between letters.
    for (std::size_t i = begin; i < out.size();) {
      if (out[i] != ' ') {
        after_space = false;
        ++i;
      } else if (after_space) {
        out.erase(i, 1);
      } else {
        out.replace(i, 1, kSpaceMark);
        after_space = true;
        i += kSpaceMark.size();
      }
    }
  }
  while (out.ends_with(kSpaceMark)) out.resize(out.size() - kSpaceMark.size());
}

}  // namespace crossglot
