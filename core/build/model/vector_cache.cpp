#include "build/model/vector_cache.h"

#include <algorithm>

#include "base/check.h"
#include "base/hash.h"
#include "base/sha256.h"

namespace crossglot {
namespace {

constexpr std::string_view kMagic = "CGVC";
constexpr std::uint8_t kVersion = 1;

std::uint32_t checksum(ByteSpan bytes) {
  return fnv1a(as_text(bytes));
}

}  // namespace

VectorKey vector_key(const EmbedText& text) {
  ByteWriter writer;
  writer.u8(text.query ? 'q' : 'p');
  writer.append(std::string_view(text.text));
  const Sha256 digest = sha256(writer.bytes());
  VectorKey key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

VectorCache::VectorCache(std::string_view model, std::size_t dimensions) : dimensions_(dimensions) {
  ByteWriter writer;
  writer.append(kMagic);
  writer.u8(kVersion);
  writer.string(model);
  writer.u32(static_cast<std::uint32_t>(dimensions));
  header_ = writer.take();
}

void VectorCache::append_record(const VectorKey& key, std::span<const std::int8_t> vector, Bytes& out) const {
  CG_CHECK(vector.size() == dimensions_);
  ByteWriter writer;
  writer.append(ByteSpan(key));
  writer.append(ByteSpan(reinterpret_cast<const std::uint8_t*>(vector.data()), vector.size()));
  writer.u32(checksum(writer.bytes()));
  out.insert(out.end(), writer.bytes().begin(), writer.bytes().end());
}

void VectorCache::read_header(ByteSpan& piece) {
  const std::size_t rest = std::min<std::size_t>(header_.size() - position_, piece.size());
  foreign_ = !std::equal(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(rest),
                         header_.begin() + static_cast<std::ptrdiff_t>(position_));
  position_ += rest;
  piece = piece.subspan(rest);
  if (!foreign_ && position_ == header_.size()) good_ = position_;
}

void VectorCache::read_record(ByteSpan record, const Take& take) {
  ByteReader reader(record);
  const ByteSpan checked = record.first(record.size() - kChecksumBytes);
  VectorKey key;
  const ByteSpan stored_key = reader.take(key.size());
  std::copy(stored_key.begin(), stored_key.end(), key.begin());
  const ByteSpan vector = reader.take(dimensions_);
  position_ += record.size();
  if (reader.u32() != checksum(checked)) return;
  good_ = position_;
  take(key, {reinterpret_cast<const std::int8_t*>(vector.data()), vector.size()});
}

void VectorCache::read(ByteSpan piece, const Take& take) {
  if (!foreign_ && position_ < header_.size()) read_header(piece);
  if (foreign_) return;
  while (begun_.size() + piece.size() >= record_bytes()) {
    const std::size_t rest = record_bytes() - begun_.size();
    if (begun_.empty()) {
      read_record(piece.first(rest), take);
    } else {
      begun_.insert(begun_.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(rest));
      read_record(begun_, take);
      begun_.clear();
    }
    piece = piece.subspan(rest);
  }
  begun_.insert(begun_.end(), piece.begin(), piece.end());
}

}  // namespace crossglot
