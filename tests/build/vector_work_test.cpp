// Texts on their way to vectors, with a cache whose bytes may be cut off, damaged or of another model.
#include "build/vector_work.h"

#include <catch_amalgamated.hpp>
#include <map>

namespace crossglot::test {
namespace {

constexpr std::size_t kDimensions = 8;

const std::vector<EmbedText> kTexts = {
    {"tea", false}, {"tea", true}, {"rice and a long bowl", false}, {"soy", false}, {"how to cook rice", true},
};

std::vector<std::int8_t> vector_of(const EmbedText& text) {
  std::vector<std::int8_t> vector(kDimensions, static_cast<std::int8_t>(text.query ? -1 : 1));
  for (std::size_t i = 0; i < text.text.size(); ++i) {
    vector[i % kDimensions] = static_cast<std::int8_t>(vector[i % kDimensions] * 3 + text.text[i]);
  }
  return vector;
}

VectorCache cache(std::string_view model = "m") {
  return {model, kDimensions};
}

// A file with the vectors of the first `count` texts.
Bytes file_of(std::size_t count, std::string_view model = "m") {
  Bytes file = cache(model).header();
  for (std::size_t i = 0; i < count; ++i) {
    cache(model).append_record(vector_key(kTexts[i]), vector_of(kTexts[i]), file);
  }
  return file;
}

std::uint64_t file_size(std::size_t records) {
  return cache().header().size() + records * cache().record_bytes();
}

struct Read {
  std::map<VectorKey, std::vector<std::int8_t>> records;
  std::uint64_t good = 0;
};

Read read(const Bytes& file, std::size_t piece) {
  Read result;
  VectorCache reader = cache();
  for (std::size_t begin = 0; begin < file.size(); begin += piece) {
    reader.read(ByteSpan(file).subspan(begin, std::min(piece, file.size() - begin)),
                [&](const VectorKey& key, std::span<const std::int8_t> vector) {
                  result.records[key].assign(vector.begin(), vector.end());
                });
  }
  result.good = reader.good_bytes();
  return result;
}

void encode_all(VectorWork& work, std::size_t run, Bytes* file = nullptr) {
  for (std::size_t first = 0; first < work.missing().size(); first += run) {
    std::vector<std::int8_t> vectors;
    for (std::size_t i = first; i < std::min(first + run, work.missing().size()); ++i) {
      const std::vector<std::int8_t> vector = vector_of(kTexts[work.missing()[i]]);
      vectors.insert(vectors.end(), vector.begin(), vector.end());
    }
    const Bytes records = work.add(first, vectors);
    if (file != nullptr) file->insert(file->end(), records.begin(), records.end());
  }
}

void check_vectors(const VectorWork& work) {
  REQUIRE(work.done());
  CHECK(work.share() == 1);
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    const auto found = work.vectors().subspan(i * kDimensions, kDimensions);
    CHECK(std::vector<std::int8_t>(found.begin(), found.end()) == vector_of(kTexts[i]));
  }
}

}  // namespace

TEST_CASE("a cache's file reads the same in pieces of any size, queries apart from passages") {
  const Bytes file = file_of(4);
  for (const std::size_t piece : {1U, 7U, 28U, 1000U}) {
    const Read found = read(file, piece);
    CHECK(found.good == file.size());
    REQUIRE(found.records.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) CHECK(found.records.at(vector_key(kTexts[i])) == vector_of(kTexts[i]));
  }
}

TEST_CASE("of a file of another model, or of no cache, nothing stays") {
  CHECK(read(file_of(3, "other"), 1000).good == 0);
  CHECK(read(file_of(3, "other"), 1).records.empty());
  CHECK(read(Bytes(), 1000).good == 0);
  CHECK(read(Bytes(3, 'C'), 1000).good == 0);
  const Bytes head = cache().header();
  CHECK(read(Bytes(head.begin(), head.end() - 1), 1000).good == 0);
  CHECK(read(head, 1000).good == head.size());
}

TEST_CASE("what a run left unfinished at the end is cut off, and damage costs the records that it touches") {
  Bytes file = file_of(3);
  SECTION("a record that was cut off") {
    file.resize(file.size() - 1);
    CHECK(read(file, 1000).records.size() == 2);
    CHECK(read(file, 1000).good == file_size(2));
  }
  SECTION("a damaged record at the end") {
    file[file.size() - 6] ^= 1;
    CHECK(read(file, 1000).good == file_size(2));
  }
  SECTION("a damaged record in the middle") {
    file[file_size(1) + 20] ^= 1;
    const Read found = read(file, 1000);
    CHECK(found.good == file.size());
    CHECK(found.records.size() == 2);
    CHECK_FALSE(found.records.contains(vector_key(kTexts[1])));
  }
  SECTION("bytes lost in the middle: what follows is not where records are") {
    file.erase(file.begin() + static_cast<std::ptrdiff_t>(file_size(1)) + 3);
    CHECK(read(file, 1000).good == file_size(1));
  }
}

TEST_CASE("without a cache all texts are missing: queries first, long before short") {
  VectorWork work(kTexts, cache());
  CHECK_FALSE(work.done());  // nobody has asked yet
  CHECK(work.take_missing() == std::vector<std::uint32_t>{4, 1, 2, 0, 3});
  CHECK_FALSE(work.done());
  CHECK(work.share() == 0);
  encode_all(work, 2);
  check_vectors(work);
}

TEST_CASE("what a run has appended, the next one need not encode") {
  Bytes file = file_of(2);
  VectorWork first(kTexts, cache());
  first.read_cache(file);
  CHECK(first.take_missing() == std::vector<std::uint32_t>{4, 2, 3});
  encode_all(first, 1, &file);
  check_vectors(first);
  CHECK(file.size() == file_size(5));
  VectorWork second(kTexts, cache());
  second.read_cache(file);
  CHECK(second.take_missing().empty());
  check_vectors(second);
}

TEST_CASE("two runs at once append the same texts twice, and either record will do") {
  Bytes file = file_of(5);
  const Bytes again = file_of(5);
  file.insert(file.end(), again.begin() + static_cast<std::ptrdiff_t>(cache().header().size()), again.end());
  VectorWork work(kTexts, cache());
  work.read_cache(file);
  CHECK(work.take_missing().empty());
  check_vectors(work);
}

}  // namespace crossglot::test
