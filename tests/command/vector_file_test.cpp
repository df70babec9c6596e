// The cache of vectors on disk: what two runs and a run that was ended leave to the next.
#include "command/vector_file.h"

#include <catch2/catch_amalgamated.hpp>
#include <filesystem>
#include <fstream>

namespace crossglot::command {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDimensions = 8;
const std::vector<EmbedText> kTexts = {{"tea", false}, {"tea", true}, {"rice", false}};

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("crossglot-vectors-" + std::to_string(Catch::getSeed()))) {
    fs::remove_all(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string file() const { return (path / "below" / "vectors").string(); }
  fs::path path;
};

// One run over all texts; how many it had to encode. stop_after: it is ended when so many are encoded.
std::size_t run(const std::string& path, const std::string& model = "m", std::size_t stop_after = 100) {
  Result<VectorFile> file = VectorFile::open(path);
  REQUIRE(file);
  VectorWork work(kTexts, VectorCache(model, kDimensions));
  REQUIRE(file->read(work));
  const std::size_t missing = work.take_missing().size();
  for (std::size_t i = 0; i < std::min(missing, stop_after); ++i) {
    const std::vector<std::int8_t> vector(kDimensions, static_cast<std::int8_t>(work.missing()[i]));
    REQUIRE(file->append(work.add(i, vector)));
  }
  return missing;
}

}  // namespace

TEST_CASE("a run finds what the one before has encoded, and goes on where it was ended") {
  const Folder folder;
  CHECK(run(folder.file(), "m", 2) == 3);
  CHECK(run(folder.file()) == 1);
  CHECK(run(folder.file()) == 0);
}

TEST_CASE("another model's vectors and files of something else make way") {
  const Folder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file()) << "something else";
  CHECK(run(folder.file()) == 3);
  CHECK(run(folder.file(), "other") == 3);
  CHECK(run(folder.file(), "other") == 0);
  CHECK(run(folder.file()) == 3);
  CHECK(std::distance(fs::directory_iterator(folder.path / "below"), {}) == 1);
}

TEST_CASE("records after one that was cut off are found again") {
  const Folder folder;
  run(folder.file());
  fs::resize_file(folder.file(), fs::file_size(folder.file()) - 3);
  CHECK(run(folder.file()) == 1);
  CHECK(run(folder.file()) == 0);
}

TEST_CASE("runs at once all append whole records, and whoever begins the file last keeps it") {
  const Folder folder;
  Result<VectorFile> one = VectorFile::open(folder.file());
  Result<VectorFile> two = VectorFile::open(folder.file());
  REQUIRE((one && two));
  VectorWork first(kTexts, VectorCache("m", kDimensions));
  VectorWork second(kTexts, VectorCache("m", kDimensions));
  REQUIRE(one->read(first));
  REQUIRE(two->read(second));
  first.take_missing();
  second.take_missing();
  const std::vector<std::int8_t> vector(kDimensions, 5);
  REQUIRE(two->append(second.add(0, vector)));
  REQUIRE(one->append(first.add(1, vector)));
  CHECK(run(folder.file(), "m", 0) == 2);
  Result<VectorFile> three = VectorFile::open(folder.file());
  VectorWork third(kTexts, VectorCache("m", kDimensions));
  REQUIRE(three->read(third));
  third.take_missing();
  REQUIRE(two->append(second.add(1, vector)));
  REQUIRE(three->append(third.add(1, vector)));
  CHECK(run(folder.file(), "m", 0) == 0);
}

TEST_CASE("a cache that keeps nothing takes everything, and a folder in the file's place is an error") {
  VectorFile none;
  VectorWork work(kTexts, VectorCache("m", kDimensions));
  REQUIRE(none.read(work));
  CHECK(work.take_missing().size() == 3);
  REQUIRE(none.append(work.add(0, std::vector<std::int8_t>(kDimensions, 1))));
  const Folder folder;
  fs::create_directories(folder.file());
  const Result<VectorFile> refused = VectorFile::open(folder.file());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kIo);
}

}  // namespace crossglot::command
