#include "format/page_shard.h"

#include "format/part_header.h"

namespace crossglot {
namespace {

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "a page shard is broken");
}

// Three streams: numbers; addresses, which look alike; and text.
struct Streams {
  explicit Streams(ByteReader& reader)
      : shape(as_bytes(reader.string())), addresses(as_bytes(reader.string())), text(as_bytes(reader.string())) {}

  std::string_view address() { return as_text(addresses.take(shape.varint32())); }
  std::string_view words() { return as_text(text.take(shape.varint32())); }
  bool failed() const { return shape.failed() || addresses.failed() || text.failed(); }
  bool finished() const { return shape.finished() && addresses.finished() && text.finished(); }

  ByteReader shape, addresses, text;
};

bool read_page(Streams& streams, const PageText* last, PageText& page) {
  const std::uint8_t flags = streams.shape.u8();
  if (flags > 3 || ((flags & 1) != 0 && last == nullptr)) return false;
  page.url = streams.address();
  // The group is most often the end of the address: then only its size is stored.
  const std::uint32_t tail = streams.shape.varint32();
  if (streams.failed() || tail > page.url.size() + 1) return false;
  page.group = tail == 0 ? streams.address() : page.url.substr(page.url.size() - (tail - 1));
  page.lang = (flags & 1) != 0 ? last->lang : streams.address();
  page.dir = (flags & 2) != 0 ? "rtl" : "ltr";
  page.title = streams.words();
  const std::uint32_t sections = streams.shape.varint32();
  if (streams.failed() || sections == 0 || sections > streams.shape.remaining()) return false;
  page.sections.resize(sections);
  for (SectionText& section : page.sections) {
    section.level = streams.shape.u8();
    section.anchor = streams.address();
    section.heading = streams.words();
    section.text = streams.words();
    section.code = streams.words();
    if (streams.failed()) return false;
  }
  return true;
}

}  // namespace

Result<PageShard> PageShard::open(ByteSpan bytes) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kPages); !status) return status.error();
  const std::uint32_t count = reader.varint32();
  Streams streams(reader);
  if (!reader.finished() || count > streams.shape.remaining()) return corrupt();
  PageShard shard;
  shard.pages_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!read_page(streams, i > 0 ? &shard.pages_[i - 1] : nullptr, shard.pages_[i])) return corrupt();
  }
  if (!streams.finished()) return corrupt();
  return shard;
}

const PageText& PageShard::page(std::size_t index) const {
  CG_CHECK(index < pages_.size());
  return pages_[index];
}

}  // namespace crossglot
