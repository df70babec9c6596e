#include "build/model/vector_cache.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/hash.h"
#include "base/sha256.h"

namespace crossglot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "CGVC";
constexpr std::uint8_t kVersion = 1;

Error io_error(const std::string& what, const std::string& path, const std::string& reason) {
  return make_error(ErrorCode::kIo, what + " " + path + ": " + reason);
}

Bytes header_of(std::string_view model, std::size_t dimensions) {
  ByteWriter writer;
  writer.append(kMagic);
  writer.u8(kVersion);
  writer.string(model);
  writer.u32(static_cast<std::uint32_t>(dimensions));
  return writer.take();
}

Bytes read_all(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  std::FILE* file = error ? nullptr : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  Bytes bytes(size);
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  std::fclose(file);
  return bytes;
}

ByteSpan as_unsigned(std::span<const std::int8_t> vector) {
  return {reinterpret_cast<const std::uint8_t*>(vector.data()), vector.size()};
}

}  // namespace

std::size_t VectorCache::KeyHash::operator()(const Key& key) const {
  std::size_t hash = 0;
  std::memcpy(&hash, key.data(), sizeof hash);
  return hash;
}

VectorCache::Key VectorCache::key_of(const EmbedText& text) {
  ByteWriter writer;
  writer.u8(text.query ? 'q' : 'p');
  writer.append(std::string_view(text.text));
  const Sha256 digest = sha256(writer.bytes());
  Key key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

std::uint32_t VectorCache::checksum(const Key& key, std::span<const std::int8_t> vector) const {
  return fnv1a(as_text(as_unsigned(vector)), fnv1a(as_text(key)));
}

std::size_t VectorCache::read_records(ByteSpan bytes) {
  ByteReader reader(bytes);
  const std::size_t record = sizeof(Key) + dimensions_ + 4;
  std::size_t whole = 0;
  while (reader.remaining() >= record) {
    Key key;
    const ByteSpan key_bytes = reader.take(key.size());
    std::copy(key_bytes.begin(), key_bytes.end(), key.begin());
    const ByteSpan stored = reader.take(dimensions_);
    const std::span<const std::int8_t> vector(reinterpret_cast<const std::int8_t*>(stored.data()), stored.size());
    if (reader.u32() != checksum(key, vector)) break;
    if (places_.emplace(key, static_cast<std::uint32_t>(places_.size())).second) {
      vectors_.insert(vectors_.end(), vector.begin(), vector.end());
    }
    whole = reader.position();
  }
  return whole;
}

Result<VectorCache> VectorCache::open(const std::string& path, std::string_view model, std::size_t dimensions) {
  VectorCache cache(dimensions);
  cache.path_ = path;
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) return io_error("cannot make the folder of the cache", path, error.message());
  const Bytes bytes = read_all(path);
  const Bytes header = header_of(model, dimensions);
  const bool ours = bytes.size() >= header.size() && std::equal(header.begin(), header.end(), bytes.begin());
  const std::size_t kept = ours ? header.size() + cache.read_records(ByteSpan(bytes).subspan(header.size())) : 0;
  if (ours && kept < bytes.size()) fs::resize_file(path, kept, error);
  if (error) return io_error("cannot write", path, error.message());
  cache.file_.reset(std::fopen(path.c_str(), ours ? "ab" : "wb"));
  if (cache.file_ == nullptr) return io_error("cannot write", path, std::strerror(errno));
  if (!ours && std::fwrite(header.data(), 1, header.size(), cache.file_.get()) != header.size()) {
    return io_error("cannot write", path, std::strerror(errno));
  }
  return cache;
}

bool VectorCache::find(const EmbedText& text, std::span<std::int8_t> out) const {
  const auto found = places_.find(key_of(text));
  if (found == places_.end()) return false;
  std::copy_n(vectors_.begin() + static_cast<std::ptrdiff_t>(found->second * dimensions_), dimensions_, out.begin());
  return true;
}

Status VectorCache::add(const EmbedText& text, std::span<const std::int8_t> vector) {
  if (file_ == nullptr) return ok_status();
  CG_CHECK(vector.size() == dimensions_);
  const Key key = key_of(text);
  ByteWriter writer;
  writer.append(ByteSpan(key));
  writer.append(as_unsigned(vector));
  writer.u32(checksum(key, vector));
  if (std::fwrite(writer.bytes().data(), 1, writer.size(), file_.get()) != writer.size()) {
    return io_error("cannot write", path_, std::strerror(errno));
  }
  return ok_status();
}

Status VectorCache::flush() {
  if (file_ == nullptr || std::fflush(file_.get()) == 0) return ok_status();
  return io_error("cannot write", path_, std::strerror(errno));
}

}  // namespace crossglot
