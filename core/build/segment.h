// build/segment.h - the bytes between analyse() and Builder: pages and an inverted index of some documents.
//
//   segment  = magic version  pages  languages
//   page     = url lang title group dir weight  alternates  filters  sections with text and field lengths  lines
//   language = lang stemmed  terms by (stem, surface), each with its number and its postings
//   posting  = section gap, mask of fields, counts, positions
//   lines    = what each line says as numbers of terms, in order: what translations are aligned by (bitext.h)
//
// Not a contract: a segment is read by the build that wrote it (another process or worker of the same run).
// Sections are numbered through the segment, whatever their language.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "build/fields.h"
#include "format/page_shard.h"

namespace crossglot {

inline constexpr std::string_view kSegmentMagic = "CGSG";
inline constexpr std::uint8_t kSegmentVersion = 2;

// What a term was seen as: a set, since one surface can be several.
enum SeenAs : std::uint8_t {
  kSeenWord = 1,
  kSeenNumber = 2,
  kSeenBigram = 4,
  kSeenIdentifier = 8,
  kSeenPart = 16,
};

// What a line of a section is, for the alignment of translations.
enum class LineKind : std::uint8_t { kTitle, kHeading, kText };

struct SegmentLine {
  LineKind kind = LineKind::kText;
  std::uint32_t section = 0;         // of the page
  std::uint32_t length = 0;          // in characters
  std::uint32_t hash = 0;            // of the text: equal lines are not translated
  std::vector<std::uint32_t> terms;  // numbers of the segment's language: twice the number, plus one for a part
};

struct SegmentPage {
  PageText text;  // views into the segment
  double weight = 1;
  std::vector<std::pair<std::string_view, std::string_view>> alternates;
  std::vector<std::pair<std::string_view, std::string_view>> filters;
  std::uint32_t first_section = 0;
  std::vector<std::array<std::uint32_t, kFieldCount>> lengths;  // words of each field of each section
  ByteSpan lines;                                               // read_segment_lines()
};

struct SegmentTerm {
  std::string_view stem;
  std::string_view surface;
  std::uint8_t seen_as = 0;
  std::uint32_t number = 0;  // by which lines name it; below the language's number of terms
  std::uint32_t posting_count = 0;
  ByteSpan postings;
};

struct SegmentLanguage {
  std::string_view lang;
  bool stemmed = true;
  std::vector<SegmentTerm> terms;  // ascending by (stem, surface)
};

struct SegmentView {
  std::vector<SegmentPage> pages;
  std::vector<SegmentLanguage> languages;  // ascending by lang
  std::uint32_t section_count = 0;
};

// One posting with its counts by field: whole tokens, and parts of identifiers.
struct FieldCounts {
  std::array<std::uint32_t, kFieldCount> whole{};
  std::array<std::uint32_t, kFieldCount> part{};
};

struct SegmentPosting {
  std::uint32_t section = 0;
  FieldCounts counts;
  std::vector<std::uint32_t> positions;
};

// Reads postings one after another; `posting.positions` is reused.
class SegmentPostingReader {
 public:
  explicit SegmentPostingReader(ByteSpan bytes) : reader_(bytes) {}
  // False at the end or when the bytes are broken (then failed()).
  bool next(SegmentPosting& posting);
  bool failed() const { return reader_.failed(); }

 private:
  ByteReader reader_;
  std::uint32_t next_section_ = 0;
};

void write_segment_posting(ByteWriter& writer, std::uint32_t section_gap, const SegmentPosting& posting);
void write_segment_page(ByteWriter& writer, const SegmentPage& page);
void write_segment_line(ByteWriter& writer, const SegmentLine& line);

// The lines of a page in the order of its text. The terms of a page that read_segment() passed are numbers of its
// language; bytes that are broken give the lines before the breakage.
std::vector<SegmentLine> read_segment_lines(ByteSpan bytes);

// bytes are borrowed. Validates all of it, so that merging need not look for damage. Errors: kCorrupt.
Result<SegmentView> read_segment(ByteSpan bytes);

}  // namespace crossglot
