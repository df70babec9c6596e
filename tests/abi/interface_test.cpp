// The C interface from documents to an answer, as a host uses it.
#include <libdeflate.h>

#include <catch2/catch_amalgamated.hpp>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "crossglot/build.h"
#include "crossglot/crossglot.h"

using crossglot::ErrorCode;

namespace {

constexpr std::string_view kDocuments =
    R"({"url":"/en/open/","lang":"en","title":"Opening files","group":"open/","sections":[{"anchor":"x",)"
    R"("heading":"Opening","text":"Choose the file that you want."}]})"
    "\n"
    R"({"url":"/fr/ouvrir/","lang":"fr","title":"Ouvrir","group":"open/","sections":[{"anchor":"",)"
    R"("heading":"Ouvrir","text":"Choisissez des voitures électriques."}]})"
    "\n";

std::string text_of(const cg_text& text) {
  return std::string(text.data, text.size);
}

std::string inflate(const std::string& gzip) {
  std::string raw(1 << 20, '\0');
  libdeflate_decompressor* inflater = libdeflate_alloc_decompressor();
  std::size_t size = 0;
  const libdeflate_result result =
      libdeflate_gzip_decompress(inflater, gzip.data(), gzip.size(), raw.data(), raw.size(), &size);
  libdeflate_free_decompressor(inflater);
  REQUIRE(result == LIBDEFLATE_SUCCESS);
  raw.resize(size);
  return raw;
}

cg_status analyse(cg_builder* builder, std::string_view documents, bool keep_going, cg_text* segment,
                  cg_text* report) {
  return cg_analyse(builder, documents.data(), documents.size(), "d.jsonl", 7, 1, keep_going ? 1 : 0, segment,
                    report);
}

// All files of the bundle, in the order in which the builder gives them.
std::vector<std::pair<std::string, std::string>> build(std::string_view documents) {
  cg_builder* builder = cg_builder_new();
  cg_text segment;
  cg_text report;
  REQUIRE(analyse(builder, documents, false, &segment, &report) == 0);
  REQUIRE(cg_builder_add(builder, reinterpret_cast<const uint8_t*>(segment.data), segment.size) == 0);
  REQUIRE(cg_builder_finish(builder, &report) == 0);
  CHECK(text_of(report).find(R"("groups":1)") != std::string::npos);
  std::vector<std::pair<std::string, std::string>> files;
  cg_text name;
  cg_text bytes;
  for (uint32_t i = 0; cg_builder_file(builder, i, &name, &bytes) != 0; ++i) {
    files.emplace_back(text_of(name), text_of(bytes));
  }
  cg_builder_delete(builder);
  return files;
}

struct IndexHandle {
  cg_index* index = cg_index_new();
  ~IndexHandle() { cg_index_delete(index); }
  std::string error() const {
    cg_text text;
    cg_error_message(index, &text);
    return text_of(text);
  }
};

}  // namespace

TEST_CASE("documents become a bundle that answers through the C interface alone") {
  const auto files = build(kDocuments);
  REQUIRE(files.back().first == "manifest.json");
  IndexHandle handle;
  for (const auto& [name, bytes] : files) {
    if (!name.ends_with(".cgl")) continue;
    const std::string list = inflate(bytes);
    REQUIRE(cg_add_language(handle.index, reinterpret_cast<const uint8_t*>(list.data()), list.size()) == 0);
  }
  cg_text out;
  REQUIRE(cg_stemmers(handle.index, &out) == 0);
  CHECK(text_of(out).find("\"french\"") != std::string::npos);

  const std::string request = "query=voiture électrique\nlang=fr\n";
  REQUIRE(cg_search(handle.index, request.data(), request.size(), &out) == 0);
  CHECK(text_of(out).find(R"("needs":[])") != std::string::npos);  // a small language is whole in its list
  CHECK(text_of(out).find("/fr/ouvrir/") != std::string::npos);
}

TEST_CASE("errors come back as numbers of base/result.h with a sentence, and the index goes on") {
  IndexHandle handle;
  const uint8_t junk[] = {1, 2, 3};
  CHECK(cg_add_language(handle.index, junk, sizeof junk) == static_cast<cg_status>(ErrorCode::kCorrupt));
  CHECK_FALSE(handle.error().empty());
  CHECK(cg_add_language(handle.index, nullptr, 0) == static_cast<cg_status>(ErrorCode::kCorrupt));
  CHECK(cg_attach(handle.index, "0.cgt", 5, junk, sizeof junk) == static_cast<cg_status>(ErrorCode::kArgument));
  cg_text out;
  CHECK(cg_search(handle.index, "limit=x", 7, &out) == static_cast<cg_status>(ErrorCode::kArgument));
  CHECK(handle.error().starts_with("limit:"));
  REQUIRE(cg_search(handle.index, "query=a", 7, &out) == 0);
  CHECK(text_of(out).find(R"("hits":[])") != std::string::npos);
}

TEST_CASE("a bad line names file, line and field, or is skipped and reported") {
  cg_builder* builder = cg_builder_new();
  cg_text segment;
  cg_text report;
  const std::string documents = std::string(kDocuments) + "{\"url\":5}\n";
  CHECK(analyse(builder, documents, false, &segment, &report) == static_cast<cg_status>(ErrorCode::kInput));
  cg_text error;
  cg_builder_error(builder, &error);
  CHECK(text_of(error).starts_with("d.jsonl:3"));
  CHECK(text_of(error).find("url") != std::string::npos);
  REQUIRE(analyse(builder, documents, true, &segment, &report) == 0);
  CHECK(text_of(report).starts_with(R"({"pages":2,"sections":2,"skipped":[{"line":3,)"));
  const uint8_t junk[] = {9, 9};
  CHECK(cg_builder_add(builder, junk, sizeof junk) == static_cast<cg_status>(ErrorCode::kCorrupt));
  cg_builder_delete(builder);
}

TEST_CASE("memory for arguments can be had and given back, and the version is the header's") {
  CHECK(cg_abi_version() == CG_ABI_VERSION);
  void* memory = cg_alloc(64);
  REQUIRE(memory != nullptr);
  std::memset(memory, 1, 64);
  cg_free(memory);
}
