#include "base/check.h"
#include "format/page_shard.h"
#include "format/part_header.h"

namespace crossglot {
namespace {

struct Streams {
  void address(std::string_view value) { add(addresses, value); }
  void words(std::string_view value) { add(text, value); }

  static void add(ByteWriter& stream, std::string_view value) {
    CG_CHECK(value.find('\xff') == std::string_view::npos);
    stream.append(value);
    stream.u8(0xff);
  }

  ByteWriter numbers, addresses, text;
};

void write_page(Streams& streams, const PageText* last, const PageText& page) {
  const bool same_language = last != nullptr && last->lang == page.lang;
  streams.numbers.u8(static_cast<std::uint8_t>((same_language ? 1 : 0) | (page.dir == "rtl" ? 2 : 0)));
  streams.address(page.url);
  if (page.url.ends_with(page.group)) {
    streams.numbers.varint(page.group.size() + 1);
  } else {
    streams.numbers.varint(0);
    streams.address(page.group);
  }
  if (!same_language) streams.address(page.lang);
  streams.words(page.title);
  streams.numbers.varint(page.sections.size());
  for (const SectionText& section : page.sections) {
    CG_CHECK(section.level <= kLevelMax);
    streams.numbers.u8(static_cast<std::uint8_t>(section.level | (section.goes_on ? 0x80 : 0)));
    streams.address(section.anchor);
    streams.words(section.heading);
    streams.words(section.text);
    streams.words(section.code);
  }
}

}  // namespace

Bytes build_page_shard(std::span<const PageText> pages) {
  Streams streams;
  const PageText* last = nullptr;
  for (const PageText& page : pages) {
    write_page(streams, last, page);
    last = &page;
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kPages);
  writer.varint(pages.size());
  for (const ByteWriter* stream : {&streams.numbers, &streams.addresses, &streams.text}) {
    writer.string(as_text(stream->bytes()));
  }
  return writer.take();
}

Bytes build_tail_shard(std::span<const SectionTail> sections) {
  Streams streams;
  for (const SectionTail& section : sections) {
    streams.address(section.anchor);
    streams.words(section.text);
    streams.words(section.code);
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kTails);
  writer.string(as_text(streams.addresses.bytes()));
  writer.string(as_text(streams.text.bytes()));
  return writer.take();
}

}  // namespace crossglot
