#include "build/segment.h"

#include <bit>

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

void read_page(ByteReader& reader, SegmentPage& page) {
  page.text.url = reader.string();
  page.text.lang = reader.string();
  page.text.title = reader.string();
  page.text.group = reader.string();
  page.text.dir = reader.string();
  page.weight = std::bit_cast<double>(std::uint64_t{reader.u32()} | std::uint64_t{reader.u32()} << 32);
  read_pairs(reader, page.alternates);
  read_pairs(reader, page.filters);
  const std::uint32_t sections = reader.varint32();
  for (std::uint32_t i = 0; i < sections && !reader.failed(); ++i) {
    SectionText& section = page.text.sections.emplace_back();
    section.anchor = reader.string();
    section.heading = reader.string();
    section.level = reader.u8();
    section.text = reader.string();
    section.code = reader.string();
    auto& lengths = page.lengths.emplace_back();
    for (std::uint32_t& length : lengths) length = reader.varint32();
  }
  if (page.text.sections.empty() || page.text.url.empty() || page.text.lang.empty()) reader.fail();
}

void read_language(ByteReader& reader, SegmentLanguage& language) {
  language.lang = reader.string();
  language.stemmed = reader.u8() != 0;
  const std::uint32_t terms = reader.varint32();
  for (std::uint32_t i = 0; i < terms && !reader.failed(); ++i) {
    SegmentTerm& term = language.terms.emplace_back();
    term.stem = reader.string();
    term.surface = reader.string();
    term.seen_as = reader.u8();
    term.posting_count = reader.varint32();
    term.postings = as_bytes(reader.string());
  }
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
  posting.section = next_section_ + reader_.varint32();
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
    position += reader_.varint32();
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
  const std::uint32_t languages = reader.varint32();
  for (std::uint32_t i = 0; i < languages && !reader.failed(); ++i) {
    read_language(reader, view.languages.emplace_back());
  }
  if (!reader.finished() || sections > UINT32_MAX) return corrupt();
  view.section_count = static_cast<std::uint32_t>(sections);
  return view;
}

}  // namespace crossglot
