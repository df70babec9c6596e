#include "format/page_shard.h"

#include <algorithm>

#include "format/part_header.h"

namespace crossglot {
namespace {

Error corrupt() {
  return make_error(ErrorCode::kCorrupt, "a page shard is broken");
}

// Three streams: numbers, addresses and text. A string ends with a byte that no UTF-8 text holds: gzip takes it into
// its matches, where a length before each string would be noise.
constexpr std::uint8_t kEnd = 0xff;
constexpr std::uint8_t kGoesOn = 0x80;  // beside a section's level

std::string_view take_string(ByteReader& reader, ByteSpan stream) {
  const std::size_t begin = reader.position();
  const auto rest = stream.subspan(begin);
  const auto end = std::find(rest.begin(), rest.end(), kEnd);
  if (end == rest.end()) {
    reader.fail();
    return {};
  }
  const auto size = static_cast<std::size_t>(end - rest.begin());
  reader.take(size + 1);
  return as_text(rest.first(size));
}

struct Streams {
  explicit Streams(ByteReader& reader)
      : numbers(as_bytes(reader.string())),
        address_bytes(as_bytes(reader.string())),
        text_bytes(as_bytes(reader.string())),
        addresses(address_bytes),
        text(text_bytes) {}

  std::string_view address() { return take_string(addresses, address_bytes); }
  std::string_view words() { return take_string(text, text_bytes); }
  bool failed() const { return numbers.failed() || addresses.failed() || text.failed(); }
  bool finished() const { return numbers.finished() && addresses.finished() && text.finished(); }

  ByteReader numbers;
  ByteSpan address_bytes, text_bytes;
  ByteReader addresses, text;
};

bool read_page(Streams& streams, const PageText* last, PageText& page) {
  const std::uint8_t flags = streams.numbers.u8();
  if (flags > 3 || ((flags & 1) != 0 && last == nullptr)) return false;
  page.url = streams.address();
  // The group is most often the end of the address: then only its size is stored.
  const std::uint32_t tail = streams.numbers.varint32();
  if (streams.failed() || tail > page.url.size() + 1) return false;
  page.group = tail == 0 ? streams.address() : page.url.substr(page.url.size() - (tail - 1));
  page.lang = (flags & 1) != 0 ? last->lang : streams.address();
  page.dir = (flags & 2) != 0 ? "rtl" : "ltr";
  page.title = streams.words();
  const std::uint32_t sections = streams.numbers.varint32();
  if (streams.failed() || sections == 0 || sections > streams.numbers.remaining()) return false;
  page.sections.resize(sections);
  for (SectionText& section : page.sections) {
    const std::uint8_t level = streams.numbers.u8();
    section.level = level & (kGoesOn - 1);
    section.goes_on = (level & kGoesOn) != 0;
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
  if (!reader.finished() || count > streams.numbers.remaining()) return corrupt();
  PageShard shard;
  shard.pages_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!read_page(streams, i > 0 ? &shard.pages_[i - 1] : nullptr, shard.pages_[i])) return corrupt();
  }
  if (!streams.finished()) return corrupt();
  return shard;
}

Result<TailShard> TailShard::open(ByteSpan bytes, std::size_t sections) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kTails); !status) return status.error();
  const ByteSpan address_bytes = as_bytes(reader.string());
  const ByteSpan text_bytes = as_bytes(reader.string());
  // Every section has at least the end of its anchor.
  if (!reader.finished() || sections > address_bytes.size()) return corrupt();
  TailShard shard;
  shard.sections_.resize(sections);
  ByteReader addresses(address_bytes), text(text_bytes);
  for (SectionTail& section : shard.sections_) {
    section.anchor = take_string(addresses, address_bytes);
    section.text = take_string(text, text_bytes);
    section.code = take_string(text, text_bytes);
  }
  if (!addresses.finished() || !text.finished()) return corrupt();
  return shard;
}

const SectionTail& TailShard::section(std::size_t index) const {
  CG_CHECK(index < sections_.size());
  return sections_[index];
}

const PageText& PageShard::page(std::size_t index) const {
  CG_CHECK(index < pages_.size());
  return pages_[index];
}

}  // namespace crossglot
