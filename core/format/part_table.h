// format/part_table.h - what lists have in common: which files there are, and where in them a part lies.
//
// Bytes: core/format/FORMAT.md, "Notation" and `files` of "List".
#pragma once

#include <cstddef>
#include <vector>

#include "base/bytes.h"
#include "format/list.h"

namespace crossglot {

Part read_part(ByteReader& reader);
void write_part(ByteWriter& writer, const Part& part);

// False where they are broken; names are derived from hashes.
bool read_files(ByteReader& reader, std::vector<FileEntry>& files);
void write_files(ByteWriter& writer, const std::vector<FileEntry>& files);

// Whether a part lies within its file, or within an inline area of so many bytes.
bool part_fits(const Part& part, const std::vector<FileEntry>& files, std::size_t inline_size);

}  // namespace crossglot
