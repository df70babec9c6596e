// command/file.h - read a whole file.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot::command {

// Errors: kMissing, kIo; messages name the path.
Result<Bytes> read_whole_file(const std::string& path);
// Errors: kIo; the message names the path.
Status write_text(const std::string& path, const std::string& text);

}  // namespace crossglot::command
