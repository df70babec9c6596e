#include "format/part_table.h"

#include <algorithm>

#include "format/list_layout.h"

namespace crossglot {

Part read_part(ByteReader& reader) {
  Part part;
  part.size = reader.varint32();
  if (part.size == 0) return part;
  const std::uint32_t file = reader.varint32();
  part.file = file == 0 ? kInlineFile : file - 1;
  part.begin = reader.varint32();
  return part;
}

void write_part(ByteWriter& writer, const Part& part) {
  writer.varint(part.size);
  if (part.size == 0) return;
  writer.varint(part.file == kInlineFile ? 0 : std::uint64_t{part.file} + 1);
  writer.varint(part.begin);
}

bool read_files(ByteReader& reader, std::vector<FileEntry>& files) {
  const std::uint32_t count = reader.varint32();
  if (reader.failed() || count > reader.remaining()) return false;
  files.resize(count);
  for (FileEntry& file : files) file.stored_size = reader.varint32();
  for (FileEntry& file : files) file.raw_size = reader.varint32();
  for (FileEntry& file : files) {
    const ByteSpan hash = reader.take(file.hash.size());
    if (reader.failed() || file.raw_size > kRawBytesMax) return false;
    std::copy(hash.begin(), hash.end(), file.hash.begin());
    file.name = hex(hash.first(kNameBytes)) + kDataExtension;
  }
  return true;
}

void write_files(ByteWriter& writer, const std::vector<FileEntry>& files) {
  writer.varint(files.size());
  for (const FileEntry& file : files) writer.varint(file.stored_size);
  for (const FileEntry& file : files) writer.varint(file.raw_size);
  for (const FileEntry& file : files) writer.append(file.hash);
}

bool part_fits(const Part& part, const std::vector<FileEntry>& files, std::size_t inline_size) {
  if (part.size == 0) return true;
  if (part.file != kInlineFile && part.file >= files.size()) return false;
  const std::size_t limit = part.file == kInlineFile ? inline_size : files[part.file].raw_size;
  return part.begin <= limit && part.size <= limit - part.begin;
}

}  // namespace crossglot
