#include "build/segment.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "format/front_coding.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "this is not a segment of this version");
}

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

void write_pairs(ByteWriter& writer, const Pairs& pairs) {
  writer.varint(pairs.size());
  for (const auto& [key, value] : pairs) {
    writer.string(key);
    writer.string(value);
  }
}

void read_pairs(ByteReader& reader, Pairs& pairs) {
  const std::uint32_t count = reader.varint32();
  for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
    const std::string_view key = reader.string();
    pairs.emplace_back(key, reader.string());
  }
}

// Page shards end their strings with a byte that no UTF-8 has (format/page_shard.cpp).
std::string_view read_text(ByteReader& reader) {
  const std::string_view text = reader.string();
  if (text.find('\xff') != std::string_view::npos) reader.fail();
  return text;
}

// Letters, digits and hyphens: what a language tag is made of, and all that a manifest may hold there.
std::string_view read_tag(ByteReader& reader) {
  const std::string_view tag = reader.string();
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (tag.empty() || !std::all_of(tag.begin(), tag.end(), fits)) reader.fail();
  return tag;
}

void read_page(ByteReader& reader, SegmentPage& page) {
  page.text.url = read_text(reader);
  page.text.lang = read_tag(reader);
  page.text.title = read_text(reader);
  page.text.group = read_text(reader);
  page.text.dir = reader.string();
  if (page.text.dir != "ltr" && page.text.dir != "rtl") reader.fail();
  page.weight = std::bit_cast<double>(std::uint64_t{reader.u32()} | std::uint64_t{reader.u32()} << 32);
  read_pairs(reader, page.alternates);
  read_pairs(reader, page.filters);
  const std::uint32_t sections = reader.varint32();
  for (std::uint32_t i = 0; i < sections && !reader.failed(); ++i) {
    SectionText& section = page.text.sections.emplace_back();
    section.anchor = read_text(reader);
    section.heading = read_text(reader);
    section.level = reader.u8();
    if (section.level > kLevelMax) reader.fail();
    section.text = read_text(reader);
    section.code = read_text(reader);
    auto& lengths = page.lengths.emplace_back();
    for (std::uint32_t& length : lengths) length = reader.varint32();
  }
  page.lines = as_bytes(reader.string());
  if (page.text.sections.empty() || page.text.url.empty() || page.text.lang.empty()) reader.fail();
}

bool postings_fit(const SegmentTerm& term, std::uint32_t section_count, SegmentPosting& posting) {
  SegmentPostingReader reader(term.postings);
  std::uint32_t count = 0;
  while (reader.next(posting)) {
    if (posting.section >= section_count) return false;
    ++count;
  }
  return !reader.failed() && count == term.posting_count && count > 0;
}

bool read_language(ByteReader& reader, std::uint32_t section_count, SegmentLanguage& language) {
  language.lang = read_tag(reader);
  language.stemmed = reader.u8() != 0;
  const std::uint32_t terms = reader.varint32();
  SegmentPosting posting;
  for (std::uint32_t i = 0; i < terms && !reader.failed(); ++i) {
    SegmentTerm term;
    term.stem = reader.string();
    term.surface = reader.string();
    term.seen_as = reader.u8();
    term.number = reader.varint32();
    if (term.number >= terms) return false;
    term.posting_count = reader.varint32();
    term.postings = as_bytes(reader.string());
    if (term.stem.size() > kStringBytesMax || term.surface.size() > kStringBytesMax) return false;
    if (!valid_utf8(term.stem) || !valid_utf8(term.surface)) return false;
    if (!language.terms.empty()) {
      const SegmentTerm& last = language.terms.back();
      if (std::tie(term.stem, term.surface) <= std::tie(last.stem, last.surface)) return false;
    }
    if (!postings_fit(term, section_count, posting)) return false;
    language.terms.push_back(term);
  }
  return !reader.failed();
}

}  // namespace

void write_segment_page(ByteWriter& writer, const SegmentPage& page) {
  writer.string(page.text.url);
  writer.string(page.text.lang);
  writer.string(page.text.title);
  writer.string(page.text.group);
  writer.string(page.text.dir);
  const auto weight = std::bit_cast<std::uint64_t>(page.weight);
  writer.u32(static_cast<std::uint32_t>(weight));
  writer.u32(static_cast<std::uint32_t>(weight >> 32));
  write_pairs(writer, page.alternates);
  write_pairs(writer, page.filters);
  writer.varint(page.text.sections.size());
  for (std::size_t i = 0; i < page.text.sections.size(); ++i) {
    const SectionText& section = page.text.sections[i];
    writer.string(section.anchor);
    writer.string(section.heading);
    writer.u8(section.level);
    writer.string(section.text);
    writer.string(section.code);
    for (const std::uint32_t length : page.lengths[i]) writer.varint(length);
  }
  writer.string(as_text(page.lines));
}

