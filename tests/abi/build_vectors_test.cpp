// A bundle with vectors through the C interface of the builder: what a host is asked for, and what it gives.
#include <catch2/catch_amalgamated.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "build/model/description.h"
#include "crossglot/build.h"

using namespace crossglot;

namespace {

constexpr std::size_t kDimensions = 32;
constexpr std::string_view kDocuments =
    R"({"url":"/en/tea/","lang":"en","title":"Tea","group":"tea","sections":[{"heading":"Tea","text":"Hot tea."}]})"
    "\n"
    R"({"url":"/de/tea/","lang":"de","title":"Tee","group":"tea","sections":[{"heading":"Tee","text":"Tee."}]})"
    "\n";

std::string model_json() {
  const PackFile file = {"0123456789abcdef.cgm", 9, 9, std::string("0123456789abcdef") + std::string(48, '0')};
  ModelDescription model;
  model.id = std::string(32, 'a');
  model.card = {"m", "MIT", "", "ask: ", "say: "};
  model.shape = {1, kDimensions, 2, 64, 16, 99, 1e-5F, Pooling::kMean};
  model.tokenizer_kind = "unigram";
  model.tokenizer = model.rows = file;
  model.encoder = {file, file};
  return write_description(model);
}

std::string text_of(const cg_text& text) {
  return std::string(text.data, text.size);
}

struct Handle {
  cg_builder* builder = cg_builder_new();
  ~Handle() { cg_builder_delete(builder); }

  void add_documents() const {
    cg_text segment;
    cg_text report;
    REQUIRE(cg_analyse(builder, kDocuments.data(), kDocuments.size(), "d", 1, 1, 0, &segment, &report) == 0);
    const std::string bytes = text_of(segment);
    REQUIRE(cg_builder_add(builder, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()) == 0);
  }

  // What is missing, by the cache's file.
  std::vector<std::string> ask(const std::string& cache, std::string* plan = nullptr) const {
    const std::string json = model_json();
    cg_text out;
    cg_text header;
    REQUIRE(cg_builder_embed(builder, json.data(), json.size(), &out) == 0);
    if (plan != nullptr) *plan = text_of(out);
    cg_builder_read_cache(builder, reinterpret_cast<const uint8_t*>(cache.data()), cache.size());
    cg_builder_missing(builder, &out, &header);
    if (plan != nullptr) *plan += "\n" + text_of(out) + "\n" + text_of(header);
    std::vector<std::string> texts;
    for (cg_text text; cg_builder_text(builder, static_cast<uint32_t>(texts.size()), &text) != 0;) {
      texts.push_back(text_of(text));
    }
    return texts;
  }

  std::string give(uint32_t first, uint32_t count) const {
    std::vector<int8_t> vectors;
    for (uint32_t i = 0; i < count * kDimensions; ++i) vectors.push_back(static_cast<int8_t>(first * 40 + i * 7));
    cg_text records;
    cg_builder_vectors(builder, first, count, vectors.data(), &records);
    return text_of(records);
  }

  std::vector<std::string> finish() const {
    cg_text report;
    REQUIRE(cg_builder_finish(builder, &report) == 0);
    CHECK(text_of(report).find(R"("vectorRows":1,)") != std::string::npos);
    std::vector<std::string> files;
    cg_text name;
    cg_text bytes;
    for (uint32_t i = 0; cg_builder_file(builder, i, &name, &bytes) != 0; ++i) {
      files.push_back(text_of(name) + text_of(bytes));
    }
    return files;
  }
};

}  // namespace

TEST_CASE("a host is told which texts to encode, gives their vectors, and finds them in the cache's file") {
  Handle first;
  first.add_documents();
  std::string plan;
  const std::vector<std::string> texts = first.ask("", &plan);
  CHECK(plan.starts_with(R"({"model":")" + std::string(32, 'a') + "-"));
  CHECK(plan.find(R"("cache":")" + std::string(16, 'a') + R"(.vectors","texts":)") != std::string::npos);
  CHECK(plan.find(R"("good":0})") != std::string::npos);
  REQUIRE(texts.size() >= 5);
  CHECK(texts.front().starts_with("ask: "));
  CHECK(texts.back().starts_with("say: "));
  CHECK(cg_builder_share(first.builder) == 0);
  std::string cache = plan.substr(plan.rfind("CGVC"));
  // In any order, in lots of any size.
  cache += first.give(1, static_cast<uint32_t>(texts.size()) - 1);
  CHECK(cg_builder_share(first.builder) < 1);
  cache += first.give(0, 1);
  CHECK(cg_builder_share(first.builder) == 1);
  const std::vector<std::string> files = first.finish();

  Handle second;
  second.add_documents();
  CHECK(second.ask(cache).empty());
  CHECK(second.finish() == files);

  Handle third;
  third.add_documents();
  CHECK(third.ask(cache.substr(0, cache.size() - 1), &plan).size() == 1);
  CHECK(plan.find(R"("good":)" + std::to_string(cache.size() - kDimensions - 20) + "}") != std::string::npos);
}

TEST_CASE("a description that is broken, or of another family, is an error, and words go on") {
  Handle handle;
  handle.add_documents();
  cg_text out;
  std::string json = model_json();
  CHECK(cg_builder_embed(handle.builder, json.data(), json.size() / 2, &out) ==
        static_cast<cg_status>(ErrorCode::kCorrupt));
  json.replace(json.find("\"bert\""), 6, "\"t5\"");
  CHECK(cg_builder_embed(handle.builder, json.data(), json.size(), &out) ==
        static_cast<cg_status>(ErrorCode::kInput));
  cg_text report;
  REQUIRE(cg_builder_finish(handle.builder, &report) == 0);
  CHECK(text_of(report).find(R"("vectorRows":0,)") != std::string::npos);
}
