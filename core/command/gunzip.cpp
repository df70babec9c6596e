#include "command/gunzip.h"

#include <libdeflate.h>

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

Result<Bytes> gunzip(ByteSpan stored, std::size_t raw_bytes_max, const std::string& name) {
  constexpr std::size_t kSmallestMember = 18;  // header and trailer
  if (stored.size() < kSmallestMember || stored[0] != 0x1f || stored[1] != 0x8b) {
    return make_error(ErrorCode::kCorrupt, name + ": not a gzip file, or cut off");
  }
  // The trailer says the inflated size modulo 2^32: a lie only makes the inflation below fail.
  std::size_t raw_size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    raw_size |= static_cast<std::size_t>(stored[stored.size() - 4 + i]) << (8 * i);
  }
  if (raw_size > raw_bytes_max) return make_error(ErrorCode::kCorrupt, name + ": inflates to more than is allowed");
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflater(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!inflater) return make_error(ErrorCode::kMemory, name + ": no memory to inflate");
  Bytes raw(raw_size);
  std::size_t used = 0;
  const libdeflate_result result = libdeflate_gzip_decompress_ex(inflater.get(), stored.data(), stored.size(),
                                                                 raw.data(), raw.size(), &used, nullptr);
  if (result != LIBDEFLATE_SUCCESS || used != stored.size()) {
    return make_error(ErrorCode::kCorrupt, name + ": damaged or cut off (gzip data does not check out)");
  }
  return raw;
}

}  // namespace crossglot::command
