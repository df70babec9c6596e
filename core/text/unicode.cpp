#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "text/unicode_tables.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr char32_t kLimit = 0x110000;
constexpr char32_t kPageSize = 256;
constexpr std::size_t kPagesExpected = 192;

// Hangul syllables are composed by arithmetic (Unicode Standard, section 3.12).
constexpr char32_t kSyllableBase = 0xAC00;
constexpr char32_t kSyllableCount = 11172;
constexpr char32_t kLeadBase = 0x1100;
constexpr char32_t kLeadCount = 19;
constexpr char32_t kVowelBase = 0x1161;
constexpr char32_t kVowelCount = 21;
constexpr char32_t kTrailBase = 0x11A7;
constexpr char32_t kTrailCount = 28;

// One record is packed into 32 bits: word break 5, script 5, combining class 8, maps 1, second 1.
using Record = std::uint32_t;
constexpr int kScriptShift = 5;
constexpr int kCombiningShift = 10;
constexpr int kMapsShift = 18;
constexpr int kSecondShift = 19;
using Page = std::array<Record, kPageSize>;

// Reads a property's runs once, page by page.
class RunCursor {
 public:
  RunCursor(ByteSpan lengths, ByteSpan values, int shift) : lengths_(lengths), values_(values), shift_(shift) {}

  void add_to(Page& page) {
    for (Record& record : page) {
      record |= value();
      --left_;
    }
  }
  // The value of the next code point.
  Record value() {
    if (left_ == 0) {
      left_ = lengths_.varint32();
      value_ = Record{values_.u8()} << shift_;
    }
    return value_;
  }
  // Whether the next page has one value.
  bool uniform() { return value(), left_ >= kPageSize; }
  void skip_page() { left_ -= kPageSize; }

 private:
  ByteReader lengths_;
  ByteReader values_;
  int shift_;
  std::uint32_t left_ = 0;
  Record value_ = 0;
};

enum class MapKind : std::uint8_t { kMove, kMoveEverySecond, kTargets, kRemove };

struct MapRun {
  char32_t begin;
  char32_t last;
  MapKind kind;
  std::int32_t value;  // what to add, or the number of the first target
};

struct Pair {
  char32_t composite;
  char32_t base;
  char32_t mark;
};

bool parts_before(const Pair& a, const Pair& b) {
  return a.base != b.base ? a.base < b.base : a.mark < b.mark;
}

std::int32_t zigzag(std::uint32_t value) {
  return static_cast<std::int32_t>(value >> 1) ^ -static_cast<std::int32_t>(value & 1);
}

class Tables {
 public:
  Tables() {
    read_mapping();
    read_pairs();
    read_pages();
    for (ByteReader zeros(unicode_tables::kDigitZeros); zeros.remaining() > 0;)
      digit_zeros.push_back(zeros.varint32());
  }

  Record record(char32_t c) const { return pages[page_index[c / kPageSize]][c % kPageSize]; }

  std::array<std::uint16_t, kLimit / kPageSize> page_index{};
  std::vector<Page> pages;
  std::vector<MapRun> map_runs;               // by code point
  std::vector<std::uint16_t> target_offsets;  // into kTargets, one more than there are targets
  std::vector<Pair> by_composite;
  std::vector<Pair> by_parts;
  std::vector<char32_t> digit_zeros;

 private:
  void read_mapping() {
    ByteReader stream(unicode_tables::kMapping);
    char32_t end = 0;
    std::int32_t targets = 0;
    while (stream.remaining() > 0) {
      MapRun run{};
      run.begin = end + stream.varint32();
      const std::uint32_t shape = stream.varint32();
      const std::uint32_t steps = shape / 4;
      run.kind = static_cast<MapKind>(shape % 4);
      run.last = run.begin + steps * (run.kind == MapKind::kMoveEverySecond ? 2 : 1);
      end = run.last + 1;
      if (run.kind == MapKind::kTargets) {
        run.value = targets;
        targets += static_cast<std::int32_t>(steps + 1);
      } else if (run.kind != MapKind::kRemove) {
        run.value = zigzag(stream.varint32());
      }
      map_runs.push_back(run);
    }
    const std::string_view text = as_text(unicode_tables::kTargets);
    std::size_t offset = 0;
    for (std::uint8_t length : unicode_tables::kTargetLengths) {
      target_offsets.push_back(static_cast<std::uint16_t>(offset));
      for (; length > 0; --length) offset += decode_utf8(text, offset).size;
    }
    target_offsets.push_back(static_cast<std::uint16_t>(offset));
    CG_CHECK(!stream.failed() && offset == text.size() && offset <= 0xFFFF);
  }

  void read_pairs() {
    std::vector<char32_t> marks;
    for (ByteReader stream(unicode_tables::kPairMarks); stream.remaining() > 0;) marks.push_back(stream.varint32());
    ByteReader stream(unicode_tables::kPairs);
    Pair pair{};
    while (stream.remaining() > 0) {
      pair.composite += stream.varint32();
      pair.base += static_cast<char32_t>(zigzag(stream.varint32()));
      pair.mark = marks[stream.u8()];
      by_composite.push_back(pair);
    }
    by_parts.reserve(by_composite.size());
    // Few enough to insert one by one; std::sort would be the largest function of the module.
    for (const Pair& p : by_composite)
      by_parts.insert(std::lower_bound(by_parts.begin(), by_parts.end(), p, parts_before), p);
  }

