// The command's parts that are easier to hold here than through a process.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_amalgamated.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "command/bundle_reader.h"
#include "command/document_stream.h"
#include "command/static_files.h"
#include "command/terminal.h"
#include "command/trec.h"

namespace crossglot::command {
namespace {

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content) {
    char name[] = "/tmp/crossglot-parts-XXXXXX";
    const int file = ::mkstemp(name);
    REQUIRE(file >= 0);
    ::close(file);
    path_ = name;
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Piece {
  std::string text;
  std::string file;
  std::uint64_t first_line;
};

std::vector<Piece> pieces(const std::vector<std::string>& paths, std::size_t chunk_bytes) {
  Result<std::unique_ptr<DocumentStream>> stream = DocumentStream::open(paths, chunk_bytes);
  REQUIRE(stream.ok());
  std::vector<Piece> out;
  for (;;) {
    Result<std::optional<DocumentChunk>> chunk = (*stream)->next();
    REQUIRE(chunk.ok());
    if (!*chunk) return out;
    CHECK((*chunk)->number == out.size());
    out.push_back({(*chunk)->text, (*chunk)->file_name, (*chunk)->first_line});
  }
}

TEST_CASE("document chunks are whole lines that join to the files, whatever the size of a chunk") {
  const std::string first = "one\ntwo\n\nthree, which is longer than the rest\nfour\n";
  const std::string second = "five\nsix without an end";
  const TemporaryFile a(first), b(second), empty("");
  for (std::size_t chunk_bytes = 1; chunk_bytes < 80; ++chunk_bytes) {
    std::string joined;
    for (const Piece& piece : pieces({a.path(), empty.path(), b.path()}, chunk_bytes)) {
      const std::string& whole = piece.file == a.path() ? first : second;
      const std::string before = joined.substr(piece.file == a.path() ? 0 : first.size());
      CHECK(piece.first_line == 1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')));
      CHECK(whole.compare(before.size(), piece.text.size(), piece.text) == 0);
      joined += piece.text;
      CHECK((piece.text.back() == '\n' || joined.size() == first.size() + second.size()));
    }
    CHECK(joined == first + second);
  }
}

TEST_CASE("a byte order mark is dropped at the start of every file and nowhere else") {
  const TemporaryFile a(
      "\xef\xbb\xbf"
      "a\n\xef\xbb\xbf"
      "b\n"),
      b("\xef\xbb\xbf"
        "c\n");
  std::string joined;
  for (const Piece& piece : pieces({a.path(), b.path()}, 4)) joined += piece.text;
  CHECK(joined ==
        "a\n\xef\xbb\xbf"
        "b\nc\n");
}

TEST_CASE("marks count UTF-16 units and never cut a character") {
  const std::string text = "a𝒳é東b";  // units: a 0, 𝒳 1-2, é 3, 東 4, b 5
  CHECK(emphasise(text, {{1, 3}}, "<", ">") == "a<𝒳>é東b");
  CHECK(emphasise(text, {{2, 4}}, "<", ">") == "a𝒳<é>東b");
  CHECK(emphasise(text, {{0, 1}, {4, 6}}, "<", ">") == "<a>𝒳é<東b>");
  CHECK(emphasise(text, {{5, 900}}, "<", ">") == "a𝒳é東<b>");
  CHECK(emphasise(text, {{70, 90}}, "<", ">") == text);
  CHECK(emphasise(text, {}, "<", ">") == text);
}

TEST_CASE("text of a page cannot steer the terminal") {
  CHECK(emphasise("a\033[31mb\r\n\x7f", {}, "", "") == "a [31mb   ");
  CHECK(emphasise("x\xc2\x9b"
                  "31m",
                  {}, "", "") == "x 31m");
  CHECK(emphasise("cut \xe6\x9d", {}, "", "") == "cut \xe6\x9d");
}

TEST_CASE("a document number holds no byte that a run's line or an address cannot") {
  CHECK(docno("/a b/é", "") == "/a%20b/%C3%A9");
  CHECK(docno("/x%20y?q=1&r=2", "sec{1}") == "/x%20y?q=1&r=2#sec%7B1%7D");
  CHECK(docno("/tab\tline\n", "") == "/tab%09line%0A");
}

TEST_CASE("scores of a run fall strictly as text, ties included") {
  float previous = std::numeric_limits<float>::infinity();
  float last = previous;
  for (const float score : {3.0f, 3.0f, 3.0f, 1e-30f, 1e-30f, 0.0f, 0.0f, -5.0f}) {
    const std::string line = run_line("q", "/d", 1, score, previous);
    std::istringstream fields(line);
    std::string query, q0, document, tag;
    std::size_t rank = 0;
    double written = 0;
    fields >> query >> q0 >> document >> rank >> written >> tag;
    CHECK(query == "q");
    CHECK(tag == "crossglot");
    CHECK(static_cast<float>(written) < last);
    last = static_cast<float>(written);
  }
}

TEST_CASE("queries keep tabs out of fields, and spaces in texts") {
  const TemporaryFile good("\xef\xbb\xbfq1\ten\ta  text\twith a tab\r\n\nq2\tfr\t\n");
  const Result<std::vector<Query>> queries = read_queries(good.path());
  REQUIRE(queries.ok());
  REQUIRE(queries->size() == 2);
  CHECK((*queries)[0].text == "a  text\twith a tab");
  CHECK((*queries)[1].lang == "fr");
  for (const char* bad : {"q1 en text\n", "q1\ten\n", "\ten\ttext\n", "a b\ten\ttext\n", "q1\t\ttext\n"}) {
    const TemporaryFile file(bad);
    const Result<std::vector<Query>> refused = read_queries(file.path());
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::kInput);
    CHECK(refused.error().message.find(file.path() + ":1:") == 0);
  }
}

TEST_CASE("a list of languages is split at commas, and all means every one") {
  CHECK(split_languages("fr, de") == std::vector<std::string>{"fr", "de"});
  CHECK(split_languages("zh-CN") == std::vector<std::string>{"zh-CN"});
  CHECK(split_languages("all").empty());
  CHECK(split_languages("").empty());
  CHECK(split_languages(",,").empty());
}

TEST_CASE("only names with a hash are kept for good") {
  CHECK(cache_control("0123456789abcdef.cgt").find("immutable") != std::string::npos);
  CHECK(cache_control("app-0123456789abcdef0123.js").find("immutable") != std::string::npos);
  for (const char* name : {"manifest.json", "index.html", "ui.js", "photo-20220922.jpg", "facade.css"}) {
    CHECK(cache_control(name) == "no-cache");
  }
  CHECK(content_type("LOGO.SVG") == "image/svg+xml");
  CHECK(content_type("0123456789abcdef.cgl") == "application/octet-stream");
}

}  // namespace
}  // namespace crossglot::command
