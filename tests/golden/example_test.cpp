// FORMAT.md's worked example is what the builder writes.
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "build/builder.h"
#include "build/gzip.h"
#include "format/list.h"

namespace crossglot {
namespace {

std::string format_document() {
  std::ifstream file(std::string(CROSSGLOT_TESTS_DIR) + "/../core/format/FORMAT.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

// The text of the first block of `kind` behind the heading "Worked example".
std::string block(const std::string& document, const std::string& kind) {
  const std::string fence = "```" + kind + "\n";
  const std::size_t begin = document.find(fence, document.find("## Worked example"));
  REQUIRE(begin != std::string::npos);
  const std::size_t text = begin + fence.size();
  return document.substr(text, document.find("```", text) - text);
}

// Each line: pairs of hexadecimal digits with one space between; two spaces end them.
std::string bytes_of(const std::string& lines) {
  std::string bytes;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    std::string line = lines.substr(at, end - at);
    line = line.substr(0, line.find("  "));
    for (std::size_t i = 0; i + 1 < line.size(); i += 3) {
      bytes.push_back(static_cast<char>(std::strtoul(line.substr(i, 2).c_str(), nullptr, 16)));
    }
    at = end + 1;
  }
  return bytes;
}

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02X ", static_cast<unsigned char>(c));
    text += digits;
  }
  return text;
}

TEST_CASE("the worked example in FORMAT.md is the bundle of its document") {
  const std::string document = format_document();
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Result<Segment> segment = analyse(block(document, "json"), {}, *stemmer);
  REQUIRE(segment);
  Builder builder;
  REQUIRE(builder.add(std::move(segment->bytes)));
  const Result<std::vector<BundleFile>> files = builder.finish({});
  REQUIRE(files);
  REQUIRE(files->size() == 2);
  const Result<Bytes> list = gunzip(files->front().bytes, kRawBytesMax);
  REQUIRE(list);
  CHECK(hex_of(bytes_of(block(document, "hex"))) == hex_of(as_text(*list)));
}

}  // namespace
}  // namespace crossglot
