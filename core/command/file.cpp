#include "command/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace crossglot::command {

Result<Bytes> read_whole_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) {
    const ErrorCode code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::kMissing : ErrorCode::kIo;
    return make_error(code, path + ": " + std::strerror(errno));
  }
  Bytes bytes;
  std::size_t used = 0;
  for (;;) {
    bytes.resize(used + (used < 65536 ? 65536 : used));
    const std::size_t got = std::fread(bytes.data() + used, 1, bytes.size() - used, file.get());
    used += got;
    if (got == 0) break;
  }
  if (std::ferror(file.get()) != 0) return make_error(ErrorCode::kIo, path + ": " + std::strerror(errno));
  bytes.resize(used);
  return bytes;
}

Status write_text(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return make_error(ErrorCode::kIo, path + ": cannot be written");
  const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) != 0 || !whole) return make_error(ErrorCode::kIo, path + ": cannot be written");
  return ok_status();
}

}  // namespace crossglot::command
