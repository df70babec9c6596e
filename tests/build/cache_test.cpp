// Vectors that were encoded before, in a file that may be cut off, damaged or of another model.
#include <catch_amalgamated.hpp>
#include <filesystem>
#include <fstream>

#include "build/model/vector_cache.h"

namespace crossglot::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDimensions = 8;

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("crossglot-cache-" + std::to_string(Catch::getSeed()))) {
    fs::remove_all(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string file() const { return (path / "below" / "vectors").string(); }
  fs::path path;
};

std::vector<std::int8_t> vector_of(int first) {
  std::vector<std::int8_t> vector(kDimensions);
  for (std::size_t i = 0; i < kDimensions; ++i) vector[i] = static_cast<std::int8_t>(first + static_cast<int>(i));
  return vector;
}

VectorCache open(const Folder& folder, std::string_view model = "m") {
  Result<VectorCache> cache = VectorCache::open(folder.file(), model, kDimensions);
  REQUIRE(cache);
  return std::move(*cache);
}

bool holds(const VectorCache& cache, const EmbedText& text, int first) {
  std::vector<std::int8_t> found(kDimensions);
  return cache.find(text, found) && found == vector_of(first);
}

void fill(const Folder& folder) {
  VectorCache cache = open(folder);
  REQUIRE(cache.add({"tea", false}, vector_of(1)));
  REQUIRE(cache.add({"tea", true}, vector_of(2)));
  REQUIRE(cache.add({"rice", false}, vector_of(-100)));
  REQUIRE(cache.flush());
}

}  // namespace

TEST_CASE("what was added is there in the next run, queries apart from passages") {
  const Folder folder;
  fill(folder);
  const VectorCache cache = open(folder);
  CHECK(cache.size() == 3);
  CHECK(holds(cache, {"tea", false}, 1));
  CHECK(holds(cache, {"tea", true}, 2));
  CHECK(holds(cache, {"rice", false}, -100));
  std::vector<std::int8_t> out(kDimensions);
  CHECK_FALSE(cache.find({"rice", true}, out));
}

TEST_CASE("vectors of another model are thrown away") {
  const Folder folder;
  fill(folder);
  CHECK(open(folder, "other").size() == 0);
  CHECK(open(folder).size() == 0);
}

TEST_CASE("a file that was cut off or damaged keeps what is whole before the damage, and goes on") {
  const Folder folder;
  fill(folder);
  SECTION("cut off") {
    fs::resize_file(folder.file(), fs::file_size(folder.file()) - 1);
  }
  SECTION("damaged") {
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-5, std::ios::end);
    file.put('x');
  }
  {
    VectorCache cache = open(folder);
    CHECK(cache.size() == 2);
    REQUIRE(cache.add({"soy", false}, vector_of(9)));
    REQUIRE(cache.flush());
  }
  const VectorCache cache = open(folder);
  CHECK(cache.size() == 3);
  CHECK(holds(cache, {"soy", false}, 9));
  CHECK(holds(cache, {"tea", true}, 2));
}

TEST_CASE("a file that is no cache begins anew, and a cache without a file keeps nothing") {
  const Folder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file()) << "something else";
  CHECK(open(folder).size() == 0);
  VectorCache none(kDimensions);
  REQUIRE(none.add({"tea", false}, vector_of(1)));
  std::vector<std::int8_t> out(kDimensions);
  CHECK_FALSE(none.find({"tea", false}, out));
}

}  // namespace crossglot::test
