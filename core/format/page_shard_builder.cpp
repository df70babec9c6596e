#include "format/page_shard.h"
#include "format/part_header.h"

namespace crossglot {
namespace {

struct Streams {
  void address(std::string_view value) {
    shape.varint(value.size());
    addresses.append(value);
  }
  void words(std::string_view value) {
    shape.varint(value.size());
    text.append(value);
  }

  ByteWriter shape, addresses, text;
};

void write_page(Streams& streams, const PageText* last, const PageText& page) {
  const bool same_language = last != nullptr && last->lang == page.lang;
  streams.shape.u8(static_cast<std::uint8_t>((same_language ? 1 : 0) | (page.dir == "rtl" ? 2 : 0)));
  streams.address(page.url);
  if (page.url.ends_with(page.group)) {
    streams.shape.varint(page.group.size() + 1);
  } else {
    streams.shape.varint(0);
    streams.address(page.group);
  }
  if (!same_language) streams.address(page.lang);
  streams.words(page.title);
  streams.shape.varint(page.sections.size());
  for (const SectionText& section : page.sections) {
    streams.shape.u8(section.level);
    streams.address(section.anchor);
    streams.words(section.heading);
    streams.words(section.text);
    streams.words(section.code);
  }
}

}  // namespace

Bytes build_page_shard(const std::vector<PageText>& pages) {
  Streams streams;
  const PageText* last = nullptr;
  for (const PageText& page : pages) {
    write_page(streams, last, page);
    last = &page;
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kPages);
  writer.varint(pages.size());
  for (const ByteWriter* stream : {&streams.shape, &streams.addresses, &streams.text}) {
    writer.string(as_text(stream->bytes()));
  }
  return writer.take();
}

}  // namespace crossglot
