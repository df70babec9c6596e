// The builder gives the golden bundles, byte for byte, natively and as wasm. A change that is meant is approved by
// tests/golden/approve.
#include <catch_amalgamated.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "build/builder.h"

namespace crossglot {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> sites() {
  std::vector<fs::path> sites;
  for (const auto& entry : fs::directory_iterator(fs::path(CROSSGLOT_TESTS_DIR) / "golden")) {
    if (fs::exists(entry.path() / "documents.jsonl")) sites.push_back(entry.path());
  }
  return sites;
}

std::map<std::string, std::string> build(const std::string& documents) {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Result<Segment> segment = analyse(documents, {}, *stemmer);
  REQUIRE(segment);
  Builder builder;
  REQUIRE(builder.add(std::move(segment->bytes)));
  const Result<std::vector<BundleFile>> files = builder.finish({});
  REQUIRE(files);
  std::map<std::string, std::string> result;
  for (const BundleFile& file : *files) result[file.name] = std::string(file.bytes.begin(), file.bytes.end());
  return result;
}

TEST_CASE("documents of the golden sites give the golden bundles") {
  REQUIRE(sites().size() >= 2);
  for (const fs::path& site : sites()) {
    CAPTURE(site.filename().string());
    const std::map<std::string, std::string> built = build(read(site / "documents.jsonl"));
    std::map<std::string, std::string> expected;
    for (const auto& entry : fs::directory_iterator(site / "bundle")) {
      expected[entry.path().filename().string()] = read(entry.path());
    }
    CHECK(built.size() == expected.size());
    for (const auto& [name, content] : built) {
      CAPTURE(name);
      CHECK((expected.contains(name) && expected[name] == content));
    }
  }
}

}  // namespace
}  // namespace crossglot
