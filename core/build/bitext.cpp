#include "build/bitext.h"

#include <algorithm>
#include <unordered_map>

#include "base/hash.h"
#include "build/align.h"
#include "build/term_parts.h"

namespace crossglot {
namespace {

// A page whose lines are equal to its translation's, to this share of its characters, was not translated.
constexpr double kUntranslatedShare = 0.5;
// Texts whose lengths differ by more than this from the languages' usual ratio are not translations.
constexpr double kRatioMax = 3;
// A longer line is a whole text: what belongs together in it is anyone's guess, and its words are many.
constexpr std::size_t kLineTermsMax = 160;

std::uint32_t hash_text(std::string_view text) {  // never 0
  const std::uint32_t h = fnv1a(text);
  return h == 0 ? 1 : h;
}

// One page taken apart.
struct PageLines {
  std::vector<SegmentLine> lines;  // with numbers of stems
  std::vector<AlignItem> items;    // by line
  std::vector<AlignItem> sections;
  std::vector<std::uint32_t> section_begin;  // by section: its first line; one more at the end
  double length = 0;
};

class Reader {
 public:
  Reader(const Corpus& corpus, std::uint32_t language, const std::vector<std::uint32_t>& marks)
      : corpus_(corpus), vocabulary_(corpus.languages[language].vocabulary), marks_(marks) {}

  PageLines read(std::uint32_t page) const {
    PageLines result;
    const SegmentPage& source = *corpus_.pages[page];
    const auto& stem_of = vocabulary_.stem_of[corpus_.segment_of[page]];
    const std::size_t sections = source.text.sections.size();
    result.sections.resize(sections);
    result.section_begin.assign(sections + 1, 0);
    for (std::size_t i = 0; i < sections; ++i) {
      const std::string_view anchor = source.text.sections[i].anchor;
      if (!anchor.empty()) result.sections[i].key = hash_text(anchor);
    }
    for (SegmentLine& line : read_segment_lines(source.lines)) {
      if (line.section >= sections) break;
      add_line(std::move(line), stem_of, result);
    }
    for (std::size_t i = 0; i < sections; ++i) {
      result.section_begin[i + 1] += result.section_begin[i];
      sort_unique(result.sections[i].marks);
    }
    return result;
  }

 private:
  static void sort_unique(std::vector<std::uint32_t>& marks) {
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  }

  void add_line(SegmentLine line, const std::vector<std::uint32_t>& stem_of, PageLines& result) const {
    AlignItem item;
    item.length = line.length;
    item.key = line.hash == 0 ? 1 : line.hash;
    // A heading is a heading in every language.
    item.marks.push_back(static_cast<std::uint32_t>(line.kind) + 1);
    std::vector<std::uint32_t> stems;
    for (const std::uint32_t term : line.terms) {
      if (term / 2 >= stem_of.size()) continue;
      const std::uint32_t stem = stem_of[term / 2];
      if (marks_[stem] != 0) item.marks.push_back(marks_[stem]);
      stems.push_back(stem);
    }
    sort_unique(item.marks);
    AlignItem& section = result.sections[line.section];
    section.length += line.length;
    section.marks.insert(section.marks.end(), item.marks.begin() + 1, item.marks.end());
    ++result.section_begin[line.section + 1];
    result.length += line.length;
    line.terms = std::move(stems);
    result.lines.push_back(std::move(line));
    result.items.push_back(std::move(item));
  }

