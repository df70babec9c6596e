// command/gunzip.h - read a file that holds exactly one gzip member.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot::command {

// Errors: kMissing, kIo; messages name the path.
Result<Bytes> read_whole_file(const std::string& path);

// Inflates one gzip member to at most `raw_bytes_max` bytes.
// name  for messages. Errors: kCorrupt: not gzip, cut off, larger than allowed, bytes after the end.
Result<Bytes> gunzip(ByteSpan stored, std::size_t raw_bytes_max, const std::string& name);

}  // namespace crossglot::command
