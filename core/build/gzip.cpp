#include "build/gzip.h"

#include <libdeflate.h>

#include <memory>

namespace crossglot {
namespace {

constexpr int kLevel = 12;
constexpr std::size_t kGzipBytesMin = 18;  // header and trailer

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

}  // namespace

Bytes gzip(ByteSpan content) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(libdeflate_alloc_compressor(kLevel));
  CG_CHECK(compressor != nullptr);
  Bytes file(libdeflate_gzip_compress_bound(compressor.get(), content.size()));
  const std::uint8_t nothing = 0;  // libdeflate does arithmetic on the pointer, which must not be null
  const std::uint8_t* begin = content.empty() ? &nothing : content.data();
  const std::size_t size =
      libdeflate_gzip_compress(compressor.get(), begin, content.size(), file.data(), file.size());
  CG_CHECK(size > 0);
  file.resize(size);
  file.shrink_to_fit();
  return file;
}

Result<Bytes> gunzip(ByteSpan file, std::size_t size_max) {
  if (file.size() < kGzipBytesMin || file[0] != 0x1f || file[1] != 0x8b) return corrupt("not a gzip file");
  // The trailer's last four bytes are the size modulo 2^32: a hint that is checked, not trusted.
  ByteReader trailer(file.last(4));
  const std::size_t size = trailer.u32();
  if (size > size_max) return corrupt("a file of the index is larger than any may be");
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(libdeflate_alloc_decompressor());
  CG_CHECK(decompressor != nullptr);
  Bytes content(size + 1);  // one more: data() of an empty vector is null, and too much output shows
  std::size_t used = 0;
  std::size_t got = 0;
  const libdeflate_result result = libdeflate_gzip_decompress_ex(decompressor.get(), file.data(), file.size(),
                                                                 content.data(), content.size(), &used, &got);
  if (result != LIBDEFLATE_SUCCESS || used != file.size() || got != size) {
    return corrupt("a gzip file is broken or cut off");
  }
  content.resize(size);
  return content;
}

}  // namespace crossglot
