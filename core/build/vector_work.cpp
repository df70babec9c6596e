#include "build/vector_work.h"

#include <algorithm>

#include "base/check.h"

namespace crossglot {
namespace {

// What a text counts as: never nothing, so that the end is when all of them are done.
std::uint64_t work_of(const EmbedText& text) {
  return text.text.size() + 1;
}

}  // namespace

VectorWork::VectorWork(std::span<const EmbedText> texts, VectorCache cache)
    : texts_(texts), cache_(std::move(cache)), vectors_(texts.size() * cache_.dimensions()) {
  for (std::uint32_t i = 0; i < texts.size(); ++i) wanted_.emplace(vector_key(texts[i]), i);
}

void VectorWork::set(std::uint32_t text, std::span<const std::int8_t> vector) {
  std::copy(vector.begin(), vector.end(), vectors_.begin() + static_cast<std::ptrdiff_t>(text * cache_.dimensions()));
}

void VectorWork::read_cache(ByteSpan piece) {
  cache_.read(piece, [this](const VectorKey& key, std::span<const std::int8_t> vector) {
    const auto found = wanted_.find(key);
    if (found == wanted_.end()) return;
    set(found->second, vector);
    wanted_.erase(found);
  });
}

const std::vector<std::uint32_t>& VectorWork::take_missing() {
  for (const auto& [key, text] : wanted_) {
    missing_.push_back(text);
    bytes_missing_ += work_of(texts_[text]);
  }
  wanted_.clear();
  std::sort(missing_.begin(), missing_.end(), [this](std::uint32_t a, std::uint32_t b) {
    const EmbedText& left = texts_[a];
    const EmbedText& right = texts_[b];
    if (left.query != right.query) return left.query;
    if (left.text.size() != right.text.size()) return left.text.size() > right.text.size();
    return a < b;
  });
  return missing_;
}

Bytes VectorWork::add(std::size_t first, std::span<const std::int8_t> vectors) {
  const std::size_t count = vectors.size() / dimensions();
  CG_CHECK(vectors.size() == count * dimensions() && first + count <= missing_.size());
  Bytes records;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t text = missing_[first + i];
    const std::span<const std::int8_t> vector = vectors.subspan(i * dimensions(), dimensions());
    set(text, vector);
    cache_.append_record(vector_key(texts_[text]), vector, records);
    bytes_done_ += work_of(texts_[text]);
  }
  return records;
}

double VectorWork::share() const {
  return bytes_missing_ == 0 ? 1 : static_cast<double>(bytes_done_) / static_cast<double>(bytes_missing_);
}

}  // namespace crossglot