void write_segment_line(ByteWriter& writer, const SegmentLine& line) {
  writer.u8(static_cast<std::uint8_t>(line.kind));
  writer.varint(line.section);
  writer.varint(line.length);
  writer.u32(line.hash);
  writer.varint(line.terms.size());
  for (const std::uint32_t term : line.terms) writer.varint(term);
}

std::vector<SegmentLine> read_segment_lines(ByteSpan bytes) {
  std::vector<SegmentLine> lines;
  ByteReader reader(bytes);
  while (reader.remaining() > 0) {
    SegmentLine line;
    const std::uint8_t kind = reader.u8();
    line.section = reader.varint32();
    line.length = reader.varint32();
    line.hash = reader.u32();
    const std::uint32_t count = reader.varint32();
    if (kind > static_cast<std::uint8_t>(LineKind::kText) || count > reader.remaining()) break;
    line.kind = static_cast<LineKind>(kind);
    line.terms.resize(count);
    for (std::uint32_t& term : line.terms) term = reader.varint32();
    if (reader.failed()) break;
    lines.push_back(std::move(line));
  }
  return lines;
}

void write_segment_posting(ByteWriter& writer, std::uint32_t section_gap, const SegmentPosting& posting) {
  writer.varint(section_gap);
  std::uint8_t mask = 0;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    if (posting.counts.whole[field] != 0) mask |= static_cast<std::uint8_t>(1U << field);
    if (posting.counts.part[field] != 0) mask |= static_cast<std::uint8_t>(16U << field);
  }
  writer.u8(mask);
  for (const auto* counts : {&posting.counts.whole, &posting.counts.part}) {
    for (const std::uint32_t count : *counts) {
      if (count != 0) writer.varint(count);
    }
  }
  writer.varint(posting.positions.size());
  std::uint32_t last = 0;
  for (const std::uint32_t position : posting.positions) {
    writer.varint(position - last);
    last = position;
  }
}

bool SegmentPostingReader::next(SegmentPosting& posting) {
  if (reader_.failed() || reader_.remaining() == 0) return false;
  const std::uint64_t section = std::uint64_t{next_section_} + reader_.varint32();
  if (section >= UINT32_MAX) reader_.fail();
  posting.section = static_cast<std::uint32_t>(section);
  next_section_ = posting.section + 1;
  const std::uint8_t mask = reader_.u8();
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    posting.counts.whole[field] = (mask >> field & 1) != 0 ? reader_.varint32() : 0;
  }
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    posting.counts.part[field] = (mask >> (field + 4) & 1) != 0 ? reader_.varint32() : 0;
  }
  const std::uint32_t count = reader_.varint32();
  posting.positions.clear();
  std::uint32_t position = 0;
  for (std::uint32_t i = 0; i < count && !reader_.failed(); ++i) {
    const std::uint32_t gap = reader_.varint32();
    if ((i > 0 && gap == 0) || gap >= UINT32_MAX - position) reader_.fail();
    position += gap;
    posting.positions.push_back(position);
  }
  return !reader_.failed();
}

Result<SegmentView> read_segment(ByteSpan bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.take(kSegmentMagic.size())) != kSegmentMagic || reader.u8() != kSegmentVersion) return corrupt();
  SegmentView view;
  const std::uint32_t pages = reader.varint32();
  std::uint64_t sections = 0;
  for (std::uint32_t i = 0; i < pages && !reader.failed(); ++i) {
    SegmentPage& page = view.pages.emplace_back();
    page.first_section = static_cast<std::uint32_t>(sections);
    read_page(reader, page);
    sections += page.text.sections.size();
  }
  if (sections > UINT32_MAX) return corrupt();
  view.section_count = static_cast<std::uint32_t>(sections);
  const std::uint32_t languages = reader.varint32();
  for (std::uint32_t i = 0; i < languages && !reader.failed(); ++i) {
    SegmentLanguage language;
    if (!read_language(reader, view.section_count, language)) return corrupt();
    if (!view.languages.empty() && language.lang <= view.languages.back().lang) return corrupt();
    view.languages.push_back(std::move(language));
  }
  if (!reader.finished()) return corrupt();
  return view;
}

}  // namespace crossglot
