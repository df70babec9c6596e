// command/file.h - read a whole file.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot::command {

// Errors: kMissing, kIo; messages name the path.
Result<Bytes> read_whole_file(const std::string& path);

}  // namespace crossglot::command