  const Corpus& corpus_;
  const Vocabulary& vocabulary_;
  const std::vector<std::uint32_t>& marks_;
};

bool same_text(const PageLines& left, const PageLines& right) {
  std::vector<std::uint32_t> known;
  for (const SegmentLine& line : right.lines) known.push_back(line.hash);
  std::sort(known.begin(), known.end());
  double equal = 0;
  for (const SegmentLine& line : left.lines) {
    if (std::binary_search(known.begin(), known.end(), line.hash)) equal += line.length;
  }
  return equal >= kUntranslatedShare * left.length;
}

// Shorter words are written alike and mean other things ("die", "a").
constexpr std::size_t kAlikeBytesMin = 4;

// By stem of the left language: the stem of the right one that has a surface of it, or UINT32_MAX.
std::vector<std::uint32_t> find_alike(const Vocabulary& left, const Vocabulary& right) {
  std::unordered_map<std::string_view, std::uint32_t> by_surface;
  const auto for_each = [](const Vocabulary& vocabulary, auto use) {
    for (std::uint32_t stem = 0; stem < vocabulary.stems.size(); ++stem) {
      const std::size_t end =
          stem + 1 < vocabulary.stems.size() ? vocabulary.stems[stem + 1] : vocabulary.terms.size();
      for (std::size_t at = vocabulary.stems[stem]; at < end; ++at) {
        const MergedTerm& term = vocabulary.terms[at];
        if ((term.seen_as & kSeenBigram) == 0 && term.surface.size() >= kAlikeBytesMin) use(stem, term.surface);
      }
    }
  };
  for_each(right, [&](std::uint32_t stem, std::string_view surface) { by_surface.emplace(surface, stem); });
  std::vector<std::uint32_t> alike(left.stems.size(), UINT32_MAX);
  for_each(left, [&](std::uint32_t stem, std::string_view surface) {
    const auto found = by_surface.find(surface);
    if (found != by_surface.end() && alike[stem] == UINT32_MAX) alike[stem] = found->second;
  });
  return alike;
}

// A word that stands on both sides as it is, is its own translation: it becomes a line of its own, and the rest of
// the line has fewer words to choose from.
void split_alike(const std::vector<std::uint32_t>& alike, BitextLine line, Bitext& bitext) {
  std::vector<std::uint32_t> rest;
  for (const std::uint32_t stem : line.left) {
    const std::uint32_t other = alike[stem];
    const auto found =
        other == UINT32_MAX ? line.right.end() : std::find(line.right.begin(), line.right.end(), other);
    if (found == line.right.end()) {
      rest.push_back(stem);
      continue;
    }
    line.right.erase(found);
    bitext.lines.push_back({line.group, {stem}, {other}});
  }
  line.left = std::move(rest);
  if (!line.left.empty() && !line.right.empty()) bitext.lines.push_back(std::move(line));
}

void add_lines(const std::vector<std::uint32_t>& alike, const PageLines& left, const PageLines& right,
               const AlignedSpan& sections, double ratio, std::uint32_t group, Bitext& bitext) {
  const std::uint32_t left_begin = left.section_begin[sections.left_begin];
  const std::uint32_t right_begin = right.section_begin[sections.right_begin];
  const auto items = [](const PageLines& page, std::uint32_t begin, std::uint32_t end) {
    return std::span(page.items).subspan(begin, page.section_begin[end] - begin);
  };
  for (const AlignedSpan& span :
       align(items(left, left_begin, sections.left_end), items(right, right_begin, sections.right_end), ratio)) {
    BitextLine line;
    line.group = group;
    bool equal = true;
    for (std::uint32_t i = span.left_begin; i < span.left_end; ++i) {
      const auto& terms = left.lines[left_begin + i].terms;
      line.left.insert(line.left.end(), terms.begin(), terms.end());
    }
    for (std::uint32_t i = span.right_begin; i < span.right_end; ++i) {
      const SegmentLine& written = right.lines[right_begin + i];
      line.right.insert(line.right.end(), written.terms.begin(), written.terms.end());
      equal = equal && written.hash == left.lines[left_begin + span.left_begin].hash;
    }
    if (equal || line.left.empty() || line.right.empty()) continue;
    if (line.left.size() > kLineTermsMax || line.right.size() > kLineTermsMax) continue;
    ++bitext.aligned;
    split_alike(alike, std::move(line), bitext);
  }
}

// Pages of both languages that are in one group, in the corpus' order of the left ones.
std::vector<std::pair<std::uint32_t, std::uint32_t>> page_pairs(const Corpus& corpus, std::uint32_t left,
                                                                std::uint32_t right) {
  std::vector<std::uint32_t> by_group(corpus.grouping.names.size(), UINT32_MAX);
  for (const std::uint32_t page : corpus.languages[right].pages) by_group[corpus.grouping.group_of[page]] = page;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const std::uint32_t page : corpus.languages[left].pages) {
    const std::uint32_t other = by_group[corpus.grouping.group_of[page]];
    if (other != UINT32_MAX) pairs.emplace_back(page, other);
  }
  return pairs;
}

}  // namespace

std::vector<std::uint32_t> language_free_marks(const CorpusLanguage& language) {
  const Vocabulary& vocabulary = language.vocabulary;
  std::vector<std::uint32_t> marks(vocabulary.stems.size(), 0);
  for (std::size_t stem = 0; stem < marks.size(); ++stem) {
    const MergedTerm& term = vocabulary.terms[vocabulary.stems[stem]];
    if (is_identifier_term(term.seen_as)) marks[stem] = hash_text(term.surface);
  }
  return marks;
}

Bitext align_languages(const Corpus& corpus, std::uint32_t left, std::uint32_t right,
                       const std::vector<std::vector<std::uint32_t>>& marks) {
  Bitext bitext;
  const Reader left_reader(corpus, left, marks[left]);
  const Reader right_reader(corpus, right, marks[right]);
  const std::vector<std::uint32_t> alike =
      find_alike(corpus.languages[left].vocabulary, corpus.languages[right].vocabulary);
  // Pages are read twice rather than all kept: taken apart they are many times their size.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs = page_pairs(corpus, left, right);
  double left_length = 0;
  double right_length = 0;
  bitext.untranslated = std::erase_if(pairs, [&](const auto& pair) {
    const PageLines left_lines = left_reader.read(pair.first);
    const PageLines right_lines = right_reader.read(pair.second);
    if (same_text(left_lines, right_lines)) return true;
    left_length += left_lines.length;
    right_length += right_lines.length;
    return false;
  });
  const double ratio = left_length > 0 && right_length > 0 ? right_length / left_length : 1;
  for (const auto& [left_page, right_page] : pairs) {
    const PageLines left_lines = left_reader.read(left_page);
    const PageLines right_lines = right_reader.read(right_page);
    const double expected = left_lines.length * ratio;
    if (expected > kRatioMax * right_lines.length || right_lines.length > kRatioMax * expected) continue;
    ++bitext.pages;
    bitext.lines_left += left_lines.lines.size();
    for (const AlignedSpan& span : align(left_lines.sections, right_lines.sections, ratio)) {
      add_lines(alike, left_lines, right_lines, span, ratio, corpus.grouping.group_of[left_page], bitext);
    }
  }
  return bitext;
}

}  // namespace crossglot