  void read_pages() {
    std::array<RunCursor, 3> cursors = {
        RunCursor(unicode_tables::kWordBreakLengths, unicode_tables::kWordBreakValues, 0),
        RunCursor(unicode_tables::kScriptLengths, unicode_tables::kScriptValues, kScriptShift),
        RunCursor(unicode_tables::kCombiningLengths, unicode_tables::kCombiningValues, kCombiningShift)};
    pages.reserve(kPagesExpected);
    constexpr Record kNotUniform = static_cast<Record>(-1);
    Record before = kNotUniform;
    std::size_t run = 0;
    for (char32_t begin = 0; begin < kLimit; begin += kPageSize) {
      bool uniform = run == map_runs.size() || map_runs[run].begin >= begin + kPageSize;
      Record value = 0;
      for (RunCursor& cursor : cursors) {
        uniform = uniform && cursor.uniform();
        value |= cursor.value();
      }
      // Most of the 4,352 pages are of Han, of Hangul or empty: the loop over their code points would take longest.
      if (uniform && value == before) {
        for (RunCursor& cursor : cursors) cursor.skip_page();
      } else {
        pages.emplace_back();
        for (RunCursor& cursor : cursors) cursor.add_to(pages.back());
        mark_mapped(pages.back(), begin, run);
      }
      before = uniform ? value : kNotUniform;
      page_index[begin / kPageSize] = static_cast<std::uint16_t>(pages.size() - 1);
    }
    const auto set_second = [&](char32_t c) {
      pages[page_index[c / kPageSize]][c % kPageSize] |= 1u << kSecondShift;
    };
    for (const Pair& pair : by_composite) set_second(pair.mark);
    for (char32_t c = kVowelBase; c < kVowelBase + kVowelCount; ++c) set_second(c);
    for (char32_t c = kTrailBase + 1; c < kTrailBase + kTrailCount; ++c) set_second(c);
  }

  void mark_mapped(Page& page, char32_t page_begin, std::size_t& run) const {
    for (; run < map_runs.size() && map_runs[run].begin < page_begin + kPageSize; ++run) {
      const MapRun& r = map_runs[run];
      const char32_t stride = r.kind == MapKind::kMoveEverySecond ? 2 : 1;
      const char32_t skipped = r.begin < page_begin ? (page_begin - r.begin + stride - 1) / stride * stride : 0;
      for (char32_t c = r.begin + skipped; c <= r.last && c < page_begin + kPageSize; c += stride) {
        page[c - page_begin] |= 1u << kMapsShift;
      }
      if (r.last >= page_begin + kPageSize) return;
    }
  }
};

const Tables& tables() {
  static const Tables kTables;
  return kTables;
}

bool compose_hangul(char32_t base, char32_t mark, char32_t& syllable) {
  if (base - kLeadBase < kLeadCount && mark - kVowelBase < kVowelCount) {
    syllable = kSyllableBase + ((base - kLeadBase) * kVowelCount + (mark - kVowelBase)) * kTrailCount;
    return true;
  }
  const char32_t offset = base - kSyllableBase;
  if (offset < kSyllableCount && offset % kTrailCount == 0 && mark - kTrailBase - 1 < kTrailCount - 1) {
    syllable = base + (mark - kTrailBase);
    return true;
  }
  return false;
}

}  // namespace

CodePointProperties properties(char32_t c) {
  const Record record = tables().record(c);
  return {static_cast<WordBreak>(record & 31), static_cast<Script>(record >> kScriptShift & 31),
          static_cast<std::uint8_t>(record >> kCombiningShift), (record >> kMapsShift & 1) != 0,
          (record >> kSecondShift & 1) != 0};
}

std::string_view nfkc_casefold(char32_t c, char (&scratch)[4]) {
  const Tables& t = tables();
  auto run = std::upper_bound(t.map_runs.begin(), t.map_runs.end(), c,
                              [](char32_t value, const MapRun& r) { return value < r.begin; });
  CG_CHECK(run != t.map_runs.begin() && c <= std::prev(run)->last);
  --run;
  if (run->kind == MapKind::kRemove) return {};
  if (run->kind == MapKind::kTargets) {
    const std::size_t target = static_cast<std::size_t>(run->value) + (c - run->begin);
    const std::size_t begin = t.target_offsets[target];
    return as_text(unicode_tables::kTargets).substr(begin, t.target_offsets[target + 1] - begin);
  }
  std::string target;
  append_utf8(target, c + static_cast<char32_t>(run->value));
  return {scratch, target.copy(scratch, sizeof scratch)};
}

bool decompose(char32_t c, char32_t& base, char32_t& mark) {
  if (c < 0xC0) return false;
  if (c - kSyllableBase < kSyllableCount) {
    const char32_t offset = c - kSyllableBase;
    const char32_t trail = offset % kTrailCount;
    base = trail != 0 ? c - trail : kLeadBase + offset / (kVowelCount * kTrailCount);
    mark = trail != 0 ? kTrailBase + trail : kVowelBase + offset / kTrailCount % kVowelCount;
    return true;
  }
  const std::vector<Pair>& pairs = tables().by_composite;
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), c,
                                   [](const Pair& pair, char32_t value) { return pair.composite < value; });
  if (at == pairs.end() || at->composite != c) return false;
  base = at->base;
  mark = at->mark;
  return true;
}

char32_t compose(char32_t base, char32_t mark) {
  char32_t syllable = 0;
  if (compose_hangul(base, mark, syllable)) return syllable;
  const std::vector<Pair>& pairs = tables().by_parts;
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), Pair{0, base, mark}, parts_before);
  return at != pairs.end() && at->base == base && at->mark == mark ? at->composite : 0;
}

int digit_value(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  const std::vector<char32_t>& zeros = tables().digit_zeros;
  const auto after = std::upper_bound(zeros.begin(), zeros.end(), c);
  if (after == zeros.begin() || c - *std::prev(after) > 9) return -1;
  return static_cast<int>(c - *std::prev(after));
}

}  // namespace crossglot
