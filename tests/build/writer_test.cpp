// A bundle's folder is whole at every moment.
#include "build/writer.h"

#include <unistd.h>

#include <catch_amalgamated.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "build/site.h"

namespace crossglot::test {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "crossglot-writer-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }

  void put(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }
  std::string get(const std::string& name) const {
    std::ifstream file(path / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::set<std::string> names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(path)) names.insert(entry.path().filename().string());
    return names;
  }

  fs::path path;
};

std::set<std::string> names_of(const std::vector<BundleFile>& files) {
  std::set<std::string> names;
  for (const BundleFile& file : files) names.insert(file.name);
  return names;
}

TEST_CASE("a folder is made with its parents and holds exactly the bundle") {
  const Folder folder;
  const auto files = build({line("/a", "en", "A", {"x"})});
  const std::string inner = (folder.path / "site" / "crossglot").string();
  REQUIRE(write_bundle(inner, files));
  for (const BundleFile& file : files) {
    std::ifstream stored(fs::path(inner) / file.name, std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(stored), {}) ==
          std::string(file.bytes.begin(), file.bytes.end()));
  }
}

TEST_CASE("a new bundle takes the place of an old one, leftovers go, and what is not ours stays") {
  const Folder folder;
  const auto old_files = build({line("/a", "en", "A", {"old words"})});
  const auto new_files = build({line("/a", "en", "A", {"new words"})});
  REQUIRE(write_bundle(folder.path.string(), old_files));
  folder.put("ui.js", "code");
  folder.put("0123456789abcdef.cgt.part", "interrupted");
  folder.put("0123456789abcdef.txt", "theirs");
  REQUIRE(write_bundle(folder.path.string(), new_files));
  std::set<std::string> expected = names_of(new_files);
  expected.insert({"ui.js", "0123456789abcdef.txt"});
  CHECK(folder.names() == expected);
}

TEST_CASE("a damaged file of the same name is written anew") {
  const Folder folder;
  const auto files = build({line("/a", "en", "A", {"x"})});
  REQUIRE(write_bundle(folder.path.string(), files));
  folder.put(files[0].name, std::string(files[0].bytes.size(), 'x'));
  REQUIRE(write_bundle(folder.path.string(), files));
  CHECK(folder.get(files[0].name) == std::string(files[0].bytes.begin(), files[0].bytes.end()));
}

TEST_CASE("where a folder cannot be made or a file not be written, the error names the path") {
  const Folder folder;
  const auto files = build({line("/a", "en", "A", {"x"})});
  folder.put("taken", "a file");
  const Status under_file = write_bundle((folder.path / "taken" / "out").string(), files);
  REQUIRE_FALSE(under_file);
  CHECK(under_file.error().code == ErrorCode::kIo);
  CHECK(under_file.error().message.find("taken") != std::string::npos);
  CHECK_FALSE(write_bundle((folder.path / "taken").string(), files));
}

TEST_CASE("a run that cannot finish leaves the old bundle as it was") {
  const Folder folder;
  const auto old_files = build({line("/a", "en", "A", {"old words"})});
  const auto new_files = build({line("/a", "en", "A", {"new words"})});
  REQUIRE(write_bundle(folder.path.string(), old_files));
  fs::create_directory(folder.path / new_files[0].name);  // in the way of the first new file
  folder.put(new_files[0].name + "/x", "");
  const Status status = write_bundle(folder.path.string(), new_files);
  REQUIRE_FALSE(status);
  CHECK(status.error().message.find(new_files[0].name) != std::string::npos);
  for (const BundleFile& file : old_files) {
    CHECK(folder.get(file.name) == std::string(file.bytes.begin(), file.bytes.end()));
  }
  CHECK_FALSE(folder.names().contains(new_files[0].name + ".part"));
}

}  // namespace
}  // namespace crossglot::test
