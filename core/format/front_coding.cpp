#include "format/front_coding.h"

#include <algorithm>

namespace crossglot {

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t size = 0;
  while (size < limit && a[size] == b[size]) ++size;
  return size;
}

// What is cut off the reference is stored, not what is kept: it is 0 when a string extends its reference.
bool FrontCodedReader::next(std::string& text) {
  const std::uint32_t cut = shared_.varint32();
  const std::uint32_t size = sizes_.varint32();
  if (shared_.failed() || cut > text.size()) return false;
  const std::size_t kept = text.size() - cut;
  if (kept > kStringBytesMax || size > kStringBytesMax - kept) return false;
  text.resize(kept);
  text += as_text(bytes_.take(size));
  return !sizes_.failed() && !bytes_.failed();
}

void FrontCodedWriter::add(std::string_view reference, std::string_view text) {
  const std::size_t kept = shared_prefix(reference, text);
  shared_.varint(reference.size() - kept);
  sizes_.varint(text.size() - kept);
  bytes_.append(text.substr(kept));
}

void FrontCodedWriter::write(ByteWriter& writer) const {
  for (const ByteWriter* stream : {&shared_, &sizes_, &bytes_}) writer.string(as_text(stream->bytes()));
}

}  // namespace crossglot
